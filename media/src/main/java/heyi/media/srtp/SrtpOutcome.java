package heyi.media.srtp;

/** What became of a packet. */
public enum SrtpOutcome {
  /** The packet is transformed in place. */
  OK,
  /** The tag is wrong: not from the peer, or damaged. */
  NOT_AUTHENTIC,
  /** The same packet came before. */
  REPLAYED,
  /** Too short or otherwise broken. */
  MALFORMED
}
