package heyi.signaling.negotiation;

import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.MediaSource;
import heyi.media.SourceName;
import heyi.media.colibri2.AllocationOutcome;
import heyi.media.colibri2.AllocationOutcome.Allocated;
import heyi.media.colibri2.BridgeClient;
import heyi.media.colibri2.ForceMute;
import heyi.media.colibri2.UpdateOutcome;
import heyi.media.colibri2.VideoConstraints;
import heyi.media.pool.Placement;
import heyi.media.sdp.RemoteSource;
import heyi.media.sdp.SdpAnswer;
import heyi.media.sdp.SdpException;
import heyi.media.sdp.SdpOfferer;
import heyi.signaling.room.SeatId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The media of one room: one conference on one bridge, one endpoint a seat. The server always
 * offers and the participant answers at once; a new endpoint always means a new peer connection.
 *
 * <p><b>Threads:</b> one context, the room's, on which it is made; bridge calls complete on it.
 */
public final class RoomMedia {
  private static final Logger LOG = LoggerFactory.getLogger(RoomMedia.class);

  private final Vertx vertx;
  private final Context context;
  private final BridgeClient bridge;
  private final ConferenceId conference;
  private final RoomMediaListener listener;
  private final Map<SeatId, SeatMedia> seats = new HashMap<>();
  private final Map<SeatId, EndpointId> attaching = new HashMap<>();
  private @Nullable SeatId speaker;
  private boolean closed;

