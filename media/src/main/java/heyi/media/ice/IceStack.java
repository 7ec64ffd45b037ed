package heyi.media.ice;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.ice4j.ice.harvest.AbstractUdpListener;

/**
 * Settings of ice4j, which are static and must be in place before any other class of it is touched.
 * Whoever sets one as a system property at start wins.
 */
final class IceStack {
  /**
   *
   *
   * <ul>
   *   <li>aws: else ice4j asks 169.254.169.254 over HTTP whether this is a cloud machine: a
   *       surprise in a closed network and over a second of delay.
   *   <li>software: peers need not know what runs here.
   *   <li>consent: RFC 7675 §5.1 asks for a check every 5 s on average.
   *   <li>socket pool: one socket for sending is enough for small rooms and saves descriptors.
   *   <li>receive buffer: a keyframe burst of eight senders while the thread is busy.
   * </ul>
   */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "ice4j.harvest.mapping.aws.enabled", "false",
          "ice4j.software", "",
          "ice4j.consent-freshness.interval", "5 seconds",
          "ice4j.harvest.udp.socket-pool-size", "1",
          "ice4j.harvest.udp.receive-buffer-size", "4194304");

  /** Held here because java.util.logging forgets levels of loggers that nobody holds. */
  private static final Logger ICE4J_LOGGER = Logger.getLogger("org.ice4j");

  private static final Logger JITSI_LOGGER = Logger.getLogger("org.jitsi");

  /** Warns with a stack trace of each socket that is closed, which is how every session ends. */
  private static final Logger STUN_LOGGER = Logger.getLogger("org.ice4j.stack");

  static {
    SETTINGS.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
    quieten(ICE4J_LOGGER, Level.WARNING);
    quieten(JITSI_LOGGER, Level.WARNING);
    quieten(STUN_LOGGER, Level.SEVERE);
    AbstractUdpListener.USE_PUSH_API = true;
  }

  private IceStack() {}

  private static void quieten(Logger logger, Level level) {
    if (logger.getLevel() == null) {
      logger.setLevel(level);
    }
  }

  /** Makes sure that the settings are in place. */
  static void prepare() {
    if (!AbstractUdpListener.USE_PUSH_API) {
      throw new IllegalStateException("ice4j's push API was switched off");
    }
  }
}
