package heyi.media.bot;

import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.MediaSource;
import heyi.media.bot.BotOptions.Role;
import heyi.media.colibri2.AllocationOutcome.Allocated;
import heyi.media.colibri2.BridgeChannel;
import heyi.media.colibri2.BridgeClient;
import heyi.media.colibri2.UpdateOutcome;
import heyi.media.colibri2.VideoConstraints;
import heyi.media.ice.IceCandidate;
import heyi.media.sdp.RemoteSource;
import heyi.media.sdp.SdpAnswer;
import heyi.media.sdp.SdpException;
import heyi.media.sdp.SdpOfferer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Bots in one conference of a bridge, with offers and answers but without a room: what signalling
 * does, in its smallest form, to measure and test bridges alone.
 *
 * <p><b>Threads:</b> one call at a time; await its future before the next.
 */
public final class BotConference {
  private final Vertx vertx;
  private final BridgeClient bridge;
  private final ConferenceId id;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final int pictureBitsPerSecond;
  private final Map<EndpointId, Participant> participants = new LinkedHashMap<>();

  private final Map<EndpointId, BridgeChannel.Listener> listeners = new HashMap<>();

  private record Participant(
      MediaBot bot, Allocated allocated, SdpOfferer offerer, BridgeChannel channel) {}

  /** Makes an empty conference; the bridge hears of it with the first bot. */
  public BotConference(
      Vertx vertx,
      BridgeClient bridge,
      ConferenceId id,
      InstantSource clock,
      RandomGenerator random) {
    this(vertx, bridge, id, clock, random, 0);
  }

  /** As above, of bots whose pictures are filled up to a bitrate. */
  public BotConference(
      Vertx vertx,
      BridgeClient bridge,
      ConferenceId id,
      InstantSource clock,
      RandomGenerator random,
      int pictureBitsPerSecond) {
    this.pictureBitsPerSecond = pictureBitsPerSecond;
    this.vertx = vertx;
    this.bridge = bridge;
    this.id = id;
    this.clock = clock;
    this.random = random;
  }

  /** Its name on the bridge. */
  public ConferenceId id() {
    return id;
  }

  /**
   * Hears what the bridge says to an endpoint.
   *
   * @param endpoint that will join
   * @param listener called on an event loop
   */
  public void listen(EndpointId endpoint, BridgeChannel.Listener listener) {
    listeners.put(endpoint, listener);
  }

  /**
   * Says what a bot wants to see from now on.
   *
   * @param endpoint must have joined
   */
  public void wish(EndpointId endpoint, VideoConstraints wish) {
    Participant participant = participants.get(endpoint);
    if (participant == null) {
      throw new IllegalArgumentException("not in here: " + endpoint);
    }
    participant.channel().receive(wish);
  }

  /**
   * Lets a bot join: allocate, offer, answer, update; then offers him to the others.
   *
   * @return the bot, perhaps not connected yet; fails when the bridge refuses
   */
  public Future<MediaBot> join(EndpointId endpoint, Role role) {
    return bridge
        .allocate(id, endpoint)
        .compose(
            outcome ->
                outcome instanceof Allocated allocated
                    ? enter(endpoint, role, allocated)
                    : refused(outcome));
  }

  private static <T> Future<T> refused(Object outcome) {
    return Future.failedFuture(new IllegalStateException("bridge answered " + outcome));
  }

  private Future<MediaBot> enter(EndpointId endpoint, Role role, Allocated allocated) {
    return vertx
        .executeBlocking(() -> openBot(endpoint, role, allocated))
        .compose(
            bot ->
                BridgeChannel.open(
                        vertx,
                        allocated.transport(),
                        VideoConstraints.USUAL,
                        listeners.getOrDefault(endpoint, ended -> {}))
                    .compose(
                        channel -> {
                          SdpOfferer offerer = new SdpOfferer(random.nextLong(1L << 62));
                          participants.put(
                              endpoint, new Participant(bot, allocated, offerer, channel));
                          return signal(endpoint).compose(ignored -> offerToOthers(endpoint));
                        })
                    .map(bot)
                    .onFailure(failure -> bot.close()));
  }

  private MediaBot openBot(EndpointId endpoint, Role role, Allocated allocated) throws IOException {
    IceCandidate candidate = allocated.transport().candidates().getFirst();
    InetAddress local = LocalAddress.towards(candidate.address(), candidate.port());
    return MediaBot.open(
        new BotOptions(endpoint, local, role, clock, random, pictureBitsPerSecond, null));
  }

  /** Offers all others to a bot and tells the bridge what it answered. */
  private Future<Void> signal(EndpointId endpoint) {
    Participant participant = participants.get(endpoint);
    if (participant == null) {
      return Future.succeededFuture();
    }
    try {
      SdpAnswer answer = SdpAnswer.parse(participant.bot().answer(offer(participant)), endpoint);
      return bridge
          .update(id, endpoint, answer.transport(), answer.sources())
          .compose(
              outcome ->
                  outcome instanceof UpdateOutcome.Updated
                      ? Future.succeededFuture()
                      : refused(outcome));
    } catch (SdpException e) {
      return Future.failedFuture(e);
    }
  }

  private String offer(Participant participant) {
    List<RemoteSource> remote = new ArrayList<>();
    for (Participant other : participants.values()) {
      if (other != participant) {
        for (MediaSource source : other.bot().sources()) {
          remote.add(new RemoteSource(other.bot().id(), source));
        }
      }
    }
    Allocated allocated = participant.allocated();
    return participant.offerer().offer(allocated.transport(), allocated.feedbackSources(), remote);
  }

  private Future<Void> offerToOthers(EndpointId changed) {
    for (Participant other : participants.values()) {
      if (!other.bot().id().equals(changed)) {
        try {
          other.bot().answer(offer(other));
        } catch (SdpException e) {
          return Future.failedFuture(e);
        }
      }
    }
    return Future.succeededFuture();
  }

  /**
   * Lets a bot leave; the others are offered what is left.
   *
   * @param endpoint must have joined
   */
  public Future<Void> leave(EndpointId endpoint) {
    Participant left = participants.remove(endpoint);
    if (left == null) {
      return Future.failedFuture(new IllegalArgumentException("not in here: " + endpoint));
    }
    left.bot().close();
    left.channel().close();
    return bridge.expireEndpoint(id, endpoint).compose(ignored -> offerToOthers(endpoint));
  }

  /** Ends the conference and closes all bots. */
  public Future<Void> close() {
    for (Participant participant : participants.values()) {
      participant.bot().close();
      participant.channel().close();
    }
    participants.clear();
    return bridge.expireConference(id);
  }
}
