package heyi.server.boot;

import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work whose result nobody waits for; its failure is logged, never lost. */
final class Background {
  private static final Logger log = LoggerFactory.getLogger(Background.class);

  private Background() {}

  static void run(String name, Future<?> work) {
    work.onFailure(failure -> log.warn("background work failed name={}", name, failure));
  }
}
