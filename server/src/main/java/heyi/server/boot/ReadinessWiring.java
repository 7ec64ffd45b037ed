package heyi.server.boot;

import heyi.media.pool.BridgePool;
import heyi.media.pool.BridgeView;
import heyi.recording.ObjectKey;
import heyi.recording.store.ObjectStore;
import heyi.server.readiness.Part;
import heyi.server.readiness.Part.Need;
import heyi.server.readiness.Readiness;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What each part of the server is asked, to know whether it works. */
final class ReadinessWiring {
  /** Any object: a store that answers says that there is none. */
  private static final ObjectKey QUESTION = new ObjectKey("readiness");

  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  private ReadinessWiring() {}

  static Readiness of(Core core, RecordingWiring recording, BridgePool bridges) {
    List<Part> parts = new ArrayList<>();
    parts.add(
        new Part(
            "database",
            Need.REQUIRED,
            () -> {
              core.database().ask();
              return Optional.empty();
            }));
    parts.add(new Part("bridge", Need.REQUIRED, () -> bridges(bridges.bridges())));
    parts.add(new Part("spool", Need.REQUIRED, recording.service()::lackOfRoom));
    parts.add(store("store", recording.stores().first()));
    ObjectStore second = recording.stores().second();
    if (second != null) {
      parts.add(store("second-store", second));
    }
    parts.add(new Part("time-stamps", Need.DESIRED, () -> answers(core.config().seal().tsaUrl())));
    return new Readiness(parts, core.blocking());
  }

  private static Part store(String name, ObjectStore store) {
    return new Part(
        name,
        Need.DESIRED,
        () -> {
          store.stat(QUESTION);
          return Optional.empty();
        });
  }

  private static Optional<String> bridges(List<BridgeView> bridges) {
    return bridges.stream().anyMatch(BridgeView::accepting)
        ? Optional.empty()
        : Optional.of(
            "no bridge takes rooms: "
                + bridges.stream().map(ReadinessWiring::name).collect(Collectors.joining(", ")));
  }

  private static String name(BridgeView bridge) {
    String draining = bridge.draining() || bridge.drainingItself() ? ", draining" : "";
    return bridge.id() + " is " + bridge.standing().name().toLowerCase(Locale.ROOT) + draining;
  }

  /** The embedded authority is always there; another one must at least be listening. */
  private static Optional<String> answers(@Nullable URI authority) throws IOException {
    if (authority == null) {
      return Optional.empty();
    }
    int usual = "https".equals(authority.getScheme()) ? HTTPS_PORT : HTTP_PORT;
    int port = authority.getPort() < 0 ? usual : authority.getPort();
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(authority.getHost(), port), (int) Readiness.LIMIT.toMillis());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(authority + " does not answer: " + e.getMessage());
    }
  }
}
