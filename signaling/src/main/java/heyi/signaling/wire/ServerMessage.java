package heyi.signaling.wire;

import heyi.media.MediaKind;
import heyi.media.SourceName;
import heyi.signaling.quality.QualityLevel;
import heyi.signaling.room.HeardSource;
import heyi.signaling.room.RoomState;
import heyi.signaling.room.SeatId;
import heyi.signaling.room.SeatSpec;
import heyi.signaling.room.TranscriptEntry;
import heyi.signaling.turn.IceServers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a room says. Every message gets a sequence number of its seat when it is sent. */
public sealed interface ServerMessage {
  /** The answer to a join. */
  record Welcome(SeatSpec self, RoomState state, Instant serverTime) implements ServerMessage {}

  /** The whole room, after each change. */
  record State(RoomState state) implements ServerMessage {}

  /**
   * An offer to answer at once.
   *
   * @param fresh whether it needs a new peer connection
   * @param ice what a new peer connection is made with; {@link IceServers#NONE} for an open one
   */
  record Offer(String offerId, String sdp, boolean fresh, IceServers ice)
      implements ServerMessage {}

  /** The mediator muted the receiver. */
  record MutedByMediator(MediaKind kind) implements ServerMessage {}

  /** Who speaks from now on. */
  record DominantSpeaker(SeatId seat) implements ServerMessage {}

  /**
   * How much of the receiver's own video is wanted.
   *
   * @param maxHeight lines of the picture; 0 when nobody looks
   */
  record SenderConstraint(SourceName source, int maxHeight) implements ServerMessage {}

  /** Another page of the same participant goes on; the connection is closed after this. */
  record TakenOver() implements ServerMessage {}

  /** How somebody's network fares: told to himself and to the mediator. */
  record Quality(
      SeatId seat, QualityLevel level, @Nullable Integer rttMillis, @Nullable Integer lossPermille)
      implements ServerMessage {}

  /** What the recorder receives: told to the mediator. */
  record Recording(List<HeardSource> sources) implements ServerMessage {
    /** Copies the list. */
    public Recording {
      sources = List.copyOf(sources);
    }
  }

  /**
   * Consecutive entries of the transcript.
   *
   * @param size how many it has by now; who has fewer asks for the rest
   */
  record Transcript(List<TranscriptEntry> entries, int size) implements ServerMessage {
    /** Copies the list. */
    public Transcript {
      entries = List.copyOf(entries);
    }
  }

  /** The answer to a ping. */
  record Pong() implements ServerMessage {}

  /**
   * Something was refused and changed nothing.
   *
   * @param message one English sentence for developers; clients show their own by code
   */
  record Failure(
      ErrorCode code,
      String message,
      @Nullable String replyTo,
      String correlationId,
      @Nullable Duration retryAfter)
      implements ServerMessage {}
}
