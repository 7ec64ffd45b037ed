package heyi.signaling.wire;

import heyi.media.MediaKind;
import heyi.media.colibri2.VideoConstraints;
import heyi.signaling.quality.QualityReport;
import heyi.signaling.room.Background;
import heyi.signaling.room.Consent;
import heyi.signaling.room.PauseReason;
import heyi.signaling.room.Phase;
import heyi.signaling.room.RoomId;
import heyi.signaling.room.SeatId;
import heyi.signaling.room.Transcription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client may say. */
public sealed interface ClientMessage {
  /** The client's id for it, echoed in errors. */
  @Nullable String id();

  /**
   * Must be the first.
   *
   * @param resume the same page still holds its peer connection
   * @param lastSeq the number of the last message that the page has seen; null when it is new
   */
  record Join(
      @Nullable String id,
      String seatToken,
      boolean resume,
      @Nullable Integer lastSeq,
      List<Consent> consents)
      implements ClientMessage {
    /** Copies the consents. */
    public Join {
      consents = List.copyOf(consents);
    }

    @Override
    public String toString() {
      return "Join[seatToken=[REDACTED], resume=" + resume + "]";
    }
  }

  /** Answers an offer. */
  record Answer(@Nullable String id, String offerId, String sdp) implements ClientMessage {}

  /** Mutes or unmutes the sender himself. */
  record Mute(@Nullable String id, MediaKind kind, boolean muted) implements ClientMessage {}

  /** The mediator mutes somebody. */
  record MuteSeat(@Nullable String id, SeatId seat, MediaKind kind) implements ClientMessage {}

  /** The mediator leads on. */
  record Advance(@Nullable String id, Phase to, @Nullable PauseReason reason)
      implements ClientMessage {}

  /** The mediator takes the talk off the record. */
  record OffRecord(@Nullable String id, String why) implements ClientMessage {}

  /** The mediator asks a party to a private talk. */
  record OpenCaucus(@Nullable String id, SeatId party) implements ClientMessage {}

  /** The mediator ends the private talk. */
  record EndCaucus(@Nullable String id) implements ClientMessage {}

  /** What the device holds back of the page, complete. */
  record BackgroundNow(@Nullable String id, Background background) implements ClientMessage {}

  /** Confirms exactly this document. */
  record ConfirmAgreement(@Nullable String id, String documentId, String sha256)
      implements ClientMessage {}

  /** Does not confirm it. */
  record DeclineAgreement(@Nullable String id, String documentId, String reason)
      implements ClientMessage {}

  /** A camera or microphone was added later: a new offer is wanted. */
  record Renegotiate(@Nullable String id) implements ClientMessage {}

  /** What the page measured. */
  record Quality(@Nullable String id, QualityReport report) implements ClientMessage {}

  /** The client's peer connection failed: a new one is wanted. */
  record MediaFailed(@Nullable String id, String reason) implements ClientMessage {}

  /** What is on the screen, complete. */
  record Viewing(@Nullable String id, VideoConstraints wish) implements ClientMessage {}

  /**
   * Writes into the transcript, or says something about it.
   *
   * @param room whose transcript it is: on its way the sender may have been led to another room
   */
  record Transcribe(@Nullable String id, @Nullable RoomId room, Transcription what)
      implements ClientMessage {}

  /** What of the transcript follows this entry? 0 asks for all of it. */
  record TranscriptSince(@Nullable String id, int after) implements ClientMessage {}

  /** Goes. */
  record Leave(@Nullable String id) implements ClientMessage {}

  /** Is there anybody? */
  record Ping(@Nullable String id) implements ClientMessage {}
}
