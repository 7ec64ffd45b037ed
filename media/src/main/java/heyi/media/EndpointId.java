package heyi.media;

/**
 * Names one endpoint within a conference; it is the stream id that browsers see.
 *
 * <p><b>Bounds:</b> 1 to 128 characters of {@code A-Z a-z 0-9 . _ -}, because it is put into SDP
 * and URLs.
 *
 * @param value the endpoint id
 */
public record EndpointId(String value) {
  /** Checks the characters. */
  public EndpointId {
    Identifiers.require("endpoint id", value);
  }

  /**
   * Name of the endpoint's n-th source of a kind: {@code alice-a0}, {@code alice-v0}.
   *
   * @param kind audio or video
   * @param index counts from 0
   */
  public SourceName source(MediaKind kind, int index) {
    return new SourceName(value + (kind == MediaKind.AUDIO ? "-a" : "-v") + index);
  }

  @Override
  public String toString() {
    return value;
  }
}
