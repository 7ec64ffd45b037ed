package heyi.signaling.client;

/** The room refused, closed, or did not get there in time. */
public final class RoomClientException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RoomClientException(String message) {
    super(message);
  }

  RoomClientException(String message, Throwable cause) {
    super(message, cause);
  }
}
