package heyi.media.bridge;

import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.Ssrc;
import heyi.media.bridge.Routes.Route;
import heyi.media.colibri2.ChannelMessage;
import heyi.media.colibri2.ForceMute;
import heyi.media.colibri2.VideoConstraints;
import heyi.media.endpoint.UdpPort;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * One conference: its endpoints and, made from them at each change, its routes.
 *
 * <p><b>Threads:</b> the control thread only; media threads read {@link #routes()}.
 */
final class Conference {
  private final ConferenceId id;
  private final UdpPort port;
  private final BridgeLimits limits;
  private final BridgeCounters counters;
  private final ConferenceMedia media;
  private final Function<LongSupplier, SendQueue> queues;
  private final Map<EndpointId, BridgeEndpoint> endpoints = new LinkedHashMap<>();
  private volatile Routes routes = Routes.NONE;

  Conference(
      ConferenceId id,
      UdpPort port,
      BridgeLimits limits,
      BridgeCounters counters,
      LongSupplier nanoClock,
      Function<LongSupplier, SendQueue> queues) {
    this.id = id;
    this.port = port;
    this.limits = limits;
    this.counters = counters;
    this.media = new ConferenceMedia(this::routes, new DominantSpeaker(), counters, nanoClock);
    this.queues = queues;
  }

  ConferenceId id() {
    return id;
  }

  Routes routes() {
    return routes;
  }

  Collection<BridgeEndpoint> endpoints() {
    return endpoints.values();
  }

  boolean isEmpty() {
    return endpoints.isEmpty();
  }

  /** Refuses what cannot be done; changes nothing. */
  void check(List<EndpointChange> changes) throws BridgeRefusal {
    for (EndpointChange change : changes) {
      boolean known = endpoints.containsKey(change.id());
      switch (change) {
        case EndpointChange.Create _ -> {
          if (known) {
            throw BridgeRefusal.badRequest("endpoint exists: " + change.id());
          }
          if (endpoints.size() >= limits.endpointsPerConference()) {
            throw BridgeRefusal.badRequest(
                "conference has its " + limits.endpointsPerConference() + " endpoints");
          }
        }
        case EndpointChange.Update update -> {
          requireKnown(known, update.id());
          List<MediaSource> sources = update.sources();
          if (sources != null) {
            checkSources(update.id(), sources);
          }
        }
        case EndpointChange.Expire expire -> requireKnown(known, expire.id());
      }
    }
  }

  private static void requireKnown(boolean known, EndpointId endpoint) throws BridgeRefusal {
    if (!known) {
      throw BridgeRefusal.badRequest("endpoint is unknown: " + endpoint);
    }
  }

  private void checkSources(EndpointId endpoint, List<MediaSource> sources) throws BridgeRefusal {
    if (sources.size() > limits.sourcesPerEndpoint()) {
      throw BridgeRefusal.badRequest(
          "at most " + limits.sourcesPerEndpoint() + " sources but got " + sources.size());
    }
    int ssrcs = sources.stream().mapToInt(source -> source.ssrcs().size()).sum();
    if (ssrcs > limits.ssrcsPerEndpoint()) {
      throw BridgeRefusal.badRequest(
          "at most " + limits.ssrcsPerEndpoint() + " ssrcs but got " + ssrcs);
    }
    Set<Ssrc> taken = new HashSet<>();
    for (BridgeEndpoint other : endpoints.values()) {
      if (!other.id().equals(endpoint)) {
        other.sources().forEach(source -> taken.addAll(source.ssrcs()));
      }
    }
    for (MediaSource source : sources) {
      for (Ssrc ssrc : source.ssrcs()) {
        if (!taken.add(ssrc)) {
          throw BridgeRefusal.badRequest("ssrc is in use: " + ssrc);
        }
      }
    }
  }

  /** Makes a checked endpoint. */
  BridgeEndpoint create(EndpointChange.Create create) {
    BridgeEndpoint endpoint = new BridgeEndpoint(create.id(), create.role(), port, queues, media);
    endpoints.put(create.id(), endpoint);
    reroute();
    return endpoint;
  }

  /** Carries out a checked update. */
  void update(EndpointChange.Update update) {
    BridgeEndpoint endpoint = endpoints.get(update.id());
    if (endpoint == null) {
      return;
    }
    List<MediaSource> sources = update.sources();
    ForceMute mute = update.mute();
    if (sources != null) {
      endpoint.send(sources);
    }
    if (mute != null) {
      endpoint.mute(mute);
    }
    if (sources != null || mute != null) {
      reroute();
      // What came before was dropped, keyframes too.
      routes.videoOf(endpoint).forEach(route -> endpoint.requestKeyframe(route.ssrc()));
    }
    if (update.transport() != null) {
      endpoint.connect(update.transport());
    }
  }

  void expire(EndpointId expired) {
    BridgeEndpoint endpoint = endpoints.remove(expired);
    if (endpoint != null) {
      media.speaker().left(expired);
      reroute();
      endpoint.close();
    }
  }

  /** The endpoint that has this id and whose channel has this password. */
  Optional<BridgeEndpoint> find(String endpoint, String channelPassword) {
    return endpoints.values().stream()
        .filter(each -> each.id().value().equals(endpoint))
        .filter(each -> isSame(each.channelPassword(), channelPassword))
        .findFirst();
  }

  /** Takes as long for any wrong password. */
  private static boolean isSame(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  void channelOpened(BridgeEndpoint endpoint, EndpointChannel channel) {
    if (endpoints.get(endpoint.id()) != endpoint) {
      channel.endpointClosed();
      return;
    }
    endpoint.channelOpened(channel);
    EndpointId speaker = media.speaker().now();
    if (speaker != null) {
      channel.send(new ChannelMessage.DominantSpeaker(speaker));
    }
  }

  /** Forwards from now on what the endpoint wants; what is new to it needs a keyframe. */
  void wants(BridgeEndpoint endpoint, VideoConstraints wish) {
    List<Route> before = routes.videoFor(endpoint);
    endpoint.wish(wish);
    reroute();
    List<Ssrc> had = before.stream().map(Route::ssrc).toList();
    routes.videoFor(endpoint).stream()
        .filter(route -> !had.contains(route.ssrc()))
        .forEach(route -> route.owner().requestKeyframe(route.ssrc()));
  }

  /** Removes endpoints that have no connection for too long. */
  void expireIdle() {
    for (BridgeEndpoint endpoint : List.copyOf(endpoints.values())) {
      if (endpoint.isIdle(limits)) {
        counters.endpointsExpiredIdle.increment();
        expire(endpoint.id());
      }
    }
  }

  void close() {
    List.copyOf(endpoints.keySet()).forEach(this::expire);
  }

  private void reroute() {
    routes = Routes.of(endpoints.values());
    for (BridgeEndpoint endpoint : endpoints.values()) {
      List<MediaSource> others = new ArrayList<>();
      for (BridgeEndpoint other : endpoints.values()) {
        if (other != endpoint) {
          others.addAll(other.sources());
        }
      }
      endpoint.announce(others);
      tellHeights(endpoint);
    }
  }

  /** A sender whose picture nobody wants as it is may send less. */
  private void tellHeights(BridgeEndpoint sender) {
    if (endpoints.size() < 2) {
      return;
    }
    for (MediaSource source : sender.sources()) {
      if (source.kind() == MediaKind.VIDEO) {
        int height =
            endpoints.values().stream()
                .filter(other -> other != sender)
                .mapToInt(other -> other.wish().maxHeight(source.name()))
                .max()
                .orElse(VideoConstraints.BEST_HEIGHT);
        sender.tellHeight(source.name(), height);
      }
    }
  }

  long sendingVideo() {
    return endpoints.values().stream()
        .filter(BridgeEndpoint::isConnected)
        .filter(
            endpoint ->
                endpoint.sources().stream().anyMatch(source -> source.kind() == MediaKind.VIDEO))
        .count();
  }
}
