package heyi.media;

/**
 * Names one conference on a bridge; it is the {@code meeting-id} of Colibri2 and part of its URL.
 *
 * <p><b>Bounds:</b> 1 to 128 characters of {@code A-Z a-z 0-9 . _ -}, because it is put into URLs.
 *
 * @param value the meeting id
 */
public record ConferenceId(String value) {
  /** Checks the characters. */
  public ConferenceId {
    Identifiers.require("conference id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
