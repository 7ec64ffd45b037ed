package heyi.recording.verify;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.recording.Sha256;
import heyi.recording.sealing.TestSeals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Change anything in a package and the verifier names it. */
@Timeout(120)
final class EvidenceVerifierTest {
  private static final int MUTATIONS = 400;
  private static final Map<String, byte[]> ENTRIES = new LinkedHashMap<>();

  @TempDir private Path directory;

  @BeforeAll
  static void makePackage(@TempDir Path directory) throws IOException {
    Path zip = SamplePackage.make(directory, store -> TestSeals.in(store, directory));
    ENTRIES.clear();
    ENTRIES.putAll(SamplePackage.entries(zip));
  }

  @Test
  void anUntouchedPackageIsIntact() throws IOException {
    VerificationReport report = verify(ENTRIES);

    assertThat(report.findings()).isEmpty();
    assertThat(report.intact()).isTrue();
    assertThat(report.recordingId()).isEqualTo("rec-1");
    assertThat(report.objectsChecked()).isEqualTo(ENTRIES.size());
    assertThat(report.proven()).anyMatch(sentence -> sentence.en().contains("3 chunks"));
  }

  @Test
  void sha256sumAgrees() throws IOException {
    Map<String, byte[]> sums = new LinkedHashMap<>(ENTRIES);
    String text = new String(sums.remove("SHA256SUMS"), StandardCharsets.UTF_8);
    sums.remove("SHA256SUMS.sig");
    StringBuilder expected = new StringBuilder();
    sums.forEach(
        (name, bytes) -> expected.append(Sha256.of(bytes)).append("  ").append(name).append('\n'));

    assertThat(text).isEqualTo(expected.toString());
  }

  @Test
  void aChangedByteAnywhereNamesTheObject() throws IOException {
    SplittableRandom random = new SplittableRandom(2026);
    List<String> names = List.copyOf(ENTRIES.keySet());
    for (int i = 0; i < MUTATIONS; i++) {
      String name = names.get(i % names.size());
      Map<String, byte[]> changed = new LinkedHashMap<>(ENTRIES);
      byte[] bytes = changed.getOrDefault(name, new byte[0]).clone();
      int at = random.nextInt(bytes.length);
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      changed.put(name, bytes);

      assertThat(verify(changed).findings())
          .as("%s, byte %d", name, at)
          .extracting(Finding::object)
          .contains(name);
    }
  }

  @Test
  void aTruncatedOrGrownObjectIsNamed() throws IOException {
    for (String name : ENTRIES.keySet()) {
      byte[] bytes = ENTRIES.getOrDefault(name, new byte[0]);
      for (int length : new int[] {bytes.length - 1, bytes.length + 1}) {
        Map<String, byte[]> changed = new LinkedHashMap<>(ENTRIES);
        changed.put(name, Arrays.copyOf(bytes, length));

        assertThat(verify(changed).findings())
            .as("%s with %d bytes", name, length)
            .extracting(Finding::object)
            .contains(name);
      }
    }
  }

  @Test
  void aMissingObjectIsNamed() throws IOException {
    for (String name : ENTRIES.keySet()) {
      Map<String, byte[]> changed = new LinkedHashMap<>(ENTRIES);
      changed.remove(name);

      assertThat(verify(changed).findings())
          .as("without %s", name)
          .extracting(Finding::object)
          .contains(name);
    }
  }

  @Test
  void anAddedObjectIsNamed() throws IOException {
    for (String name : List.of("documents/forged.pdf", "tracks/more.webm", "notes.txt")) {
      Map<String, byte[]> changed = new LinkedHashMap<>(ENTRIES);
      changed.put(name, new byte[] {1, 2, 3});

      assertThat(verify(changed).findings()).extracting(Finding::object).contains(name);
    }
  }

  @Test
  void swappedObjectsAreFound() throws IOException {
    List<String> names = List.copyOf(ENTRIES.keySet());
    for (int i = 1; i < names.size(); i++) {
      List<String> order = new ArrayList<>(names);
      Collections.swap(order, i - 1, i);
      Map<String, byte[]> changed = new LinkedHashMap<>();
      order.forEach(name -> changed.put(name, ENTRIES.getOrDefault(name, new byte[0])));

      assertThat(verify(changed).findings())
          .as("%s before %s", names.get(i), names.get(i - 1))
          .extracting(Finding::kind)
          .contains(Finding.Kind.REORDERED);
    }
  }

  @Test
  void swappedContentsAreFound() throws IOException {
    Map<String, byte[]> changed = new LinkedHashMap<>(ENTRIES);
    String first = "recording/chunks/000000.journal";
    String second = "recording/chunks/000001.journal";
    changed.put(first, ENTRIES.getOrDefault(second, new byte[0]));
    changed.put(second, ENTRIES.getOrDefault(first, new byte[0]));

    assertThat(verify(changed).findings()).extracting(Finding::object).contains(first, second);
  }

  @Test
  void whatIsNoPackageGetsFindings() throws IOException {
    Path file = Files.write(directory.resolve("no.zip"), new byte[] {1, 2, 3});

    VerificationReport report = EvidenceVerifier.verify(file);

    assertThat(report.intact()).isFalse();
    assertThat(report.findings()).extracting(Finding::object).contains("package");
    assertThat(EvidenceVerifier.verify(directory.resolve("absent.zip")).intact()).isFalse();
  }

  private VerificationReport verify(Map<String, byte[]> entries) throws IOException {
    return EvidenceVerifier.verify(SamplePackage.write(entries, directory.resolve("checked.zip")));
  }
}
