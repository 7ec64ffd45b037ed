package heyi.signaling.negotiation;

import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.MediaSource;
import heyi.media.colibri2.AllocationOutcome;
import heyi.media.colibri2.AllocationOutcome.Allocated;
import heyi.media.colibri2.BridgeChannel;
import heyi.media.colibri2.BridgeClient;
import heyi.media.colibri2.ForceMute;
import heyi.media.colibri2.UpdateOutcome;
import heyi.media.sdp.RemoteSource;
import heyi.media.sdp.SdpAnswer;
import heyi.media.sdp.SdpException;
import heyi.media.sdp.SdpOfferer;
import heyi.signaling.room.SeatId;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The media of one room: one conference on one bridge, one endpoint a seat. The server always
 * offers and the participant answers at once; a new endpoint always means a new peer connection.
 *
 * <p><b>Threads:</b> one context, the room's; bridge calls complete on it.
 */
public final class RoomMedia {
  private static final Logger LOG = LoggerFactory.getLogger(RoomMedia.class);

  private final Vertx vertx;
  private final BridgeClient bridge;
  private final ConferenceId conference;
  private final RoomMediaListener listener;
  private final Map<SeatId, SeatMedia> seats = new HashMap<>();
  private final Map<SeatId, Integer> generations = new HashMap<>();
  private final Set<SeatId> attaching = new HashSet<>();
  private boolean closed;

  /** Makes the media of a room; nothing is asked of the bridge yet. */
  public RoomMedia(
      Vertx vertx, BridgeClient bridge, ConferenceId conference, RoomMediaListener listener) {
    this.vertx = vertx;
    this.bridge = bridge;
    this.conference = conference;
    this.listener = listener;
  }

  /** Whether the seat has an endpoint, or is getting one. */
  public boolean holds(SeatId seat) {
    return seats.containsKey(seat) || attaching.contains(seat);
  }

  /** Gives the seat a new endpoint, in place of the one that it may have. */
  public void attach(SeatId seat) {
    detach(seat);
    var generation = generations.merge(seat, 1, Integer::sum);
    var endpoint = new EndpointId(seat + "-" + generation);
    attaching.add(seat);
    bridge
        .allocate(conference, endpoint)
        .onSuccess(outcome -> allocated(seat, endpoint, generation, outcome));
  }

  /** Takes the seat's endpoint away. */
  public void detach(SeatId seat) {
    attaching.remove(seat);
    var media = seats.remove(seat);
    if (media == null) {
      return;
    }
    media.end();
    bridge.expireEndpoint(conference, media.endpoint());
    media.sources().forEach(source -> listener.sourceRemoved(seat, source.name()));
    listener.attached(seat, null);
    offerAllBut(seat);
  }

  /** Makes a new offer for the seat, because its participant added a device. */
  public void renegotiate(SeatId seat) {
    offer(seat);
  }

  /** Sends the open offer again, when there is one: the page may not have got it. */
  public void repeatOffer(SeatId seat) {
    var media = seats.get(seat);
    if (media == null) {
      return;
    }
    var id = media.openOffer();
    var sdp = media.openSdp();
    if (id != null && sdp != null) {
      listener.offer(seat, id, sdp, media.isFirstOffer());
    }
  }

  /** Uses the participant's answer. */
  public AnswerOutcome answer(SeatId seat, String offerId, String sdp) {
    var media = seats.get(seat);
    if (media == null || !offerId.equals(media.openOffer())) {
      return new AnswerOutcome.Stale();
    }
    try {
      use(seat, media, SdpAnswer.parse(sdp, media.endpoint()));
      return new AnswerOutcome.Used();
    } catch (SdpException e) {
      return new AnswerOutcome.Unusable(String.valueOf(e.getMessage()));
    }
  }

  /** Lets nothing of the named kinds leave the seat, whatever its page does. */
  public void forceMute(SeatId seat, ForceMute mute) {
    var media = seats.get(seat);
    if (media != null) {
      bridge.forceMute(conference, media.endpoint(), mute);
    }
  }

