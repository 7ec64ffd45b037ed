package heyi.media.colibri2;

/**
 * Names one bridge in logs, metrics and outcomes.
 *
 * @param value e.g. {@code embedded} or {@code jvb-2}
 */
public record BridgeId(String value) {
  /** Checks that there is a name. */
  public BridgeId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("bridge id must not be blank");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
