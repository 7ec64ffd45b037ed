package heyi.server.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.server.document.AgreementContent.PartyLine;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("R36: the mediation agreement as PDF")
class AgreementPdfTest {
  /** Characters a font may give back as Kangxi radicals: 人 as ⼈, 民 as ⺠, 方 as ⽅. */
  private static final String TREACHEROUS = "人民方一二大小工口力又子女山川日月水火木金土王见车贝长门马鸟鱼龙龟";

  @Nested
  class Text {
    @Test
    void comesOutAsItWentIn() throws Exception {
      String text = compact(PdfPages.text(AgreementPdf.render(Agreements.CREDIT_CARD).pdf()));

      assertThat(text).contains("调解协议书").contains("第1页，共1页");
      for (String words : everythingIn(Agreements.CREDIT_CARD)) {
        assertThat(text).contains(compact(words));
      }
    }

    @Test
    void keepsTheCodePointsThatOtherFontsTurnIntoRadicals() throws Exception {
      var content = Agreements.of("张三丰", List.of(TREACHEROUS));

      String text = PdfPages.text(AgreementPdf.render(content).pdf());

      assertThat(compact(text)).contains(TREACHEROUS);
      assertThat(text.codePoints())
          .noneMatch(c -> c >= 0x2E80 && c <= 0x2FDF)
          .noneMatch(c -> c == 0xFFFD);
    }

    @Test
    void leavesOutWhatIsEmpty() throws Exception {
      var content =
          new AgreementContent(
              "1号",
              "纠纷",
              "中心",
              "李静怡",
              List.of(new PartyLine("party-1", "申请人", "张三丰")),
              "",
              List.of("条款"),
              "",
              LocalDate.of(2026, 1, 2));

      String text = PdfPages.text(AgreementPdf.render(content).pdf());

      assertThat(text).contains("一、协议内容").contains("2026年1月2日");
      assertThat(text).doesNotContain("纠纷概况").doesNotContain("签订地点");
    }
  }

  @Nested
  class HostileText {
    @Test
    void isTextOnly() throws Exception {
      var hostile = "<script>alert(1)</script><img src='file:///etc/passwd'/>&amp;]]>{}</style>";

      var pdf = AgreementPdf.render(Agreements.of("</td><b>" + hostile, List.of(hostile))).pdf();

      assertThat(compact(PdfPages.text(pdf))).contains(compact(hostile)).contains("</td><b>");
      try (PDDocument document = Loader.loadPDF(pdf)) {
        assertThat(document.getPage(0).getResources().getXObjectNames()).isEmpty();
        assertThat(document.getDocumentCatalog().getCOSObject().containsKey(COSName.OPEN_ACTION))
            .isFalse();
      }
    }

    @Test
    void cannotTurnTheReadingDirectionOrHideACharacter() throws Exception {
      var pdf = AgreementPdf.render(Agreements.of("张\u202E三\u200B丰\u0007", List.of("条款"))).pdf();

      assertThat(PdfPages.text(pdf)).contains("张〔U+202E〕三〔U+200B〕丰〔U+0007〕");
    }

    @Test
    void namesTheCharactersThatTheFontLacksInsteadOfDroppingThem() throws Exception {
      var pdf = AgreementPdf.render(Agreements.of("张𬍛😀", List.of("条款"))).pdf();

      assertThat(PdfPages.text(pdf)).contains("张〔U+2C35B〕〔U+1F600〕");
    }

    @Test
    void loneSurrogatesDoNotBreakThePage() throws Exception {
      var pdf = AgreementPdf.render(Agreements.of("张\uD800三", List.of("条款"))).pdf();

      assertThat(PdfPages.text(pdf)).contains("张〔U+D800〕三");
    }

    @Test
    void staysOnThePaperHoweverLongAWordIs() throws Exception {
      var name = "A".repeat(AgreementContent.MAX_NAME_LENGTH);
      var clause = "B".repeat(AgreementContent.MAX_CLAUSE_LENGTH);

      var pdf = AgreementPdf.render(Agreements.of(name, List.of(clause))).pdf();

      String text = compact(PdfPages.text(pdf));
      assertThat(text.chars().filter(c -> c == 'B').count()).isGreaterThanOrEqualTo(2_000);
      assertThat(Inkless.rightMargin(pdf, 60)).isTrue();
    }
  }

