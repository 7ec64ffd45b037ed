package heyi.recording;

/**
 * Names one object: segments joined by slashes.
 *
 * <p><b>Bounds:</b> at most 512 characters; each segment 1 to 128 characters of {@code A-Z a-z 0-9
 * . _ -}, not starting with a dot, so that a key is also a safe relative path.
 *
 * @param value for instance {@code recordings/8f/chunks/000001.journal}
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {
  private static final int MAX_LENGTH = 512;
  private static final int MAX_SEGMENT_LENGTH = 128;

  /** Checks every segment. */
  public ObjectKey {
    if (value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "an object key has at most " + MAX_LENGTH + " characters but has " + value.length());
    }
    for (String segment : value.split("/", -1)) {
      requireSegment(segment, value);
    }
  }

  /** The key of something below this one. */
  public ObjectKey child(String segment) {
    return new ObjectKey(value + "/" + segment);
  }

  /** The last segment. */
  public String name() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  @Override
  public int compareTo(ObjectKey other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }

  private static void requireSegment(String segment, String key) {
    boolean wrongLength = segment.isEmpty() || segment.length() > MAX_SEGMENT_LENGTH;
    if (wrongLength || segment.charAt(0) == '.') {
      throw new IllegalArgumentException("not a usable segment of an object key: " + key);
    }
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !(c >= '0' && c <= '9') && c != '.' && c != '_' && c != '-') {
        throw new IllegalArgumentException("not a usable character in an object key: " + key);
      }
    }
  }
}
