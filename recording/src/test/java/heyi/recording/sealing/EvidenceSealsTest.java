package heyi.recording.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import heyi.recording.RecordingId;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.seal.EvidenceKey;
import heyi.recording.seal.HttpTimeStamps;
import heyi.recording.seal.SignatureScheme;
import heyi.recording.seal.TestAuthority;
import heyi.recording.seal.TimeStampSource;
import heyi.recording.store.ObjectStore;
import heyi.recording.verify.EvidenceVerifier;
import heyi.recording.verify.SamplePackage;
import heyi.recording.verify.Sentence;
import heyi.recording.verify.VerificationReport;
import heyi.recording.verify.VerificationTrust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is sealed can be checked by a stranger, and an unstamped seal is completed later. */
@Timeout(60)
final class EvidenceSealsTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path directory;

  private final TestAuthority authority = TestAuthority.make("a test's time stamps");

  @Test
  void whoListensHearsOfEachSealWhenTheLogHasIt() throws Exception {
    EvidenceKey key =
        EvidenceKey.open(directory.resolve("key.pem"), SignatureScheme.ED25519, RANDOM);
    List<Long> sizes = new ArrayList<>();
    SamplePackage.make(
        directory,
        store -> {
          EvidenceSeals seals = seals(store, key, authority.stamps(InstantSource.system()));
          seals.listen(root -> sizes.add(seals.log().log().checkpoint().size()));
          return seals;
        });

    assertThat(sizes).containsExactly(1L);
  }

  @ParameterizedTest
  @EnumSource
  void everyCommandOfTheReadmeSucceeds(SignatureScheme scheme) throws Exception {
    EvidenceKey key = EvidenceKey.open(directory.resolve("key.pem"), scheme, RANDOM);
    Path zip =
        SamplePackage.make(
            directory, store -> seals(store, key, authority.stamps(InstantSource.system())));

    List<String> commands = extract(zip);

    assertThat(commands).hasSize(4);
    for (String command : commands) {
      assertThat(run(command)).as(command).isZero();
    }
    Files.writeString(directory.resolve("out/manifest.json"), "{}");
    for (String command : commands) {
      boolean aboutTheList = command.contains("SHA256SUMS.sig");
      assertThat(run(command) == 0).as("%s after a change", command).isEqualTo(aboutTheList);
    }
  }

  @Test
  void theStampBoundsTheTimeAndTheKeyCanBePinned() throws IOException {
    EvidenceKey key = EvidenceKey.fresh(SignatureScheme.ECDSA_P256, RANDOM);
    Instant now = Instant.parse("2026-11-21T03:00:00Z");
    Path zip =
        SamplePackage.make(directory, store -> seals(store, key, authority.stamps(() -> now)));

    VerificationReport report =
        EvidenceVerifier.verify(
            zip, new VerificationTrust(Set.of(key.publicKey().id()), Set.of(), List.of()));
    EvidenceKey other = EvidenceKey.fresh(SignatureScheme.ECDSA_P256, RANDOM);
    VerificationReport pinned =
        EvidenceVerifier.verify(
            zip, new VerificationTrust(Set.of(other.publicKey().id()), Set.of(), List.of()));

    assertThat(report.findings()).isEmpty();
    assertThat(report.proven()).anyMatch(sentence -> sentence.en().contains(now.toString()));
    assertThat(report.notProven()).noneMatch(sentence -> sentence.en().contains("--key"));
    assertThat(pinned.findings())
        .anyMatch(finding -> finding.object().equals("seal/evidence-key.pem"));
  }

  @Test
  void withoutAnAuthorityItIsUnstampedUntilOneAnswersEvenAfterARestart() throws IOException {
    EvidenceKey key = EvidenceKey.fresh(SignatureScheme.ED25519, RANDOM);
    ObjectStore store = SamplePackage.store(directory);
    EvidenceSeals seals = seals(store, key, TestAuthority.down());
    seals.seal(SamplePackage.root());
    VerificationReport unstamped = verify(store, seals);
    assertThat(seals.retry()).isOne();

    EvidenceSeals restarted = seals(store, key, authority.stamps(InstantSource.system()));
    assertThat(restarted.retry()).isZero();

    assertThat(unstamped.findings()).isEmpty();
    assertThat(unstamped.notProven())
        .extracting(Sentence::en)
        .anyMatch(text -> text.contains("unstamped"));
    SealStatus status = restarted.status(SamplePackage.root()).orElseThrow();
    assertThat(Objects.requireNonNull(status.stamp()).trusted()).isTrue();
    VerificationReport stamped = verify(store, restarted);
    assertThat(stamped.findings()).isEmpty();
    assertThat(stamped.notProven())
        .extracting(Sentence::en)
        .noneMatch(text -> text.contains("unstamped"));
    assertThat(directory.resolve("pending")).isEmptyDirectory();
  }

  @Test
  void aStampThatNobodyCouldCheckIsNotKeptButAskedForAgain() throws IOException {
    EvidenceKey key = EvidenceKey.fresh(SignatureScheme.ED25519, RANDOM);
    ObjectStore store = SamplePackage.store(directory);
    TimeStampSource beforeItsTime = authority.stamps(InstantSource.fixed(Instant.EPOCH));
    EvidenceSeals wrong = seals(store, key, beforeItsTime);
    wrong.seal(SamplePackage.root());

    assertThat(wrong.status(SamplePackage.root()).orElseThrow().stamp()).isNull();
    assertThat(wrong.retry()).isOne();
    assertThat(verify(store, wrong).findings()).isEmpty();

    EvidenceSeals right = seals(store, key, authority.stamps(InstantSource.system()));
    assertThat(right.retry()).isZero();
    assertThat(right.status(SamplePackage.root()).orElseThrow().stamp()).isNotNull();
  }

  @Test
  void sealingAgainChangesNothing() throws IOException {
    ObjectStore store = SamplePackage.store(directory);
    EvidenceSeals seals = TestSeals.in(store, directory);
    seals.seal(SamplePackage.root());
    Map<String, byte[]> before = seals.files(SamplePackage.root());

    seals.seal(SamplePackage.root());

    assertThat(seals.files(SamplePackage.root())).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void everyLookAfterTheCloseIsChainedAndInTheLog() throws IOException {
    ObjectStore store = SamplePackage.store(directory);
    EvidenceSeals seals = TestSeals.in(store, directory);
    seals.seal(SamplePackage.root());
    LedgerEvent replay = new LedgerEvent("replay-opened", CanonicalJson.object());
    seals.accessed(SamplePackage.root(), replay);
    seals.accessed(SamplePackage.root(), replay);
    assertThat(seals.retry()).isZero();
    long logged = seals.log().log().checkpoint().size();

    VerificationReport report = verify(store, seals);

    assertThat(report.findings()).isEmpty();
    assertThat(report.proven())
        .extracting(Sentence::en)
        .anyMatch(text -> text.startsWith("2 replays and exports"));
    assertThat(seals.accesses(SamplePackage.root()))
        .extracting(entry -> entry.type())
        .containsExactly("access-ledger-opened", "replay-opened", "replay-opened");
    assertThat(logged).isEqualTo(2);
    Map<String, byte[]> entries = SamplePackage.entries(directory.resolve("checked.zip"));
    assertThat(entries).containsKeys("seal/access.jsonl", "seal/access.tlog-proof");
  }

  @Test
  void aRecordingThatWasTakenAwayOrChangedShows() throws IOException {
    ObjectStore store = SamplePackage.store(directory);
    EvidenceSeals seals = TestSeals.in(store, directory);
    seals.seal(SamplePackage.root());
    Path manifest =
        directory.resolve("store/objects").resolve(SamplePackage.root() + "/manifest.json");
    byte[] before = Files.readAllBytes(manifest);
    assertThat(seals.lost()).isEmpty();

    Files.writeString(manifest, "{}");
    List<RecordingId> changed = seals.lost();
    Files.delete(manifest);
    List<RecordingId> removed = seals.lost();
    Files.write(manifest, before);

    assertThat(changed).containsExactly(new RecordingId("rec-1"));
    assertThat(removed).containsExactly(new RecordingId("rec-1"));
    assertThat(seals.lost()).isEmpty();
  }

  @Test
  void anotherKeySinceIsNamedInThePackage() throws IOException {
    ObjectStore store = SamplePackage.store(directory);
    TestSeals.in(store, directory).seal(SamplePackage.root());
    EvidenceSeals later = TestSeals.in(store, directory);

    VerificationReport report = verify(store, later);

    assertThat(report.findings()).isEmpty();
    assertThat(SamplePackage.entries(directory.resolve("checked.zip")))
        .containsKey("seal/export-key.pem");
  }

  @Test
  void anAuthorityBehindHttpIsAskedAndItsRefusalLeavesTheSealUnstamped() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/tsa",
        exchange -> {
          byte[] answer = authority.answer(exchange.getRequestBody().readAllBytes());
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      ObjectStore store = SamplePackage.store(directory);
      EvidenceKey key = EvidenceKey.fresh(SignatureScheme.ECDSA_P256, RANDOM);
      seals(store, key, http(base.resolve("/nobody"))).seal(SamplePackage.root());
      EvidenceSeals seals = seals(store, key, http(base.resolve("/tsa")));

      assertThat(seals.status(SamplePackage.root()).orElseThrow().stamp()).isNull();
      assertThat(seals.retry()).isZero();
      assertThat(verify(store, seals).findings()).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  private TimeStampSource http(URI uri) {
    return new HttpTimeStamps(uri, Duration.ofSeconds(5), List.of(authority.root()), RANDOM);
  }

  private EvidenceSeals seals(ObjectStore store, EvidenceKey key, TimeStampSource stamps) {
    return new EvidenceSeals(
        store,
        key,
        stamps,
        TestSeals.log(store, directory),
        directory.resolve("pending"),
        InstantSource.system(),
        new byte[0]);
  }

  private VerificationReport verify(ObjectStore store, EvidenceSeals seals) throws IOException {
    return EvidenceVerifier.verify(
        SamplePackage.pack(store, seals, directory.resolve("checked.zip")));
  }

  /** Extracts the package and gives back the commands that its README tells. */
  private List<String> extract(Path zip) throws IOException {
    Path out = directory.resolve("out");
    for (Map.Entry<String, byte[]> entry : SamplePackage.entries(zip).entrySet()) {
      Path file = out.resolve(entry.getKey());
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.write(file, entry.getValue());
    }
    return Files.readString(out.resolve("README.txt"), StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("openssl ") || line.startsWith("sha256sum "))
        .toList();
  }

  private int run(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .directory(directory.resolve("out").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor();
  }
}
