package heyi.recording.verify;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.recording.Sha256;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Findings in Chinese")
final class FindingWordsTest {
  @Test
  void whatIsTechnicalStaysAsItIs() {
    assertThat(FindingWords.inChinese("should be 0a but is 0b")).isEqualTo("哈希应为 0a，实为 0b");
    assertThat(FindingWords.inChinese("a path of 65 hashes")).isEqualTo("证明路径有 65 个哈希");
  }

  @Test
  void aReasonWithinAReasonIsTranslatedToo() {
    assertThat(FindingWords.inChinese("unreadable after ledger.jsonl: the file became shorter"))
        .isEqualTo("ledger.jsonl 之后无法读取：文件在核验时变短了");
    assertThat(FindingWords.inChinese("is no ledger: line 3: an entry is not in canonical form"))
        .isEqualTo("不是账本：第 3 行：一条账目不是规范写法（RFC 8785）");
  }

  @Test
  void whatNobodyForesawIsToldAsItIs() {
    assertThat(FindingWords.inChinese("Unexpected token")).isEqualTo("内容无法解析（Unexpected token）");
  }

  @Test
  void theReportNamesTheObjectAndTheFaultInOneLanguage() {
    var finding = new Finding("ledger.jsonl", Finding.Kind.MISSING, "is named and not there");
    var report =
        new VerificationReport(
            "rec-1", Sha256.NONE.hex(), 0, 0, List.of(), List.of(), List.of(), List.of(finding));

    assertThat(ReportText.lines(report, ReportLanguage.ZH))
        .contains("  ✗ 缺失 ledger.jsonl：已列明但不在包内");
    assertThat(ReportText.lines(report, ReportLanguage.EN))
        .contains("  ✗ MISSING ledger.jsonl: is named and not there");
  }
}
