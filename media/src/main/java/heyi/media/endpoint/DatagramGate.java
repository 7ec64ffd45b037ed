package heyi.media.endpoint;

/** Decides for each encrypted media datagram whether it gets lost. In use it is always open. */
@FunctionalInterface
interface DatagramGate {
  /** Which way a datagram goes. */
  enum Direction {
    IN,
    OUT
  }

  /** Lets everything pass. */
  DatagramGate OPEN = (direction, buffer, offset, length) -> true;

  /** Whether the datagram passes. */
  boolean passes(Direction direction, byte[] buffer, int offset, int length);
}
