package heyi.signaling.room;

import static heyi.signaling.room.RoomScene.MEDIATOR;
import static heyi.signaling.room.RoomScene.NOBODY;
import static heyi.signaling.room.RoomScene.NOW;
import static heyi.signaling.room.RoomScene.PARTY;
import static heyi.signaling.room.RoomScene.SPEC;
import static heyi.signaling.room.RoomScene.at;
import static org.assertj.core.api.Assertions.assertThat;

import heyi.signaling.room.Decision.Accepted;
import heyi.signaling.room.Decision.Refused;
import heyi.signaling.room.RoomCommand.Transcribe;
import heyi.signaling.room.RoomCommand.WithholdRecord;
import heyi.signaling.room.RoomEvent.TranscriptWritten;
import heyi.signaling.room.Transcription.ConfirmReading;
import heyi.signaling.room.Transcription.Correct;
import heyi.signaling.room.Transcription.RaiseObjection;
import heyi.signaling.room.Transcription.RefuseObjection;
import heyi.signaling.room.Transcription.Strike;
import heyi.signaling.room.Transcription.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The transcript of a room (调解笔录)")
class RoomTranscriptTest {
  private static final Duration JUST_NOW = Duration.ZERO;
  private static final Instant LATER = NOW.plusSeconds(300);

  @Nested
  @DisplayName("who may write what, and when")
  class Rights {
    @Test
    void theMediatorWritesAsLongAsTheSessionIsRecorded() {
      for (Phase phase : Phase.values()) {
        var decision = Room.decide(at(phase), by(MEDIATOR, line("k-1", "好的。")), LATER);

        assertThat(decision instanceof Accepted).as("%s", phase).isEqualTo(phase.hasMedia());
      }
    }

    @Test
    void nobodyWritesWhatIsSaidOffTheRecord() {
      var joint = at(Phase.JOINT);
      var withheld = Room.decide(joint, new WithholdRecord(MEDIATOR, "商业秘密"), LATER);
      var room = ((Accepted) withheld).state();

      assertThat(refusal(room, MEDIATOR, line("k-1", "好的。"))).isEqualTo(RefusalReason.WRONG_PHASE);
    }

    @Test
    void aPartyWritesCorrectsStrikesAndAnswersNothing() {
      var room = with(line("k-1", "好的。"));
      room = after(room, PARTY, new RaiseObjection(1, "不是我说的。"));

      for (Transcription what :
          List.of(
              line("k-2", "我说。"),
              correct(1, "不好。", null),
              new Strike(1, "不对", null),
              new RefuseObjection(2, "不对"))) {
        assertThat(refusal(room, PARTY, what)).isEqualTo(RefusalReason.NOT_ALLOWED);
      }
    }

    @Test
    void theMediatorObjectsAndConfirmsNothing() {
      var room = written(at(Phase.READBACK), line("k-1", "好的。"));

      assertThat(refusal(room, MEDIATOR, new RaiseObjection(1, "不对")))
          .isEqualTo(RefusalReason.NOT_ALLOWED);
      assertThat(refusal(room, MEDIATOR, new ConfirmReading(1)))
          .isEqualTo(RefusalReason.NOT_ALLOWED);
    }

    @Test
    void whoHasNoSeatDoesNothing() {
      assertThat(refusal(at(Phase.JOINT), NOBODY, line("k-1", "好的。")))
          .isEqualTo(RefusalReason.UNKNOWN_SEAT);
      assertThat(refusal(at(Phase.JOINT), MEDIATOR, new Write("k-1", NOBODY, "好的。", JUST_NOW)))
          .isEqualTo(RefusalReason.UNKNOWN_SEAT);
    }
  }

  @Nested
  @DisplayName("a line")
  class Lines {
    @Test
    void hasSpeakerTextAndTheMomentWhenItsWriterBegan() {
      var accepted =
          accepted(
              at(Phase.JOINT), MEDIATOR, new Write("k-1", PARTY, "欠款属实。", Duration.ofSeconds(12)));

      var line =
          new TranscriptEntry.Line(
              1, LATER, MEDIATOR, "k-1", LATER.minusSeconds(12), PARTY, "欠款属实。");
      assertThat(accepted.state().transcript().entries()).containsExactly(line);
      assertThat(accepted.events()).containsExactly(new TranscriptWritten(SPEC.id(), line));
    }

    @Test
    void wasNotSpokenBeforeTheSessionBegan() {
      var room = at(Phase.JOINT);
      var decision =
          Room.decide(
              room,
              by(MEDIATOR, new Write("k-1", null, "开始。", Duration.ofMinutes(9))),
              NOW.plusSeconds(1));

      var line =
          (TranscriptEntry.Line) ((Accepted) decision).state().transcript().entries().getFirst();
      assertThat(line.spokenAt()).isEqualTo(room.startedAt());
    }

