package heyi.signaling.negotiation;

import heyi.media.EndpointId;
import heyi.media.MediaSource;
import heyi.media.SourceName;
import heyi.media.pool.Placement;
import heyi.signaling.room.SeatId;
import org.jspecify.annotations.Nullable;

/**
 * What the room must know of its media.
 *
 * <p><b>Threads:</b> called on the room's context.
 */
public interface RoomMediaListener {
  /**
   * An offer for the participant of a seat.
   *
   * @param fresh whether it needs a new peer connection
   */
  void offer(SeatId seat, String offerId, String sdp, boolean fresh);

  /** The seat's media is on this endpoint from now on, or on none. */
  void attached(SeatId seat, @Nullable EndpointId endpoint);

  /** The seat sends this from now on. */
  void sourceAdded(SeatId seat, EndpointId endpoint, MediaSource source);

  /** The seat does not send it any more. */
  void sourceRemoved(SeatId seat, SourceName source);

  /** This seat speaks from now on. */
  void dominantSpeaker(SeatId seat);

  /** So much of the seat's own video is wanted; 0 lines when nobody looks. */
  void senderConstraint(SeatId seat, SourceName source, int maxHeight);

  /** The bridge refused this seat an endpoint. */
  void declined(SeatId seat, String reason);

  /** The bridge does not take this seat now; attach it again later. */
  void unavailable(SeatId seat, String reason);

  /** The bridge lost the whole conference, or is lost itself: begin another one. */
  void lost(Placement.Reason why, String reason);
}
