package heyi.server.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.MediaKind;
import heyi.signaling.room.Agreement;
import heyi.signaling.room.Consent;
import heyi.signaling.room.Decision;
import heyi.signaling.room.Pause;
import heyi.signaling.room.PauseReason;
import heyi.signaling.room.Phase;
import heyi.signaling.room.Presence;
import heyi.signaling.room.Role;
import heyi.signaling.room.Room;
import heyi.signaling.room.RoomCommand;
import heyi.signaling.room.RoomEvent;
import heyi.signaling.room.RoomId;
import heyi.signaling.room.RoomSpec;
import heyi.signaling.room.RoomState;
import heyi.signaling.room.SeatId;
import heyi.signaling.room.SeatSpec;
import heyi.signaling.room.Transcription;
import heyi.signaling.socket.RestoredRoom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The room decides, the record is read back, and both must say the same. */
@DisplayName("R26: a room comes back from its record as it was")
class RoomMemoryTest {
  private static final Instant AT = Instant.parse("2026-11-21T02:00:00Z");
  private static final SeatId MEDIATOR = new SeatId("mediator");
  private static final SeatId PARTY = new SeatId("party-1");
  private static final SeatId OTHER = new SeatId("party-2");
  private static final Agreement PAPER = new Agreement("doc-1", "a".repeat(64), "调解协议");
  private static final RoomSpec SPEC =
      new RoomSpec(
          new RoomId("session-1"),
          "case",
          List.of(
              new SeatSpec(MEDIATOR, Role.MEDIATOR, "林调解", "mediator"),
              new SeatSpec(PARTY, Role.PARTY, "陈示例", "party-1"),
              new SeatSpec(OTHER, Role.PARTY, "王示例", "party-2")));

  private RoomState state = RoomState.opened(SPEC);
  private final List<TimelineEvent> record = new ArrayList<>();

  @Test
  void everythingThatWasDecidedIsThereAgain() {
    everyoneTalks();
    decide(new RoomCommand.Mute(PARTY, PARTY, MediaKind.VIDEO, true));
    decide(new RoomCommand.Mute(MEDIATOR, PARTY, MediaKind.AUDIO, true));
    decide(new RoomCommand.Drop(OTHER));
    decide(new RoomCommand.PresentAgreement(PAPER));
    decide(new RoomCommand.Advance(MEDIATOR, Phase.READBACK, null));
    decide(new RoomCommand.Advance(MEDIATOR, Phase.SIGNING, null));
    decide(new RoomCommand.ConfirmAgreement(PARTY, PAPER.documentId(), PAPER.sha256()));
    decide(new RoomCommand.DeclineAgreement(MEDIATOR, PAPER.documentId(), "too long"));

    transcribe(MEDIATOR, new Transcription.Write("k-1", PARTY, "一万元。", Duration.ofSeconds(3)));
    transcribe(MEDIATOR, new Transcription.Write("k-2", null, "休息。", Duration.ZERO));
    transcribe(PARTY, new Transcription.RaiseObjection(1, "两万元。"));
    transcribe(MEDIATOR, new Transcription.Correct(1, PARTY, "两万元。", "补正", 3));
    transcribe(MEDIATOR, new Transcription.Correct(4, null, "二万元。", "补正", null));
    transcribe(MEDIATOR, new Transcription.Strike(2, "误记", null));
    transcribe(OTHER, new Transcription.RaiseObjection(5, "不对。"));
    transcribe(MEDIATOR, new Transcription.RefuseObjection(7, "经回放无误"));
    transcribe(PARTY, new Transcription.ConfirmReading(6));

    RoomState restored = restored().state();

    assertThat(restored.transcript().entries()).hasSize(9);
    assertThat(restored.transcript()).isEqualTo(state.transcript());
    assertThat(restored.seats()).isEqualTo(state.seats());
    assertThat(restored.phase()).isEqualTo(Phase.SIGNING);
    assertThat(restored.agreement()).isEqualTo(PAPER);
    assertThat(restored.startedAt()).isEqualTo(AT);
  }

