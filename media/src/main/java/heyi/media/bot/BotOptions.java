package heyi.media.bot;

import heyi.media.EndpointId;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Who a bot is.
 *
 * @param id its endpoint id
 * @param address a local address from which it reaches the bridge; it takes a free port of it
 * @param role whether it sends
 * @param clock wall clock of its sender reports
 * @param random makes its SSRCs and first timestamps
 * @param pictureBitsPerSecond its frames are filled up to this rate; 0 leaves them as they are
 * @param camera what it shows; null for its own flashes
 */
public record BotOptions(
    EndpointId id,
    InetAddress address,
    Role role,
    InstantSource clock,
    RandomGenerator random,
    int pictureBitsPerSecond,
    @Nullable BotCamera camera) {
  /** A bot that sends its small pictures as they are, about 0.15 Mbit/s. */
  public BotOptions(
      EndpointId id, InetAddress address, Role role, InstantSource clock, RandomGenerator random) {
    this(id, address, role, clock, random, 0, null);
  }

  /** Whether a bot sends. */
  public enum Role {
    /** Sends sound and picture, receives. */
    TALKER,
    /** Receives only, like a recorder. */
    LISTENER
  }
}
