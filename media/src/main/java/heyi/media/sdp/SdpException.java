package heyi.media.sdp;

/**
 * A session description that cannot be used. The message may be shown to the sender: it holds no
 * part of the description.
 */
public final class SdpException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** What is wrong, for counting and for the answer to the sender. */
  public enum Reason {
    /** Longer, or more lines or sections, than any sensible description. */
    TOO_LARGE,
    /** Not the syntax of RFC 8866. */
    MALFORMED,
    /** ICE credentials, fingerprint or setup are missing or contradict each other. */
    NO_TRANSPORT,
    /** Something needed was not agreed: bundle, rtcp-mux, codec, payload type. */
    UNSUPPORTED,
    /** More sources than allowed, or the same SSRC twice. */
    BAD_SOURCES
  }

  SdpException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  SdpException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }
}
