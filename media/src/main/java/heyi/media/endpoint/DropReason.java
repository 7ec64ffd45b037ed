package heyi.media.endpoint;

/** Why a datagram or packet was dropped quietly. */
public enum DropReason {
  /** Neither DTLS nor SRTP by its first byte (RFC 7983). */
  UNKNOWN_PROTOCOL,
  /** Media before the keys were agreed, or after the end. */
  NOT_CONNECTED,
  /** Broken header or length. */
  MALFORMED,
  /** SRTP authentication failed. */
  NOT_AUTHENTIC,
  /** SRTP saw this packet before. */
  REPLAYED,
  /** Already received, e.g. a retransmission that crossed the original. */
  DUPLICATE,
  /** An SSRC that no signalled source names. */
  UNEXPECTED_SSRC,
  /** A bounded queue or map was full. */
  OVERFLOW,
  /** The socket refused it. */
  SEND_FAILED,
  /** A handler threw: a bug, logged once for each endpoint. */
  FAULT
}
