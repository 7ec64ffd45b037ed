package heyi.recording.packaging;

/**
 * A document that the case puts into an evidence package.
 *
 * @param name file name below {@code documents/}, characters {@code A-Z a-z 0-9 . _ -}
 * @param content its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // identity is not asked for; copies are made below
public record PackageDocument(String name, byte[] content) {
  /** Checks the name and copies the bytes. */
  public PackageDocument {
    if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}")) {
      throw new IllegalArgumentException("not a usable document name: " + name);
    }
    content = content.clone();
  }

  @Override
  public byte[] content() {
    return content.clone();
  }
}
