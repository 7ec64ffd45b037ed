package heyi.server.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.server.document.AgreementContent.PartyLine;
import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R36: the mediation agreement as PDF")
class AgreementPdfTest {
  @Test
  void theTextComesOutAsItWentIn() throws Exception {
    var text = PdfPages.text(AgreementPdf.render(agreement("人民币1,200元于方便时支付", "张三丰")).pdf());

    assertThat(text)
        .contains("调解协议书")
        .contains("示调〔2026〕1号")
        .contains("张三丰")
        .contains("人民币1,200元于方便时支付");
  }

  @Test
  void equalContentGivesEqualBytes() {
    var first = AgreementPdf.render(agreement("条款", "张三"));
    var second = AgreementPdf.render(agreement("条款", "张三"));

    assertThat(second.sha256()).isEqualTo(first.sha256());
    assertThat(AgreementPdf.render(agreement("条款二", "张三")).sha256()).isNotEqualTo(first.sha256());
  }

  @Test
  void hostileTextIsTextOnly() throws Exception {
    var hostile =
        "<script>alert(1)</script><img src='file:///etc/passwd'/>&amp; \u202Eabc \u0007 😀";

    var document = AgreementPdf.render(agreement(hostile, "</td><b>" + hostile));

    assertThat(PdfPages.text(document.pdf())).contains("<script>alert(1)</script>");
  }

  @Test
  void aLongAgreementFlowsOverPagesAndKeepsItsSignatureFieldsTogether() throws Exception {
    var clauses = Collections.nCopies(30, "甲方应当按照约定向乙方支付相应款项。".repeat(8));

    var document = AgreementPdf.render(agreement(clauses, "张三"));

    assertThat(document.pageCount()).isGreaterThan(2);
    try (var pdf = Loader.loadPDF(document.pdf())) {
      assertThat(pdf.getSignatureFields())
          .extracting(field -> field.getPartialName())
          .containsExactlyInAnyOrder("party-1", "party-2", "mediator");
    }
  }

  @Test
  void pagesCanBeLookedAt() throws Exception {
    var pdf = AgreementPdf.render(agreement("条款", "张三")).pdf();

    var picture = ImageIO.read(new ByteArrayInputStream(PdfPages.png(pdf, 1, 720)));

    assertThat(picture.getWidth()).isBetween(719, 721);
    assertThatThrownBy(() -> PdfPages.png(pdf, 2, 720))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsTooLongIsRefusedNotCut() {
    assertThatThrownBy(() -> agreement("字".repeat(2_001), "张三"))
        .isInstanceOf(AgreementRefusedException.class)
        .hasMessage("clause must have at most 2000 characters but has 2001");
    assertThatThrownBy(() -> agreement(List.of(), "张三"))
        .isInstanceOf(AgreementRefusedException.class);
  }

  private static AgreementContent agreement(String clause, String name) {
    return agreement(List.of(clause, "再无其他争议。"), name);
  }

  private static AgreementContent agreement(List<String> clauses, String name) {
    return new AgreementContent(
        "示调〔2026〕1号",
        "金融借款合同纠纷",
        "示例金融纠纷调解中心",
        "李调解",
        List.of(new PartyLine("party-1", "申请人", name), new PartyLine("party-2", "被申请人", "示例银行")),
        "",
        clauses,
        "在线调解室",
        LocalDate.of(2026, 11, 21));
  }
}