    @Test
    void thatIsSentTwiceStandsThereOnce() {
      var room = with(line("k-1", "好的。"));

      var again = accepted(room, MEDIATOR, line("k-1", "好的。"));

      assertThat(again.state()).isEqualTo(room);
      assertThat(again.events()).isEmpty();
    }
  }

  @Nested
  @DisplayName("a correction or a strike")
  class Changes {
    @Test
    void leavesTheOldVersionInItsPlace() {
      var room = with(line("k-1", "一万元。"));
      room = after(room, MEDIATOR, correct(1, "两万元。", null));
      room = after(room, MEDIATOR, new Strike(2, "误记", null));

      assertThat(room.transcript().entries())
          .hasSize(3)
          .first()
          .isInstanceOfSatisfying(
              TranscriptEntry.Line.class, line -> assertThat(line.text()).isEqualTo("一万元。"));
    }

    @Test
    void isOfTheVersionThatCounts() {
      var room = with(line("k-1", "一万元。"));
      room = after(room, MEDIATOR, correct(1, "两万元。", null));

      assertThat(refusal(room, MEDIATOR, correct(1, "三万元。", null)))
          .isEqualTo(RefusalReason.TRANSCRIPT_CHANGED);
      assertThat(refusal(room, MEDIATOR, new Strike(1, "误记", null)))
          .isEqualTo(RefusalReason.TRANSCRIPT_CHANGED);
      assertThat(refusal(room, MEDIATOR, correct(3, "三万元。", null)))
          .isEqualTo(RefusalReason.UNKNOWN_LINE);
      assertThat(refusal(room, MEDIATOR, new Strike(0, "误记", null)))
          .isEqualTo(RefusalReason.UNKNOWN_LINE);
    }

    @Test
    void comesNotAfterAStrike() {
      var room = after(with(line("k-1", "一万元。")), MEDIATOR, new Strike(1, "误记", null));

      assertThat(refusal(room, MEDIATOR, correct(1, "两万元。", null)))
          .isEqualTo(RefusalReason.TRANSCRIPT_CHANGED);
      assertThat(refusal(room, MEDIATOR, correct(2, "两万元。", null)))
          .isEqualTo(RefusalReason.UNKNOWN_LINE);
    }
  }

  @Nested
  @DisplayName("an objection (异议)")
  class Objections {
    private final RoomState objected =
        after(with(line("k-1", "一万元。")), PARTY, new RaiseObjection(1, "是两万元。"));

    @Test
    void isAnsweredOnceByACorrectionAStrikeOrARefusal() {
      for (Transcription answer :
          List.of(correct(1, "两万元。", 2), new Strike(1, "误记", 2), new RefuseObjection(2, "经回放无误"))) {
        var answered = after(objected, MEDIATOR, answer);

        assertThat(refusal(answered, MEDIATOR, new RefuseObjection(2, "再答")))
            .isEqualTo(RefusalReason.TRANSCRIPT_CHANGED);
      }
    }

    @Test
    void isToALineThatIsThere() {
      assertThat(refusal(objected, PARTY, new RaiseObjection(2, "什么")))
          .isEqualTo(RefusalReason.UNKNOWN_LINE);
      assertThat(refusal(objected, PARTY, new RaiseObjection(9, "什么")))
          .isEqualTo(RefusalReason.UNKNOWN_LINE);
    }

    @Test
    void isNotAnsweredByAChangeOfAnotherLine() {
      var room = after(objected, MEDIATOR, line("k-2", "另一行。"));

      assertThat(refusal(room, MEDIATOR, correct(3, "别的。", 2)))
          .isEqualTo(RefusalReason.UNKNOWN_LINE);
      assertThat(refusal(room, MEDIATOR, correct(3, "别的。", 1)))
          .isEqualTo(RefusalReason.UNKNOWN_LINE);
    }

    @Test
    void toAnOlderVersionIsAnsweredByChangingTheLineAsItIs() {
      var room = after(objected, MEDIATOR, correct(1, "一万五千元。", null));
      room = after(room, MEDIATOR, correct(3, "两万元。", 2));

      assertThat(room.transcript().isAnswered(2)).isTrue();
    }
  }

  @Nested
  @DisplayName("at its reading back")
  class ReadBack {
    private final RoomState read = written(at(Phase.READBACK), line("k-1", "一万元。"));

    @Test
    void aPartyConfirmsWhatStandsThereNow() {
      var confirmed = after(read, PARTY, new ConfirmReading(1));
      assertThat(confirmed.transcript().isReadBy(PARTY)).isTrue();

      var changed = after(confirmed, MEDIATOR, correct(1, "两万元。", null));
      assertThat(changed.transcript().isReadBy(PARTY)).isFalse();
      assertThat(refusal(changed, PARTY, new ConfirmReading(1)))
          .isEqualTo(RefusalReason.TRANSCRIPT_CHANGED);
      assertThat(after(changed, PARTY, new ConfirmReading(3)).transcript().isReadBy(PARTY))
          .isTrue();
    }