  @Nested
  class Layout {
    @Test
    void aUsualAgreementFitsOnOnePage() {
      assertThat(AgreementPdf.render(Agreements.CREDIT_CARD).pageCount()).isEqualTo(1);
    }

    @Test
    void aLongOneFlowsOverPagesAndKeepsItsSignaturesTogether() throws Exception {
      var clauses = Collections.nCopies(30, "甲方应当按照约定向乙方支付相应款项。".repeat(8));

      var document = AgreementPdf.render(Agreements.of("张三丰", clauses));

      assertThat(document.pageCount()).isGreaterThan(2);
      try (PDDocument pdf = Loader.loadPDF(document.pdf())) {
        assertThat(pdf.getSignatureFields())
            .extracting(field -> field.getPartialName())
            .containsExactlyInAnyOrder("party-1", "party-2", "mediator");
        assertThat(pdf.getSignatureFields())
            .allSatisfy(
                field ->
                    assertThat(pdf.getPages().indexOf(field.getWidgets().getFirst().getPage()))
                        .isEqualTo(document.pageCount() - 1));
      }
    }

    @Test
    void pagesCanBeLookedAtInBoundedSize() throws Exception {
      var pdf = AgreementPdf.render(Agreements.CREDIT_CARD).pdf();

      var picture = ImageIO.read(new ByteArrayInputStream(PdfPages.png(pdf, 1, 720)));
      var huge = ImageIO.read(new ByteArrayInputStream(PdfPages.png(pdf, 1, 1_000_000)));

      assertThat(picture.getWidth()).isBetween(719, 721);
      assertThat(huge.getWidth()).isBetween(1_599, 1_601);
      assertThatThrownBy(() -> PdfPages.png(pdf, 2, 720))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> PdfPages.png(pdf, 0, 720))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class Bytes {
    @Test
    void areEqualForEqualContent() {
      var first = AgreementPdf.render(Agreements.CREDIT_CARD);
      var second = AgreementPdf.render(Agreements.CREDIT_CARD);
      var other = AgreementPdf.render(Agreements.of("张三", List.of("条款")));

      assertThat(second.sha256()).isEqualTo(first.sha256()).hasSize(64);
      assertThat(second.pdf()).isEqualTo(first.pdf());
      assertThat(other.sha256()).isNotEqualTo(first.sha256());
    }

    @Test
    void nameNoMomentButTheAgreementsDay() throws Exception {
      var pdf = AgreementPdf.render(Agreements.CREDIT_CARD).pdf();

      try (PDDocument document = Loader.loadPDF(pdf)) {
        var xmp = document.getDocumentCatalog().getMetadata().toByteArray();
        assertThat(new String(xmp, StandardCharsets.UTF_8))
            .contains("<xmp:CreateDate>2026-11-21T00:00:00+08:00</xmp:CreateDate>")
            .contains("<xmp:ModifyDate>2026-11-21T00:00:00+08:00</xmp:ModifyDate>")
            .contains("<pdfaid:part>2</pdfaid:part>");
        assertThat(document.getDocumentInformation().getCreationDate().toInstant())
            .isEqualTo("2026-11-20T16:00:00Z");
      }
    }
  }

  private static List<String> everythingIn(AgreementContent content) {
    var words = new java.util.ArrayList<String>();
    words.addAll(List.of(content.caseNumber(), content.title(), content.organisation()));
    words.addAll(List.of(content.mediator(), content.summary(), content.place(), "2026年11月21日"));
    words.addAll(content.clauses());
    content.parties().forEach(party -> words.addAll(List.of(party.role(), party.name())));
    return words;
  }

  /** Lines break where the paper ends. */
  private static String compact(String text) {
    return text.replaceAll("\\s+", "");
  }
}
