package heyi.media.bridge;

import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.Ssrc;
import heyi.media.colibri2.ForceMute;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who sends which stream to whom in a conference, at one moment. Made anew at each change; media
 * threads only read.
 *
 * <p>Of a simulcast source only the main stream is forwarded.
 */
final class Routes {
  static final Routes NONE = new Routes(Map.of(), Map.of());

  private final Map<Ssrc, Route> bySsrc;
  private final Map<BridgeEndpoint, List<BridgeEndpoint>> receivers;

  /** One stream: whose, of what kind, and whether it is stopped here. */
  record Route(BridgeEndpoint owner, MediaKind kind, Ssrc ssrc, boolean muted) {}

  private Routes(Map<Ssrc, Route> bySsrc, Map<BridgeEndpoint, List<BridgeEndpoint>> receivers) {
    this.bySsrc = bySsrc;
    this.receivers = receivers;
  }

  static Routes of(Collection<BridgeEndpoint> endpoints) {
    Map<Ssrc, Route> bySsrc = new HashMap<>();
    Map<BridgeEndpoint, List<BridgeEndpoint>> receivers = new HashMap<>();
    for (BridgeEndpoint endpoint : endpoints) {
      for (MediaSource source : endpoint.sources()) {
        Route route =
            new Route(
                endpoint, source.kind(), source.primary(), muted(endpoint.mute(), source.kind()));
        bySsrc.put(route.ssrc(), route);
      }
      List<BridgeEndpoint> others = new ArrayList<>(endpoints);
      others.remove(endpoint);
      receivers.put(endpoint, List.copyOf(others));
    }
    return new Routes(Map.copyOf(bySsrc), Map.copyOf(receivers));
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

  List<BridgeEndpoint> receiversOf(BridgeEndpoint sender) {
    return receivers.getOrDefault(sender, List.of());
  }

  /** Video that an endpoint is to receive now. */
  List<Route> videoFor(BridgeEndpoint receiver) {
    return bySsrc.values().stream()
        .filter(route -> route.kind() == MediaKind.VIDEO && !route.muted())
        .filter(route -> route.owner() != receiver)
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
