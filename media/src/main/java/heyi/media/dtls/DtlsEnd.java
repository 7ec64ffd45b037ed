package heyi.media.dtls;

/** Why a DTLS session ended by itself. */
public enum DtlsEnd {
  /** The handshake broke, timed out, or no common profile was found. */
  HANDSHAKE_FAILED,
  /** The peer's certificate is not the one that was signalled. */
  FINGERPRINT_MISMATCH,
  /** The peer sent close_notify or a fatal alert. */
  CLOSED_BY_PEER
}
