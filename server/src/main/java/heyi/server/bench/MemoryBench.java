package heyi.server.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import heyi.server.demo.Awaiting;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Memory of a server that has started, warmed up and then done nothing for a while. */
public final class MemoryBench {
  private static final double KILOBYTES_PER_MEGABYTE = 1_024.0;
  private static final double TARGET_MEGABYTES = 400;

  private MemoryBench() {}

  /** Waits for the length of idling, then measures; true when on target. */
  public static boolean run(Vertx vertx, Path folder, Duration idle, PrintWriter out)
      throws IOException {
    try (ChildServer server = ChildServer.start(folder)) {
      return measure(vertx, server, idle, out);
    }
  }

  private static boolean measure(Vertx vertx, ChildServer server, Duration idle, PrintWriter out)
      throws IOException {
    Awaiting.get(
        "idling", idle.plusSeconds(30), vertx.timer(idle.toMillis(), TimeUnit.MILLISECONDS));
    double jvm = server.serverMemoryKilobytes() / KILOBYTES_PER_MEGABYTE;
    double database = server.databaseMemoryKilobytes() / KILOBYTES_PER_MEGABYTE;
    boolean good = jvm + database <= TARGET_MEGABYTES;
    out.println(
        String.format(
            Locale.ROOT,
            "  server %.0f MB + PostgreSQL %.0f MB = %.0f MB (at most %.0f)   %s",
            jvm,
            database,
            jvm + database,
            TARGET_MEGABYTES,
            good ? "ok" : "MISSED"));
    out.println(
        String.format(
            Locale.ROOT, "  started in %.1f s on an empty folder", server.startSeconds()));
    out.println(
        JsonNodeFactory.instance
            .objectNode()
            .put("bench", "memory")
            .put("serverMegabytes", jvm)
            .put("postgresMegabytes", database)
            .put("startSeconds", server.startSeconds())
            .put("onTarget", good));
    out.flush();
    return good;
  }
}
