package heyi.media.bridge;

import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.Ssrc;
import heyi.media.colibri2.ForceMute;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who sends which stream to whom in a conference, at one moment. Made anew at each change; media
 * threads only read.
 *
 * <p>Of a simulcast source only the main stream is forwarded.
 */
final class Routes {
  static final Routes NONE = new Routes(Map.of(), List.of());

  private final Map<Ssrc, Route> bySsrc;
  private final List<BridgeEndpoint> endpoints;

  /**
   * One stream: whose, of what kind, whether it is stopped here, who is to get it, and who does not
   * look at it.
   */
  record Route(
      BridgeEndpoint owner,
      MediaKind kind,
      Ssrc ssrc,
      boolean muted,
      List<BridgeEndpoint> receivers,
      List<BridgeEndpoint> passedOver) {}

  private Routes(Map<Ssrc, Route> bySsrc, List<BridgeEndpoint> endpoints) {
    this.bySsrc = bySsrc;
    this.endpoints = endpoints;
  }

  static Routes of(Collection<BridgeEndpoint> endpoints) {
    Map<Ssrc, Route> bySsrc = new HashMap<>();
    for (BridgeEndpoint endpoint : endpoints) {
      for (MediaSource source : endpoint.sources()) {
        Route route =
            new Route(
                endpoint,
                source.kind(),
                source.primary(),
                muted(endpoint.mute(), source.kind()),
                others(endpoints, endpoint, other -> wants(other, source)),
                others(endpoints, endpoint, other -> !wants(other, source)));
        bySsrc.put(route.ssrc(), route);
      }
    }
    return new Routes(Map.copyOf(bySsrc), List.copyOf(endpoints));
  }

  private static List<BridgeEndpoint> others(
      Collection<BridgeEndpoint> endpoints,
      BridgeEndpoint owner,
      Predicate<BridgeEndpoint> chosen) {
    return endpoints.stream().filter(other -> other != owner && chosen.test(other)).toList();
  }

  private static boolean wants(BridgeEndpoint receiver, MediaSource source) {
    return source.kind() == MediaKind.AUDIO || receiver.wish().maxHeight(source.name()) > 0;
  }

  private static boolean muted(ForceMute mute, MediaKind kind) {
    return switch (kind) {
      case AUDIO -> mute.audio();
      case VIDEO -> mute.video();
    };
  }

  @Nullable Route find(Ssrc ssrc) {
    return bySsrc.get(ssrc);
  }

  /** Everybody in the conference. */
  List<BridgeEndpoint> endpoints() {
    return endpoints;
  }

  /** Video that an endpoint is to receive now. */
  List<Route> videoFor(BridgeEndpoint receiver) {
    return streamsFor(receiver, MediaKind.VIDEO);
  }

  /** Streams of a kind that an endpoint is to receive now. */
  List<Route> streamsFor(BridgeEndpoint receiver, MediaKind kind) {
    return bySsrc.values().stream()
        .filter(route -> route.kind() == kind && !route.muted())
        .filter(route -> route.receivers().contains(receiver))
        .toList();
  }

  /** Video that an endpoint sends. */
  List<Route> videoOf(BridgeEndpoint sender) {
    return bySsrc.values().stream()
        .filter(route -> route.kind() == MediaKind.VIDEO && !route.muted())
        .filter(route -> route.owner() == sender)
        .toList();
  }
}
