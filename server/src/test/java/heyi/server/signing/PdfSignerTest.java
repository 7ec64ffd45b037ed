package heyi.server.signing;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.server.document.AgreementContent;
import heyi.server.document.AgreementContent.PartyLine;
import heyi.server.document.AgreementPdf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("R36, R38: the agreement is signed by parties and mediator")
class PdfSignerTest {
  private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");

  @TempDir Path folder;

  private final InstantSource clock = InstantSource.fixed(NOW);

  @Test
  void everySignatureHoldsAndNamesItsSigner() throws Exception {
    var authority = authority();

    var signed = signed(authority);

    var report = new SignatureVerifier(authority, clock).verify(signed);
    assertThat(report.signatures())
        .extracting(SignatureReport.Entry::signedBy)
        .containsExactly("张三", "示例银行", "李调解");
    assertThat(report.signatures())
        .allSatisfy(
            entry -> {
              assertThat(entry.problem()).isEmpty();
              assertThat(entry.valid()).isTrue();
              assertThat(entry.format()).isEqualTo("PAdES-BASELINE-T");
            });
    assertThat(report.isValid()).isTrue();
  }

  @Test
  void oneChangedByteBreaksTheSignatures() throws Exception {
    var authority = authority();
    var signed = signed(authority);
    var text = new String(signed, java.nio.charset.StandardCharsets.ISO_8859_1);

    signed[text.indexOf("/MediaBox") + 12] ^= 1;

    assertThat(new SignatureVerifier(authority, clock).verify(signed).isValid()).isFalse();
  }

  @Test
  void anUnsignedDocumentProvesNothing() {
    var report = new SignatureVerifier(authority(), clock).verify(agreement());

    assertThat(report.isValid()).isFalse();
    assertThat(report.signatures()).isEmpty();
  }

  @Test
  void theKeysSurviveARestartAndOnlyTheirOwnerMayReadThem() throws Exception {
    var first = authority();

    var second = authority();

    assertThat(second.rootCertificate()).isEqualTo(first.rootCertificate());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys())))
        .isEqualTo("rw-------");
  }

  private byte[] signed(SigningAuthority authority) {
    return new PdfSigner(authority, clock)
        .sign(
            agreement(),
            List.of(
                new SignatureIntent("party-1", "张三", "申请人", NOW),
                new SignatureIntent("party-2", "示例银行", "被申请人", NOW),
                new SignatureIntent("mediator", "李调解", "调解员", NOW)));
  }

  private static byte[] agreement() {
    return AgreementPdf.render(
            new AgreementContent(
                "示调〔2026〕1号",
                "金融借款合同纠纷",
                "示例金融纠纷调解中心",
                "李调解",
                List.of(
                    new PartyLine("party-1", "申请人", "张三"),
                    new PartyLine("party-2", "被申请人", "示例银行")),
                "",
                List.of("被申请人于2026年12月31日前向申请人支付人民币12,345.67元。", "申请人自愿放弃其他请求；双方就本纠纷再无其他争议。"),
                "在线调解室",
                LocalDate.of(2026, 11, 21)))
        .pdf();
  }

  private SigningAuthority authority() {
    return SigningAuthority.open(keys(), clock, new SecureRandom());
  }

  private Path keys() {
    return folder.resolve("signing-keys.p12");
  }
}