  /** Ends the conference. */
  public void close() {
    closed = true;
    for (SeatId seat : List.copyOf(seats.keySet())) {
      var media = seats.remove(seat);
      if (media != null) {
        media.end();
        media.sources().forEach(source -> listener.sourceRemoved(seat, source.name()));
        listener.attached(seat, null);
      }
    }
    bridge.expireConference(conference);
  }

  private void allocated(
      SeatId seat, EndpointId endpoint, int generation, AllocationOutcome outcome) {
    if (closed || !Integer.valueOf(generation).equals(generations.get(seat))) {
      return;
    }
    if (!attaching.remove(seat)) {
      bridge.expireEndpoint(conference, endpoint);
      return;
    }
    switch (outcome) {
      case Allocated allocated -> {
        var media = new SeatMedia(endpoint, allocated, new SdpOfferer(sessionId()));
        seats.put(seat, media);
        openChannel(media, allocated);
        listener.attached(seat, endpoint);
        offer(seat);
      }
      case AllocationOutcome.Declined(var ignored, String reason) ->
          listener.unavailable(seat, reason);
      case AllocationOutcome.Unreachable ignored ->
          listener.unavailable(seat, "the bridge does not answer");
    }
  }

  /** Any number that is new for each peer connection (RFC 8866 §5.2). */
  private static long sessionId() {
    return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
  }

  /** Jitsi Videobridge sends video only to those who say over its channel how much they want. */
  private void openChannel(SeatMedia media, Allocated allocated) {
    BridgeChannel.open(vertx, allocated.transport(), ended -> LOG.debug("channel {}", ended))
        .onSuccess(media::keep)
        .onFailure(failure -> LOG.warn("no bridge channel: {}", failure.toString()));
  }

  private void use(SeatId seat, SeatMedia media, SdpAnswer answer) {
    var before = media.sources();
    var now = answer.sources();
    var same = before.equals(now);
    if (!media.isConnected() || !same) {
      var transport = media.isConnected() ? null : answer.transport();
      bridge
          .update(conference, media.endpoint(), transport, now)
          .onSuccess(outcome -> updated(seat, media, outcome));
    }
    var due = media.answered(now);
    tellDifference(seat, media, before, now);
    if (!same) {
      offerAllBut(seat);
    }
    if (due) {
      offer(seat);
    }
  }

  private void updated(SeatId seat, SeatMedia media, UpdateOutcome outcome) {
    if (closed || seats.get(seat) != media || outcome instanceof UpdateOutcome.Updated) {
      return;
    }
    listener.unavailable(seat, "the bridge did not take the participant's media");
  }

  private void tellDifference(
      SeatId seat, SeatMedia media, List<MediaSource> before, List<MediaSource> now) {
    for (MediaSource source : before) {
      if (!now.contains(source)) {
        listener.sourceRemoved(seat, source.name());
      }
    }
    for (MediaSource source : now) {
      if (!before.contains(source)) {
        listener.sourceAdded(seat, media.endpoint(), source);
      }
    }
  }

  private void offerAllBut(SeatId seat) {
    for (SeatId other : List.copyOf(seats.keySet())) {
      if (!other.equals(seat)) {
        offer(other);
      }
    }
  }

  private void offer(SeatId seat) {
    var media = seats.get(seat);
    if (media == null || closed) {
      return;
    }
    var sdp = media.open(remoteSources(seat));
    var id = media.openOffer();
    if (sdp != null && id != null) {
      listener.offer(seat, id, sdp, media.isFirstOffer());
    }
  }

  private List<RemoteSource> remoteSources(SeatId receiver) {
    var remote = new ArrayList<RemoteSource>();
    seats.forEach(
        (seat, media) -> {
          if (!seat.equals(receiver)) {
            media.sources().forEach(s -> remote.add(new RemoteSource(media.endpoint(), s)));
          }
        });
    return remote;
  }
}
