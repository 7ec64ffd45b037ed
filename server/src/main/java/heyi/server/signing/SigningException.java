package heyi.server.signing;

/** Signing or verifying could not be done: ours, not the signer's fault. */
public final class SigningException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SigningException(String message, Throwable cause) {
    super(message, cause);
  }
}
