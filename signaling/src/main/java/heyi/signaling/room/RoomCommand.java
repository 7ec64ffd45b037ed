package heyi.signaling.room;

import heyi.media.EndpointId;
import heyi.media.MediaKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody or something wants of a room. */
public sealed interface RoomCommand {
  /** Takes the seat; a second time from another page takes it over. */
  record Join(SeatId seat, List<Consent> consents) implements RoomCommand {
    /** Copies the consents. */
    public Join {
      consents = List.copyOf(consents);
    }
  }

  /** The connection is lost. */
  record Drop(SeatId seat) implements RoomCommand {}

  /** The participant leaves by himself. */
  record Leave(SeatId seat) implements RoomCommand {}

  /** Who dropped or left has not come back within a moment. */
  record Miss(SeatId seat) implements RoomCommand {}

  /** {@code by} mutes or unmutes {@code seat}; unmuting somebody else is not allowed. */
  record Mute(SeatId by, SeatId seat, MediaKind kind, boolean muted) implements RoomCommand {}

  /** The mediator leads on. */
  record Advance(SeatId by, Phase to, @Nullable PauseReason reason) implements RoomCommand {}

  /** The mediator takes the talk off the record, and says why. */
  record WithholdRecord(SeatId by, String why) implements RoomCommand {}

  /** The mediator asks a party to a private talk. */
  record OpenCaucus(SeatId by, SeatId party) implements RoomCommand {}

  /** The mediator ends the private talk; said in its own room. */
  record EndCaucus(SeatId by) implements RoomCommand {}

  /** The private talk is over; its two are back as they were last seen there. */
  record TakeBack(List<Seat> seats) implements RoomCommand {
    /** Copies the list. */
    public TakeBack {
      seats = List.copyOf(seats);
    }
  }

  /** What the participant's device holds back of his page. */
  record TellBackground(SeatId seat, Background background) implements RoomCommand {}

  /** The seat's media is on this endpoint from now on, or on none. */
  record Attach(SeatId seat, @Nullable EndpointId endpoint) implements RoomCommand {}

  /** The recorder is connected to the conference. */
  record RecorderReady() implements RoomCommand {}

  /** The recorder receives packets. */
  record RecorderReceiving() implements RoomCommand {}

  /** The recorder keeps nothing any more. */
  record RecorderRests() implements RoomCommand {}

  /** The recorder is lost. */
  record RecorderFailed() implements RoomCommand {}

  /** What the recorder receives, of all that is published. */
  record Receive(List<HeardSource> sources) implements RoomCommand {
    /** Copies the list. */
    public Receive {
      sources = List.copyOf(sources);
    }
  }

  /** A document lies on the table; a new one voids all confirmations. */
  record PresentAgreement(Agreement agreement) implements RoomCommand {}

  /** The participant confirms exactly this document. */
  record ConfirmAgreement(SeatId seat, String documentId, String sha256) implements RoomCommand {}

  /** The participant does not confirm it. */
  record DeclineAgreement(SeatId seat, String documentId, String reason) implements RoomCommand {}

  /** Something is written into the transcript, or said about it. */
  record Transcribe(SeatId seat, Transcription what) implements RoomCommand {}

  /** The evidence is complete. */
  record Seal(String rootHash) implements RoomCommand {}
}
