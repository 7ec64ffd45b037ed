package heyi.server.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.server.casefile.SessionCommand.Begin;
import heyi.server.casefile.SessionCommand.Close;
import heyi.server.casefile.SessionCommand.Fail;
import heyi.server.casefile.SessionCommand.Seal;
import heyi.server.casefile.SessionLifecycle.AgreementStanding;
import heyi.server.casefile.SessionLifecycle.Decision;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every state meets every command. */
class SessionLifecycleTest {
  private static final List<SessionCommand> COMMANDS =
      List.of(new Begin(), new Close(), new Seal("ab"), new Fail("disk"));

  /** What follows from Begin, Close, Seal, Fail; null refuses. */
  private static final Map<SessionState, List<String>> TABLE = new EnumMap<>(SessionState.class);

  static {
    TABLE.put(SessionState.SCHEDULED, List.of("LIVE", "FAILED", "-", "FAILED"));
    TABLE.put(SessionState.LIVE, List.of("LIVE", "SEALING", "SEALED", "FAILED"));
    TABLE.put(SessionState.SEALING, List.of("-", "-", "SEALED", "FAILED"));
    TABLE.put(SessionState.SEALED, List.of("-", "-", "-", "-"));
    TABLE.put(SessionState.DISPOSED, List.of("-", "-", "-", "-"));
    TABLE.put(SessionState.FAILED, List.of("-", "-", "-", "-"));
  }

  @ParameterizedTest
  @EnumSource(SessionState.class)
  void eachCommandDoesWhatTheTableSays(SessionState state) {
    for (int i = 0; i < COMMANDS.size(); i++) {
      Decision decision = SessionLifecycle.decide(state, COMMANDS.get(i), AgreementStanding.NONE);

      String found =
          switch (decision) {
            case Decision.Accepted accepted -> accepted.state().name();
            case Decision.Refused _ -> "-";
          };
      assertThat(found).as(state + " " + COMMANDS.get(i)).isEqualTo(TABLE.get(state).get(i));
    }
  }

  @Test
  void aSessionThatBeginsPutsTheCaseInSession() {
    assertThat(caseAfter(SessionState.SCHEDULED, new Begin(), AgreementStanding.NONE))
        .isEqualTo(CaseStatus.IN_SESSION);
  }

  @Test
  void aClosedSessionLeavesTheCaseEffectiveOnlyWithASignedAgreement() {
    assertThat(caseAfter(SessionState.LIVE, new Close(), AgreementStanding.SIGNED))
        .isEqualTo(CaseStatus.EFFECTIVE);
    assertThat(caseAfter(SessionState.LIVE, new Close(), AgreementStanding.NONE))
        .isEqualTo(CaseStatus.ADJOURNED);
  }

  private static CaseStatus caseAfter(
      SessionState state, SessionCommand command, AgreementStanding agreement) {
    return ((Decision.Accepted) SessionLifecycle.decide(state, command, agreement)).caseStatus();
  }
}
