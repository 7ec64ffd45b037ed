package heyi.server.boot;

import java.util.Map;

/** Settings of server processes that live for seconds. */
final class ShortLived {
  /** What is compiled best comes too late for them. */
  static final Map<String, String> JAVA =
      Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

  private ShortLived() {}
}
