package heyi.server.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.server.document.AgreementPdf;
import heyi.server.document.Agreements;
import heyi.server.document.PdfPages;
import heyi.server.document.PreparedDocument;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("R36, R38: the agreement is signed by parties and mediator")
class PdfSignerTest {
  private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final List<SignatureIntent> INTENTS =
      List.of(
          new SignatureIntent("party-1", "张三丰", "申请人", NOW.minusSeconds(90)),
          new SignatureIntent("party-2", "示例银行股份有限公司上海分行", "被申请人", NOW.minusSeconds(40)),
          new SignatureIntent("mediator", "李静怡", "调解员", NOW.minusSeconds(5)));

  @TempDir static Path folder;

  private static SigningAuthority authority;
  private static PreparedDocument prepared;
  private static byte[] signed;

  @BeforeAll
  static void signOnce() {
    authority = SigningAuthority.open(keys(), CLOCK, new SecureRandom());
    prepared = AgreementPdf.render(Agreements.CREDIT_CARD);
    signed = new PdfSigner(authority, CLOCK).sign(prepared.pdf(), INTENTS);
  }

  @Nested
  class ASignedAgreement {
    @Test
    void holdsOneSignatureOfEachInOrder() {
      SignatureReport report = new SignatureVerifier(authority, CLOCK).verify(signed);

      assertThat(report.signatures()).allSatisfy(entry -> assertThat(entry.problem()).isEmpty());
      assertThat(report.isValid()).isTrue();
      assertThat(report.signatures())
          .extracting(SignatureReport.Entry::slot)
          .containsExactly("party-1", "party-2", "mediator");
      assertThat(report.signatures())
          .extracting(SignatureReport.Entry::signedBy)
          .containsExactly("张三丰", "示例银行股份有限公司上海分行", "李静怡");
      assertThat(report.signatures())
          .extracting(SignatureReport.Entry::format)
          .containsOnly("PAdES-BASELINE-T");
      assertThat(report.signatures()).extracting(SignatureReport.Entry::signedAt).containsOnly(NOW);
      assertThat(report.signatures().getFirst().reason())
          .isEqualTo("确认调解协议 2026-11-21 09:58:30 +08:00");
    }

    @Test
    void beginsWithTheVeryBytesThatWereConfirmed() {
      assertThat(Arrays.copyOf(signed, prepared.pdf().length)).isEqualTo(prepared.pdf());
      assertThat(new SignatureVerifier(authority, CLOCK).verify(signed).confirmedSha256())
          .isEqualTo(prepared.sha256());
    }

    @Test
    void showsOnPaperWhoConfirmedWhatAndWhen() throws Exception {
      String text = PdfPages.text(flattened(signed));

      assertThat(text)
          .contains("2026-11-21 09:58:30")
          .contains("2026-11-21 09:59:20")
          .contains("2026-11-21 09:59:55")
          .contains(prepared.sha256().substring(0, 4) + " " + prepared.sha256().substring(4, 8));
    }

    /** Readers show a field's picture, but only a flattened one counts as text. */
    private byte[] flattened(byte[] pdf) throws Exception {
      try (PDDocument document = Loader.loadPDF(pdf)) {
        document.getDocumentCatalog().getAcroForm().flatten();
        var out = new ByteArrayOutputStream();
        document.save(out);
        return out.toByteArray();
      }
    }

    @Test
    void isStillValidYearsAfterTheOneTimeCertificatesExpired() {
      var later = InstantSource.fixed(NOW.plus(Duration.ofDays(400)));
      var reopened = SigningAuthority.open(keys(), later, new SecureRandom());

      SignatureReport report = new SignatureVerifier(reopened, later).verify(signed);

      assertThat(report.signatures()).allSatisfy(entry -> assertThat(entry.problem()).isEmpty());
      assertThat(report.isValid()).isTrue();
    }

    @Test
    void canBeCheckedByAStrangerWithAFewLinesOfPem() {
      String pem = authority.trust().toPem();
      var later = InstantSource.fixed(NOW.plus(Duration.ofDays(3)));

      SignatureReport report =
          new SignatureVerifier(SigningTrust.fromPem(pem), later).verify(signed);

      assertThat(report.signatures()).allSatisfy(entry -> assertThat(entry.problem()).isEmpty());
      assertThat(report.isValid()).isTrue();
    }
  }

  @Nested
  class WhatIsNotAsItWasSigned {
    @Test
    void oneByteOfTheAgreementBreaksEverySignature() {
      byte[] changed = signed.clone();
      changed[prepared.pdf().length / 2] ^= 1;

      SignatureReport report = new SignatureVerifier(authority, CLOCK).verify(changed);

      assertThat(report.isValid()).isFalse();
      assertThat(report.signatures())
          .hasSize(3)
          .extracting(SignatureReport.Entry::problem)
          .containsOnly("HASH_FAILURE");
    }

