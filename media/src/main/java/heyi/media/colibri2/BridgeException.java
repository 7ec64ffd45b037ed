package heyi.media.colibri2;

/** A bridge did not do what it cannot sensibly refuse (expire, mute): a fault of the bridge. */
public final class BridgeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient BridgeId bridge;

  BridgeException(BridgeId bridge, String message) {
    super("bridge " + bridge + ": " + message);
    this.bridge = bridge;
  }

  BridgeException(BridgeId bridge, String message, Throwable cause) {
    super("bridge " + bridge + ": " + message, cause);
    this.bridge = bridge;
  }

  /** The bridge at fault. */
  public BridgeId bridge() {
    return bridge;
  }
}
