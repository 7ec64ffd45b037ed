package heyi.recording.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.recording.sealing.TestSeals;
import heyi.recording.verify.EvidenceVerifier;
import heyi.recording.verify.Finding;
import heyi.recording.verify.SamplePackage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The transcript in a package: what people read is what the ledger says. */
final class TranscriptTextTest {
  @TempDir private static Path directory;
  private static Map<String, byte[]> entries = Map.of();

  @BeforeAll
  static void makePackage() throws Exception {
    entries =
        SamplePackage.entries(
            SamplePackage.make(directory, store -> TestSeals.in(store, directory)));
  }

  @Test
  void everyLineStandsWithAllThatBecameOfIt() {
    String text =
        new String(
            entries.getOrDefault(PackageLayout.TRANSCRIPT, new byte[0]), StandardCharsets.UTF_8);

    assertThat(text)
        .contains("录制编号 Recording: rec-1\n")
        .endsWith(
            """

            [00:00:01] 1. 当事人1 party-1：欠款一万元。
                       3. 异议 objection: 当事人1 party-1：是两万元。
                       4. 更正 corrected: 当事人1 party-1：欠款两万元。（理由 reason: 笔误；答复第 3 条 answers 3）
                       5. 异议 objection: 当事人1 party-1：还有利息。
                       6. 不予更正 left as it is（理由 reason: 经回放无误；答复第 5 条 answers 5）
            [00:00:02] 2. 记录 note：核对证据。
                       7. 划去 struck out（理由 reason: 误记）

            已阅 Read
                       8. 当事人1 party-1：至第 7 条 up to entry 7
            """);
  }

  @Test
  void aTextThatSaysSomethingElseIsFound() throws Exception {
    Map<String, byte[]> forged = new LinkedHashMap<>(entries);
    String text = new String(forged.get(PackageLayout.TRANSCRIPT), StandardCharsets.UTF_8);
    forged.put(
        PackageLayout.TRANSCRIPT, text.replace("欠款两万元", "欠款两百元").getBytes(StandardCharsets.UTF_8));

    assertThat(findings(forged))
        .anySatisfy(
            finding -> {
              assertThat(finding.object()).isEqualTo(PackageLayout.TRANSCRIPT);
              assertThat(finding.kind()).isEqualTo(Finding.Kind.ALTERED);
            });
  }

  @Test
  void aTextThatWasTakenOutIsMissed() throws Exception {
    Map<String, byte[]> forged = new LinkedHashMap<>(entries);
    forged.remove(PackageLayout.TRANSCRIPT);

    assertThat(findings(forged))
        .anySatisfy(
            finding -> {
              assertThat(finding.object()).isEqualTo(PackageLayout.TRANSCRIPT);
              assertThat(finding.kind()).isEqualTo(Finding.Kind.MISSING);
            });
  }

  /** The forger makes the list of hashes right again, and has no key. */
  private static List<Finding> findings(Map<String, byte[]> forged) throws Exception {
    SamplePackage.listAgain(forged);
    return EvidenceVerifier.verify(SamplePackage.write(forged, directory.resolve("forged.zip")))
        .findings();
  }
}
