package heyi.media.bridge;

/** A request that the bridge does not carry out; nothing was changed. */
final class BridgeRefusal extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private final int httpStatus;

  private BridgeRefusal(int httpStatus, String message) {
    super(message);
    this.httpStatus = httpStatus;
  }

  static BridgeRefusal badRequest(String message) {
    return new BridgeRefusal(BAD_REQUEST, message);
  }

  static BridgeRefusal noConference() {
    return new BridgeRefusal(NOT_FOUND, "conference is unknown");
  }

  int httpStatus() {
    return httpStatus;
  }
}