  /** Makes the media of a room; nothing is asked of the bridge yet. */
  public RoomMedia(
      Vertx vertx, BridgeClient bridge, ConferenceId conference, RoomMediaListener listener) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.bridge = bridge;
    this.conference = conference;
    this.listener = listener;
  }

  /** Whether the seat has an endpoint, or is getting one. */
  public boolean holds(SeatId seat) {
    return seats.containsKey(seat) || isAttaching(seat);
  }

  /** Whether nobody has an endpoint. */
  public boolean isEmpty() {
    return seats.isEmpty();
  }

  /** Whether the seat is getting an endpoint. */
  public boolean isAttaching(SeatId seat) {
    return attaching.containsKey(seat);
  }

  /**
   * Gives the seat a new endpoint, in place of the one that it may have.
   *
   * @param endpoint a name never used before in the room, so that pages do not mix up streams
   */
  public void attach(SeatId seat, EndpointId endpoint) {
    detach(seat);
    attaching.put(seat, endpoint);
    bridge
        .allocate(conference, endpoint)
        .onSuccess(outcome -> allocated(seat, endpoint, outcome))
        .onFailure(failure -> notAllocated(seat, endpoint, failure.toString()));
  }

  /** Takes the seat's endpoint away; fails when it is not known whether the bridge did. */
  public Future<Void> detach(SeatId seat) {
    attaching.remove(seat);
    var media = seats.remove(seat);
    if (media == null) {
      return Future.succeededFuture();
    }
    media.end();
    var expired = expire(media.endpoint());
    media.sources().forEach(source -> listener.sourceRemoved(seat, source.name()));
    listener.attached(seat, null);
    offerAllBut(seat);
    return expired;
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
      var answer = SdpAnswer.parse(sdp, media.endpoint());
      if (sendsAsAnother(seat, answer.sources())) {
        return new AnswerOutcome.Unusable("an ssrc belongs to another participant");
      }
      use(seat, media, answer);
      return new AnswerOutcome.Used();
    } catch (SdpException e) {
      return new AnswerOutcome.Unusable(String.valueOf(e.getMessage()));
    }
  }

  /** Says what the seat's participant wants to see; false when there is nothing to see. */
  public boolean view(SeatId seat, VideoConstraints wish) {
    var media = seats.get(seat);
    if (media == null) {
      return false;
    }
    media.channel().wish(wish);
    return true;
  }

  /** Lets nothing of the named kinds leave the seat, whatever its page does. */
  public void forceMute(SeatId seat, ForceMute mute) {
    var media = seats.get(seat);
    if (media == null || !media.remember(mute)) {
      return;
    }
    bridge
        .forceMute(conference, media.endpoint(), mute)
        .onFailure(
            failure -> {
              LOG.warn("not muted endpoint={}: {}", media.endpoint(), failure.toString());
              if (!closed && media.equals(seats.get(seat))) {
                listener.unavailable(seat, "the bridge did not mute");
              }
            });
  }

  /**
   * Everybody's endpoint ends; the conference stays until {@link #close}, for who else is in it.
   */
  public void release() {
    seats.values().forEach(media -> expire(media.endpoint()));
    forgetSeats();
  }

  private void forgetSeats() {
    closed = true;
    attaching.clear();
    for (SeatId seat : List.copyOf(seats.keySet())) {
      var media = seats.remove(seat);
      if (media != null) {
        media.end();
        media.sources().forEach(source -> listener.sourceRemoved(seat, source.name()));
        listener.attached(seat, null);
      }
    }
  }

  /** Ends the conference. */
  public void close() {
    forgetSeats();
    bridge
        .expireConference(conference)
        .onFailure(failure -> LOG.warn("{} not expired: {}", conference, failure.toString()));
  }

  private void allocated(SeatId seat, EndpointId endpoint, AllocationOutcome outcome) {
    if (closed || !attaching.remove(seat, endpoint)) {
      if (!closed && outcome instanceof Allocated) {
        expire(endpoint);
      }
      return;
    }
    switch (outcome) {
      case Allocated allocated -> {
        var channel =
            new SeatChannel(vertx, context, bridge, allocated.transport(), new ChannelEars(seat));
        seats.put(seat, new SeatMedia(endpoint, allocated, new SdpOfferer(sessionId()), channel));
        channel.open();
        listener.attached(seat, endpoint);
        offer(seat);
      }
      case AllocationOutcome.Declined(var ignored, String reason) ->
          listener.declined(seat, reason);
      case AllocationOutcome.Unreachable ignored -> bridgeFailed();
    }
  }

  private void notAllocated(SeatId seat, EndpointId endpoint, String reason) {
    if (!closed && attaching.remove(seat, endpoint)) {
      listener.unavailable(seat, reason);
    }
  }

  private Future<Void> expire(EndpointId endpoint) {
    return bridge
        .expireEndpoint(conference, endpoint)
        .onFailure(failure -> LOG.warn("{} not expired: {}", endpoint, failure.toString()));
  }

  /** Any number that is new for each peer connection (RFC 8866 §5.2). */
  private static long sessionId() {
    return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
  }

  private void bridgeFailed() {
    if (!closed) {
      listener.lost(Placement.Reason.FAILED, "the bridge does not answer");
    }
  }

  /** What one endpoint's channel says. */
  private final class ChannelEars implements SeatChannel.Listener {
    private final SeatId seat;

    ChannelEars(SeatId seat) {
      this.seat = seat;
    }

    @Override
    public void dominantSpeaker(EndpointId endpoint) {
      spoke(endpoint);
    }

    @Override
    public void senderConstraint(SourceName source, int maxHeight) {
      listener.senderConstraint(seat, source, maxHeight);
    }

    @Override
    public void bridgeFailed() {
      RoomMedia.this.bridgeFailed();
    }

    @Override
    public void endpointGone() {
      RoomMedia.this.endpointGone(seat);
    }
  }

  /** Each channel says it; the room is told once. */
  private void spoke(EndpointId endpoint) {
    seats.forEach(
        (seat, media) -> {
          if (media.endpoint().equals(endpoint) && !seat.equals(speaker)) {
            speaker = seat;
            listener.dominantSpeaker(seat);
          }
        });
  }

  private void use(SeatId seat, SeatMedia media, SdpAnswer answer) {
    var before = media.sources();
    var now = answer.sources();
    var same = before.equals(now);
    if (!media.isConnected() || !same) {
      var transport = media.isConnected() ? null : answer.transport();
      bridge
          .update(conference, media.endpoint(), transport, now)
          .onSuccess(outcome -> updated(seat, media, outcome))
          .onFailure(failure -> notUpdated(seat, media, failure.toString()));
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
    switch (outcome) {
      case UpdateOutcome.Updated ignored -> {}
      case UpdateOutcome.Declined(var ignored, String reason) -> notUpdated(seat, media, reason);
      case UpdateOutcome.Unreachable ignored -> bridgeFailed();
      case UpdateOutcome.ConferenceGone ignored -> {
        if (!closed && media.equals(seats.get(seat))) {
          listener.lost(Placement.Reason.MOVED, "the bridge does not know the conference any more");
        }
      }
    }
  }

  /** The endpoint alone, or the whole conference: an empty change tells. */
  private void endpointGone(SeatId seat) {
    var media = seats.get(seat);
    if (closed || media == null) {
      return;
    }
    bridge
        .update(conference, media.endpoint(), null, null)
        .onSuccess(
            outcome -> {
              if (outcome instanceof UpdateOutcome.Updated) {
                media.channel().open();
              } else {
                updated(seat, media, outcome);
              }
            })
        .onFailure(failure -> notUpdated(seat, media, failure.toString()));
  }

  private void notUpdated(SeatId seat, SeatMedia media, String reason) {
    if (!closed && media.equals(seats.get(seat))) {
      listener.unavailable(seat, reason);
    }
  }

  /** Packets are told apart by their SSRC alone, so nobody may claim one that is in use. */
  private boolean sendsAsAnother(SeatId sender, List<MediaSource> sources) {
    var taken =
        others(sender)
            .flatMap(media -> media.sources().stream())
            .flatMap(source -> source.ssrcs().stream())
            .collect(Collectors.toSet());
    return sources.stream().flatMap(source -> source.ssrcs().stream()).anyMatch(taken::contains);
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
    return others(receiver)
        .flatMap(
            media -> media.sources().stream().map(one -> new RemoteSource(media.endpoint(), one)))
        .toList();
  }

  private Stream<SeatMedia> others(SeatId seat) {
    return seats.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(seat))
        .map(Map.Entry::getValue);
  }
}