    @Test
    void whoConfirmsTwiceIsWrittenDownOnce() {
      var confirmed = after(read, PARTY, new ConfirmReading(1));

      assertThat(accepted(confirmed, PARTY, new ConfirmReading(1)).events()).isEmpty();
    }

    @Test
    void notBeforeAndNothingThatIsNotThere() {
      assertThat(refusal(with(line("k-1", "一万元。")), PARTY, new ConfirmReading(1)))
          .isEqualTo(RefusalReason.WRONG_PHASE);
      assertThat(refusal(read, PARTY, new ConfirmReading(2))).isEqualTo(RefusalReason.UNKNOWN_LINE);
      assertThat(refusal(at(Phase.READBACK), PARTY, new ConfirmReading(1)))
          .isEqualTo(RefusalReason.UNKNOWN_LINE);
    }
  }

  @Nested
  @DisplayName("within its limits")
  class Limits {
    @Test
    void aLongTextIsRefused() {
      var room = limited(new TranscriptLimits(10, 3, 10));

      assertThat(refusal(room, MEDIATOR, line("k-1", "四个字了")))
          .isEqualTo(RefusalReason.TEXT_TOO_LONG);
      room = after(room, MEDIATOR, line("k-1", "三个字"));
      assertThat(refusal(room, MEDIATOR, correct(1, "好", null)))
          .as("a reason of four characters")
          .isEqualTo(RefusalReason.TEXT_TOO_LONG);
      assertThat(refusal(room, PARTY, new RaiseObjection(1, "我不同意")))
          .isEqualTo(RefusalReason.TEXT_TOO_LONG);
    }

    @Test
    void aFullTranscriptTakesNothingMore() {
      var room = after(limited(new TranscriptLimits(1, 100, 10)), MEDIATOR, line("k-1", "一"));

      assertThat(refusal(room, MEDIATOR, line("k-2", "二")))
          .isEqualTo(RefusalReason.TRANSCRIPT_FULL);
    }

    @Test
    void whoWritesTooFastWaitsForAMinuteEvenIfTheClockIsSetBack() {
      var room = limited(new TranscriptLimits(10, 100, 1));
      room = after(room, MEDIATOR, line("k-1", "一"));

      assertThat(refusal(room, MEDIATOR, line("k-2", "二"))).isEqualTo(RefusalReason.TOO_FAST);
      assertThat(Room.decide(room, by(PARTY, new RaiseObjection(1, "不")), LATER))
          .as("another seat")
          .isInstanceOf(Accepted.class);
      assertThat(Room.decide(room, by(MEDIATOR, line("k-2", "二")), LATER.plusSeconds(60)))
          .isInstanceOf(Accepted.class);
      assertThat(Room.decide(room, by(MEDIATOR, line("k-2", "二")), LATER.minusSeconds(100)))
          .isInstanceOf(Accepted.class);
    }

    private static RoomState limited(TranscriptLimits limits) {
      var spec = new RoomSpec(SPEC.id(), SPEC.caseLabel(), SPEC.seats(), limits);
      var room = at(Phase.JOINT);
      return new RoomState(
          spec,
          room.phase(),
          null,
          room.light(),
          room.startedAt(),
          room.seats(),
          null,
          null,
          List.of(),
          Transcript.EMPTY,
          0);
    }
  }

  private static Write line(String key, String text) {
    return new Write(key, PARTY, text, JUST_NOW);
  }

  private static Correct correct(int replaces, String text, @Nullable Integer objection) {
    return new Correct(replaces, PARTY, text, "补正笔录", objection);
  }

  private static Transcribe by(SeatId seat, Transcription what) {
    return new Transcribe(seat, what);
  }

  private static RoomState with(Write line) {
    return written(at(Phase.JOINT), line);
  }

  private static RoomState written(RoomState room, Write line) {
    return after(room, MEDIATOR, line);
  }

  private static RoomState after(RoomState room, SeatId seat, Transcription what) {
    return accepted(room, seat, what).state();
  }

  private static Accepted accepted(RoomState room, SeatId seat, Transcription what) {
    var decision = Room.decide(room, by(seat, what), LATER);
    assertThat(decision).as("%s", what).isInstanceOf(Accepted.class);
    return (Accepted) decision;
  }

  private static RefusalReason refusal(RoomState room, SeatId seat, Transcription what) {
    var decision = Room.decide(room, by(seat, what), LATER);
    assertThat(decision).as("%s", what).isInstanceOf(Refused.class);
    return ((Refused) decision).reason();
  }
}
