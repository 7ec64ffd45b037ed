package heyi.server.document;

/** An agreement that cannot be made; the message may be shown, nothing was changed. */
public final class AgreementRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AgreementRefusedException(String message) {
    super(message);
  }
}