    @Test
    void wordsPaintedOverThePageAfterwardsAreNoticed() throws Exception {
      SignatureReport report = new SignatureVerifier(authority, CLOCK).verify(paintedOver());

      assertThat(report.isValid()).isFalse();
      assertThat(report.signatures())
          .extracting(SignatureReport.Entry::problem)
          .containsOnly(SignatureVerifier.CHANGED_AFTER_SIGNING);
    }

    @Test
    void bytesAddedAtTheEndAreNoticed() {
      byte[] longer = Arrays.copyOf(signed, signed.length + 1);
      longer[signed.length] = '\n';

      assertThat(new SignatureVerifier(authority, CLOCK).verify(longer).isValid()).isFalse();
    }

    @Test
    void aForeignAuthorityIsNotTrusted() {
      var foreign = SigningAuthority.open(folder.resolve("foreign.p12"), CLOCK, new SecureRandom());

      SignatureReport report = new SignatureVerifier(foreign, CLOCK).verify(signed);

      assertThat(report.isValid()).isFalse();
      assertThat(report.signatures())
          .extracting(SignatureReport.Entry::problem)
          .containsOnly("NO_CERTIFICATE_CHAIN_FOUND");
    }

    @Test
    void anUnsignedDocumentProvesNothing() {
      SignatureReport report = new SignatureVerifier(authority, CLOCK).verify(prepared.pdf());

      assertThat(report.isValid()).isFalse();
      assertThat(report.signatures()).isEmpty();
      assertThat(report.confirmedSha256()).isEmpty();
    }

    @Test
    void whatIsNoPdfIsRefused() {
      assertThatThrownBy(() -> new SignatureVerifier(authority, CLOCK).verify(new byte[] {1, 2}))
          .isInstanceOf(SigningException.class);
    }

    private byte[] paintedOver() throws Exception {
      try (PDDocument document = Loader.loadPDF(signed)) {
        var page = document.getPage(0);
        try (var paint = new PDPageContentStream(document, page, AppendMode.APPEND, false)) {
          paint.addRect(100, 400, 300, 40);
          paint.fill();
        }
        page.getCOSObject().setNeedToBeUpdated(true);
        document.getDocumentCatalog().getCOSObject().setNeedToBeUpdated(true);
        document.getPages().getCOSObject().setNeedToBeUpdated(true);
        var out = new ByteArrayOutputStream();
        document.saveIncremental(out);
        return out.toByteArray();
      }
    }
  }

  @Nested
  class WhatCannotBeSigned {
    @Test
    void nobodySigns() {
      assertThatThrownBy(() -> new PdfSigner(authority, CLOCK).sign(prepared.pdf(), List.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSlotThatTheDocumentDoesNotHave() {
      var stranger = List.of(new SignatureIntent("party-9", "李四", "申请人", NOW));

      assertThatThrownBy(() -> new PdfSigner(authority, CLOCK).sign(prepared.pdf(), stranger))
          .isInstanceOf(SigningException.class);
    }

    @Test
    void aSlotThatIsTaken() {
      assertThatThrownBy(
              () -> new PdfSigner(authority, CLOCK).sign(signed, List.of(INTENTS.getFirst())))
          .isInstanceOf(SigningException.class);
    }
  }

  @Test
  void hostileAndEndlessNamesAreSignedForToo() {
    var name = "张三,O=Evil\u202E<b>\n" + "名".repeat(100);
    var intent = new SignatureIntent("party-1", name, "申请人", NOW);

    byte[] pdf = new PdfSigner(authority, CLOCK).sign(prepared.pdf(), List.of(intent));

    SignatureReport report = new SignatureVerifier(authority, CLOCK).verify(pdf);
    assertThat(report.isValid()).isTrue();
    assertThat(report.signatures().getFirst().signedBy())
        .startsWith("张三,O=Evil〔U+202E〕<b> 名名")
        .hasSize(64)
        .endsWith("…");
  }

  private static Path keys() {
    return folder.resolve("keys").resolve("keys.p12");
  }

  @Nested
  class Keys {
    @Test
    void surviveARestartAndOnlyTheirOwnerMayReadThem() throws Exception {
      var second = SigningAuthority.open(keys(), CLOCK, new SecureRandom());

      assertThat(second.trust().root()).isEqualTo(authority.trust().root());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys())))
          .isEqualTo("rw-------");
    }

    @Test
    void thatAreDamagedAreNamedAndNotReplaced() throws Exception {
      Path damaged = folder.resolve("damaged.p12");
      Files.write(damaged, new byte[] {1, 2, 3});

      assertThatThrownBy(() -> SigningAuthority.open(damaged, CLOCK, new SecureRandom()))
          .isInstanceOf(SigningException.class)
          .hasMessageContaining("damaged.p12");
      assertThat(Files.readAllBytes(damaged)).containsExactly(1, 2, 3);
    }

    @Test
    void areNeverPrinted() {
      assertThat(authority.oneTime("张三", "申请人").toString()).contains("[REDACTED]");
    }
  }
}
