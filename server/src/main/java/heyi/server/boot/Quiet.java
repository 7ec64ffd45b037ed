package heyi.server.boot;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the log out of what a verb prints for people; warnings still show. */
final class Quiet {
  private Quiet() {}

  static void run() {
    if (LoggerFactory.getLogger("heyi") instanceof Logger logger) {
      logger.setLevel(Level.WARN);
    }
  }
}
