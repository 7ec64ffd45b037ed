package heyi.recording;

/**
 * Names one playable track within a recording; part of its file name.
 *
 * <p><b>Bounds:</b> 1 to 128 characters of {@code A-Z a-z 0-9 . _ -}, not starting with a dot.
 *
 * @param value for instance {@code party-1-video-1}
 */
public record TrackId(String value) {
  /** Checks the characters. */
  public TrackId {
    Names.require("track id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
