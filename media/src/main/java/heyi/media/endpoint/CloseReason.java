package heyi.media.endpoint;

/** Why an endpoint ended; each value says what its owner may do. */
public enum CloseReason {
  /** The owner called {@code close()}. Nothing to do. */
  CLOSED_BY_OWNER,
  /** No path was found. Signal again with a new endpoint. */
  ICE_FAILED,
  /** The handshake broke or took too long. Signal again with a new endpoint. */
  DTLS_FAILED,
  /** The certificate is not the one that was signalled: an attack or stale signalling. */
  FINGERPRINT_MISMATCH,
  /** The peer stopped to answer consent checks (RFC 7675): it is gone or its network is. */
  CONSENT_EXPIRED,
  /** The peer said goodbye with a DTLS close_notify. */
  CLOSED_BY_PEER
}
