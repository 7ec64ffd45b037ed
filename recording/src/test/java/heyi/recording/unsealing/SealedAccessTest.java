package heyi.recording.unsealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.recording.ObjectKey;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.unsealing.SealedAccess.Outcome;
import heyi.recording.unsealing.SealedAccess.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SealedAccessTest {
  private static final ObjectKey ROOT = new ObjectKey("sealed/rec-1");

  private final List<LedgerEvent> accesses = new ArrayList<>();
  private final SealedAccess access =
      new SealedAccess((_, event) -> accesses.add(event), () -> Orders.AGREED, Duration.ofDays(7));

  @Test
  void theEntryNamesBothTheReasonAndTheTime() throws IOException {
    assertThat(access.open(Orders.of(ROOT), "user-2")).isInstanceOf(Outcome.Opened.class);

    LedgerEvent entry = accesses.getFirst();
    assertThat(entry.payload().path("userId").asText()).isEqualTo("user-2");
    assertThat(entry.payload().path("requestedBy").asText()).isEqualTo("user-1");
    assertThat(entry.payload().path("approvedBy").asText()).isEqualTo("user-2");
    assertThat(entry.payload().path("reason").asText()).isEqualTo("投诉调查");
    assertThat(entry.payload().path("until").asText()).isEqualTo(Orders.UNTIL.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "recordings/rec-1, user-1, auditor, user-2, clerk,   投诉调查, 2026-11-23T01:00:00Z, NOT_SEALED",
    "sealed/rec-1,     user-1, auditor, user-1, clerk,   投诉调查, 2026-11-23T01:00:00Z, SAME_PERSON",
    "sealed/rec-1,     user-1, auditor, user-2, auditor, 投诉调查, 2026-11-23T01:00:00Z, SAME_ROLE",
    "sealed/rec-1,     user-1, auditor, user-2, clerk,   '',       2026-11-23T01:00:00Z, NO_REASON",
    "sealed/rec-1,     user-1, auditor, user-2, clerk,   投诉调查, 2026-11-22T01:00:00Z, OVER",
    "sealed/rec-1,     user-1, auditor, user-2, clerk,   投诉调查, 2026-11-29T01:00:00.001Z, TOO_LONG"
  })
  void anOrderThatIsNoneOpensNothingAndIsNotWrittenDown(
      String root,
      String asked,
      String askedAs,
      String agreed,
      String agreedAs,
      String reason,
      Instant until,
      Refusal why)
      throws IOException {
    UnsealingOrder order =
        Orders.of(new ObjectKey(root), asked, askedAs, agreed, agreedAs, reason, until);

    assertThat(access.open(order, "user-1")).isEqualTo(new Outcome.Refused(why));
    assertThat(accesses).isEmpty();
  }

  @Test
  void nobodyButTheTwoLooks() throws IOException {
    assertThat(access.open(Orders.of(ROOT), "user-3"))
        .isEqualTo(new Outcome.Refused(Refusal.SOMEBODY_ELSE));
    assertThat(accesses).isEmpty();
  }

  @Test
  void whatCannotBeWrittenDownStaysClosed() {
    SealedAccess unwritable =
        new SealedAccess(
            (_, _) -> {
              throw new IOException("disk full");
            },
            () -> Orders.AGREED,
            Duration.ofDays(7));

    assertThatThrownBy(() -> unwritable.open(Orders.of(ROOT), "user-1"))
        .isInstanceOf(IOException.class);
  }
}
