package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.recording.ObjectKey;
import heyi.recording.store.S3ObjectStore;
import heyi.recording.store.S3Options;
import heyi.recording.verify.EvidenceVerifier;
import heyi.recording.verify.VerificationReport;
import heyi.server.demo.MediationPlay;
import heyi.testkit.S3ProxyProcess;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole mediation, with the evidence in a real S3 server instead of a directory. */
class MediationOnS3Test {
  private static final String BUCKET = "evidence";

  @TempDir Path folder;

  @Test
  @Timeout(300)
  @DisplayName("R26: a mediation is recorded, sealed, replayed and verified out of S3")
  void theEvidenceIsInTheBucketAndNowhereElse() throws Exception {
    Path data = folder.resolve("data");
    try (S3ProxyProcess s3 = S3ProxyProcess.start(Files.createDirectory(folder.resolve("s3")));
        RunningHeyi heyi = RunningHeyi.start(data, settings(s3))) {
      Vertx vertx = Vertx.vertx();

      MediationPlay.Outcome outcome =
          new MediationPlay(
                  vertx,
                  heyi.stage(folder, Duration.ofSeconds(2)),
                  new PrintWriter(new StringWriter()))
              .play();
      Waiting.on(vertx.close());

      VerificationReport report = EvidenceVerifier.verify(outcome.evidencePackage());
      assertThat(report.findings()).isEmpty();
      assertThat(report.rootHash()).isEqualTo(outcome.rootHash());
      assertThat(objects(s3))
          .anyMatch(key -> key.endsWith("manifest.json"))
          .anyMatch(key -> key.endsWith("ledger.jsonl"))
          .anyMatch(key -> key.endsWith("000000.journal"))
          .filteredOn(key -> key.endsWith(".webm"))
          .hasSize(6);
      assertThat(data.resolve("spool")).isEmptyDirectory();
      assertThat(data.resolve("objects")).doesNotExist();
    }
  }

  private static List<String> objects(S3ProxyProcess s3) {
    S3ObjectStore store =
        S3ObjectStore.open(
            new S3Options(
                s3.endpoint(),
                "us-east-1",
                BUCKET,
                S3ProxyProcess.IDENTITY,
                S3ProxyProcess.CREDENTIAL,
                Duration.ofSeconds(10)));
    return store.list(new ObjectKey("recordings")).stream().map(ObjectKey::value).toList();
  }

  private static Map<String, String> settings(S3ProxyProcess s3) {
    return Map.of(
        "HEYI_RECORDING_STORE",
        "s3",
        "HEYI_RECORDING_S3_ENDPOINT",
        s3.endpoint().toString(),
        "HEYI_RECORDING_S3_BUCKET",
        BUCKET,
        "HEYI_RECORDING_S3_ACCESS_KEY",
        S3ProxyProcess.IDENTITY,
        "HEYI_RECORDING_S3_SECRET_KEY",
        S3ProxyProcess.CREDENTIAL);
  }
}
