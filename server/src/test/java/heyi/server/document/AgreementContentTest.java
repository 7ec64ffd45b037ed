package heyi.server.document;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.server.document.AgreementContent.PartyLine;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is too long or missing is refused by name, never cut")
class AgreementContentTest {
  private static final PartyLine PARTY = new PartyLine("party-1", "申请人", "张三丰");

  @Test
  void clauses() {
    refused(List.of(PARTY), List.of("字".repeat(2_001)))
        .hasMessage("clause must have at most 2000 characters but has 2001");
    refused(List.of(PARTY), List.of())
        .hasMessage("an agreement has 1 to 50 clauses but 0 were given");
    refused(List.of(PARTY), Collections.nCopies(51, "条款"))
        .hasMessage("an agreement has 1 to 50 clauses but 51 were given");
    refused(List.of(PARTY), List.of("条款", " ")).hasMessage("clause must not be empty");
  }

  @Test
  void parties() {
    refused(List.of(), List.of("条款"))
        .hasMessage("an agreement has 1 to 7 parties but 0 were given");
    refused(Collections.nCopies(8, PARTY), List.of("条款"))
        .hasMessage("an agreement has 1 to 7 parties but 8 were given");
    refused(List.of(PARTY, PARTY), List.of("条款"))
        .hasMessage("each signer needs a signature slot of its own");
    refused(List.of(new PartyLine("mediator", "申请人", "张三丰")), List.of("条款"))
        .hasMessage("each signer needs a signature slot of its own");
    assertThatThrownBy(() -> new PartyLine("party-1", "申请人", "字".repeat(121)))
        .isInstanceOf(AgreementRefusedException.class)
        .hasMessage("party name must have at most 120 characters but has 121");
    assertThatThrownBy(() -> new PartyLine("\"><script>", "申请人", "张三丰"))
        .isInstanceOf(AgreementRefusedException.class);
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(
      List<PartyLine> parties, List<String> clauses) {
    return assertThatThrownBy(
            () ->
                new AgreementContent(
                    "1号", "纠纷", "中心", "李静怡", parties, "", clauses, "", LocalDate.EPOCH))
        .isInstanceOf(AgreementRefusedException.class);
  }
}