  @Test
  void aPauseRemembersWhyAndWhereItGoesOn() {
    everyoneTalks();
    decide(new RoomCommand.Advance(MEDIATOR, Phase.PAUSED, PauseReason.OBJECTION));

    RoomState restored = restored().state();

    assertThat(restored.phase()).isEqualTo(Phase.PAUSED);
    assertThat(restored.pause()).isEqualTo(new Pause(PauseReason.OBJECTION, Phase.JOINT));
  }

  @Test
  void aCaucusThatAKilledServerLeftIsKnownWithItsNumber() {
    everyoneTalks();
    decide(new RoomCommand.OpenCaucus(MEDIATOR, PARTY));
    decide(new RoomCommand.TakeBack(List.of()));
    decide(new RoomCommand.RecorderReceiving());
    decide(new RoomCommand.OpenCaucus(MEDIATOR, OTHER));

    RoomState restored = restored().state();

    assertThat(restored.pause()).isEqualTo(Pause.caucus(Phase.JOINT, OTHER));
    assertThat(restored.caucuses()).isEqualTo(2);
    assertThat(restored.seats()).isEqualTo(state.seats());
  }

  @Test
  void aCaucusThatWasNotOpenedYetWhenTheServerDiedHoldsNobodyUp() {
    everyoneTalks();
    decide(new RoomCommand.OpenCaucus(MEDIATOR, PARTY));
    assertThat(record.removeLast().type()).isEqualTo("caucus-opened");

    RoomState restored = restored().state();

    assertThat(restored.pause()).isEqualTo(new Pause(PauseReason.RECORDER, Phase.JOINT));
    assertThat(restored.caucuses()).isZero();
  }

  @Test
  void anAgreementWhoseDocumentIsGoneIsNotOnTheTable() {
    everyoneTalks();
    decide(new RoomCommand.PresentAgreement(PAPER));

    assertThat(RoomMemory.restore(SPEC, record, RoomMemoryTest::none).state().agreement()).isNull();
  }

  @Test
  void eachRestartIsCounted() {
    assertThat(restored().restarts()).isOne();
    record.add(RoomTimeline.of(new RoomEvent.RoomRestored(SPEC.id(), AT)));
    assertThat(restored().restarts()).isEqualTo(2);
  }

  @Test
  void theLedgerTellsTheSameAsTheDatabase() {
    everyoneTalks();
    transcribe(MEDIATOR, new Transcription.Write("k-1", PARTY, "一万元。", Duration.ZERO));

    List<TimelineEvent> fromLedger =
        record.stream()
            .map(event -> TimelineEvent.ofLedger(event.type(), event.forLedger()))
            .map(Objects::requireNonNull)
            .toList();

    assertThat(fromLedger).isEqualTo(record);
  }

  private void everyoneTalks() {
    List<Consent> consents =
        List.of(
            new Consent(Consent.Purpose.RECORDING, "1", true),
            new Consent(Consent.Purpose.ONLINE, "1", true));
    decide(new RoomCommand.Join(MEDIATOR, List.of()));
    decide(new RoomCommand.Join(PARTY, consents));
    decide(new RoomCommand.Join(OTHER, consents));
    decide(new RoomCommand.Leave(OTHER));
    decide(new RoomCommand.Join(OTHER, List.of()));
    decide(new RoomCommand.Advance(MEDIATOR, Phase.OPENING, null));
    decide(new RoomCommand.RecorderReceiving());
    decide(new RoomCommand.Advance(MEDIATOR, Phase.JOINT, null));
    assertThat(state.seat(OTHER).orElseThrow().presence()).isEqualTo(Presence.SEATED);
  }

  private void transcribe(SeatId seat, Transcription what) {
    decide(new RoomCommand.Transcribe(seat, what));
  }

  private void decide(RoomCommand command) {
    Decision decision = Room.decide(state, command, AT);
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    Decision.Accepted accepted = (Decision.Accepted) decision;
    state = accepted.state();
    accepted.events().forEach(event -> record.add(RoomTimeline.of(event)));
  }

  private RestoredRoom restored() {
    return RoomMemory.restore(
        SPEC, record, id -> id.equals(PAPER.documentId()) ? PAPER.title() : null);
  }

  private static @Nullable String none(String documentId) {
    return null;
  }
}
