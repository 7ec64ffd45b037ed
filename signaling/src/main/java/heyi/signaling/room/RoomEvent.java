package heyi.signaling.room;

import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.SourceName;
import heyi.media.colibri2.BridgeClient;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happened in a room; the server makes the timeline and the record of it. */
public sealed interface RoomEvent {
  /** Where. */
  RoomId room();

  /** When, on the clock of the server. */
  Instant at();

  /** The room accepts people. */
  record RoomOpened(RoomId room, Instant at) implements RoomEvent {}

  /** The room is there again after its server died; everyone's connection is gone. */
  record RoomRestored(RoomId room, Instant at) implements RoomEvent {}

  /** Somebody came for the first time. */
  record SeatJoined(RoomId room, Instant at, SeatId seat) implements RoomEvent {}

  /** Somebody lost the connection; the seat is kept. */
  record SeatDropped(RoomId room, Instant at, SeatId seat) implements RoomEvent {}

  /** Somebody is back after a drop or after leaving. */
  record SeatRejoined(RoomId room, Instant at, SeatId seat) implements RoomEvent {}

  /** Somebody left by himself. */
  record SeatLeft(RoomId room, Instant at, SeatId seat) implements RoomEvent {}

  /** The same participant goes on in another page. */
  record SeatTakenOver(RoomId room, Instant at, SeatId seat) implements RoomEvent {}

  /** One purpose was agreed to. */
  record ConsentGiven(RoomId room, Instant at, SeatId seat, Consent consent) implements RoomEvent {}

  /** The session moved on; {@code reason} only when it paused. */
  record PhaseChanged(RoomId room, Instant at, Phase from, Phase to, @Nullable PauseReason reason)
      implements RoomEvent {}

  /** From now on nothing is to be kept of what is said, for this reason. */
  record RecordWithheld(RoomId room, Instant at, SeatId by, String why) implements RoomEvent {}

  /** What is said is to be kept again. */
  record RecordResumed(RoomId room, Instant at, SeatId by) implements RoomEvent {}

  /**
   * The mediator and one party talk alone from now on, in {@code room.caucus(number)}; what happens
   * there is told of that room.
   */
  record CaucusOpened(RoomId room, Instant at, SeatId by, SeatId party, int number)
      implements RoomEvent {}

  /** They are back, or their server died. */
  record CaucusEnded(RoomId room, Instant at, SeatId party, int number) implements RoomEvent {}

  /** The bridge holds back what everybody sends, because nobody leads, or does so no more. */
  record HeldBack(RoomId room, Instant at, boolean held) implements RoomEvent {}

  /** A participant's device holds back something else of his page now, or nothing any more. */
  record BackgroundChanged(RoomId room, Instant at, SeatId seat, Background background)
      implements RoomEvent {}

  /**
   * The session begins on this conference: nobody gets media before the recorder is connected to
   * it.
   */
  record RecordingRequested(RoomId room, Instant at, ConferenceId conference, BridgeClient bridge)
      implements RoomEvent {}

  /** Something of a seat was muted or unmuted. */
  record MuteChanged(RoomId room, Instant at, SeatId by, SeatId seat, MediaKind kind, boolean muted)
      implements RoomEvent {}

  /** A seat sends something from now on. */
  record SourceAdded(RoomId room, Instant at, SeatId seat, EndpointId endpoint, MediaSource source)
      implements RoomEvent {}

  /** A seat does not send it any more. */
  record SourceRemoved(RoomId room, Instant at, SeatId seat, SourceName source)
      implements RoomEvent {}

  /** A document was laid on the table. */
  record AgreementPresented(RoomId room, Instant at, Agreement agreement) implements RoomEvent {}

  /** A participant confirmed it. */
  record AgreementConfirmed(RoomId room, Instant at, SeatId seat, Agreement agreement)
      implements RoomEvent {}

  /** A participant did not confirm it. */
  record AgreementDeclined(RoomId room, Instant at, SeatId seat, Agreement agreement, String reason)
      implements RoomEvent {}

  /** The transcript has one more entry. */
  record TranscriptWritten(RoomId room, TranscriptEntry entry) implements RoomEvent {
    @Override
    public Instant at() {
      return entry.at();
    }
  }

  /** The session is over; its conference ends with it. */
  record RoomClosed(RoomId room, Instant at) implements RoomEvent {}
}
