package heyi.server.document;

import heyi.server.document.AgreementContent.PartyLine;
import java.time.LocalDate;
import java.util.List;

/** Agreements for tests. */
public final class Agreements {
  /** Two parties, five clauses, one page: a usual one. */
  public static final AgreementContent CREDIT_CARD =
      of(
          "张三丰",
          List.of(
              "双方确认：截至2026年10月31日，申请人欠付被申请人信用卡本金人民币48,600.00元（大写：肆万捌仟陆佰元整）。",
              "申请人自2026年12月起分12期偿还上述本金，每月15日前偿还人民币4,050.00元，付至被申请人指定账户。",
              "被申请人同意减免截至本协议签订之日产生的全部违约金，并自本协议生效之日起停止计收利息。",
              "申请人任何一期未按时足额偿还的，经催告后十五日内仍未补足，被申请人有权就全部剩余款项申请强制执行（以本协议经司法确认为前提）。",
              "双方就本纠纷再无其他争议。"));

  private Agreements() {}

  /** A usual one between this applicant and a bank. */
  public static AgreementContent of(String applicant, List<String> clauses) {
    return new AgreementContent(
        "（2026）合意调字第0001号",
        "张三丰与示例银行信用卡纠纷",
        "合意金融纠纷调解中心（演示）",
        "李静怡",
        List.of(
            new PartyLine("party-1", "申请人", applicant),
            new PartyLine("party-2", "被申请人", "示例银行股份有限公司上海分行")),
        "双方对欠款本金无争议，对利息及违约金的计算存在争议。",
        clauses,
        "在线调解室",
        LocalDate.of(2026, 11, 21));
  }
}
