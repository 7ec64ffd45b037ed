package heyi.media;

/**
 * Names one source (a microphone, a camera, a screen) within a conference; the track id that
 * browsers see.
 *
 * <p><b>Bounds:</b> 1 to 128 characters of {@code A-Z a-z 0-9 . _ -}, because it is put into SDP.
 *
 * @param value the source name, by custom {@code <endpoint id>-a0} or {@code <endpoint id>-v0}
 */
public record SourceName(String value) {
  /** Checks the characters. */
  public SourceName {
    Identifiers.require("source name", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
