package heyi.recording.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The package in {@code api/evidence} stands between the two verifiers: the page in {@code
 * web-client} is held to it too. After a change of the format, copy the {@code sample.zip} that
 * {@link PackageMutationTest} leaves in {@code target}.
 */
final class SampleContractTest {
  @Test
  void theSampleIsIntact() {
    VerificationReport report = EvidenceVerifier.verify(Path.of("../api/evidence/sample.zip"));

    assertThat(report.findings()).isEmpty();
    assertThat(report.recordingId()).isEqualTo("rec-1");
    assertThat(report.proven())
        .extracting(Sentence::en)
        .anyMatch(sentence -> sentence.contains("entry 0 of the transparency log"));
  }
}
