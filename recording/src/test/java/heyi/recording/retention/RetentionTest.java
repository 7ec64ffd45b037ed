package heyi.recording.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.recording.ObjectKey;
import heyi.recording.Signatory;
import heyi.recording.retention.Retention.Decision;
import heyi.recording.retention.Retention.Refusal;
import heyi.recording.retention.Retention.Standing;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetentionTest {
  private static final ObjectKey ROOT = new ObjectKey("recordings/rec-1");
  private static final Instant DUE = Instant.parse("2056-11-21T16:00:00Z");

  @Nested
  @DisplayName("法释〔2017〕5号 art. 15: nobody deletes a recording without permission")
  final class Deciding {
    @Test
    void twoPeopleOfTwoRolesMayOnceItsTimeIsOver() {
      assertThat(decide("user-1", "clerk", "user-2", "auditor", "届满", Standing.FREE, DUE))
          .isInstanceOfSatisfying(
              Decision.Permitted.class,
              permitted -> assertThat(permitted.permit().retainUntil()).isEqualTo(DUE));
    }

    @Test
    void notAMomentBeforeItsTimeIsOver() {
      assertRefused(
          Refusal.STILL_RETAINED,
          decide("user-1", "clerk", "user-2", "auditor", "届满", Standing.FREE, DUE.minusNanos(1)));
    }

    @Test
    void aHoldStopsItHoweverLongItsTimeIsOver() {
      Instant later = DUE.plusSeconds(1_000_000_000);

      assertRefused(
          Refusal.ON_HOLD,
          decide("user-1", "clerk", "user-2", "auditor", "届满", Standing.HELD, later));
    }

    @ParameterizedTest
    @CsvSource({
      "user-1, clerk,   user-1, auditor, 届满, SAME_PERSON",
      "user-1, auditor, user-2, auditor, 届满, SAME_ROLE",
      "user-1, clerk,   user-2, auditor, '', NO_REASON"
    })
    void onePersonOrOneRoleIsNotEnough(
        String asked, String askedAs, String agreed, String agreedAs, String reason, Refusal why) {
      assertRefused(why, decide(asked, askedAs, agreed, agreedAs, reason, Standing.FREE, DUE));
    }

    @Test
    void aPermitOpensItsOwnRecordingOnly() {
      DisposalPermit permit = Orders.permit(ROOT);

      permit.requireCovers(ROOT.child("chunks").child("000000.journal"));
      assertThatThrownBy(
              () -> permit.requireCovers(new ObjectKey("recordings/rec-10/ledger.jsonl")))
          .isInstanceOf(RetentionException.class)
          .hasMessageContaining("rec-10");
    }

    private static void assertRefused(Refusal refusal, Decision decision) {
      assertThat(decision).isEqualTo(new Decision.Refused(refusal));
    }

    private static Decision decide(
        String asked,
        String askedAs,
        String agreed,
        String agreedAs,
        String reason,
        Standing standing,
        Instant now) {
      DisposalOrder order =
          new DisposalOrder(
              ROOT,
              reason,
              new Signatory(asked, askedAs, DUE),
              new Signatory(agreed, agreedAs, DUE));
      return Retention.decide(order, DUE, standing, now);
    }
  }

  @Nested
  @DisplayName("民法典 art. 201–203: the first day is not counted, the last one to midnight")
  final class Counting {
    @ParameterizedTest
    @CsvSource({
      // 23:59 and 00:01 of two days in Shanghai
      "P30Y, 2026-11-21T15:59:00Z, 2056-11-21T16:00:00Z",
      "P30Y, 2026-11-21T16:01:00Z, 2056-11-22T16:00:00Z",
      // 29 February has no like in 2054, so the last day of that month
      "P30Y, 2024-02-29T02:00:00Z, 2054-02-28T16:00:00Z",
      "P0D, 2026-11-21T02:00:00Z, 2026-11-21T16:00:00Z",
      "PT0S, 2026-11-21T02:00:00Z, 2026-11-21T02:00:00Z",
      "PT36H, 2026-11-21T02:00:00Z, 2026-11-22T14:00:00Z"
    })
    void theEnd(String period, Instant from, Instant until) {
      RetentionPeriod parsed = RetentionPeriod.parse(period, ZoneId.of("Asia/Shanghai"));

      assertThat(parsed.until(from)).isEqualTo(until);
      assertThat(parsed).hasToString(period);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "P-1D", "PT-1S", "thirty years", "P30Y1"})
    void whatIsNoPeriodIsRefused(String text) {
      assertThatThrownBy(() -> RetentionPeriod.parse(text, ZoneId.of("Asia/Shanghai")))
          .isInstanceOf(DateTimeException.class);
    }
  }
}
