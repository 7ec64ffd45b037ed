package heyi.recording.store;

import heyi.recording.ObjectKey;
import heyi.recording.Sha256;
import heyi.recording.StreamHash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something to store: where its bytes come from, how many there are, and mostly their hash.
 *
 * <p>The store may open it several times, because an upload may be tried again.
 */
public final class ObjectContent {
  private final Opener opener;
  private final long sizeBytes;
  private final @Nullable Sha256 sha256;
  private final String contentType;

  private ObjectContent(
      Opener opener, long sizeBytes, @Nullable Sha256 sha256, String contentType) {
    this.opener = opener;
    this.sizeBytes = sizeBytes;
    this.sha256 = sha256;
    this.contentType = contentType;
  }

  /** Content from anywhere; every opening gives the same bytes. */
  public static ObjectContent of(Opener opener, long sizeBytes, Sha256 sha256, String contentType) {
    return new ObjectContent(opener, sizeBytes, sha256, contentType);
  }

  /**
   * Content whose hash nobody knows yet; the store takes it while it writes. It is never the same
   * as what is stored already.
   */
  public static ObjectContent unhashed(Opener opener, long sizeBytes, String contentType) {
    return new ObjectContent(opener, sizeBytes, null, contentType);
  }

  /** Content held in memory. */
  public static ObjectContent ofBytes(byte[] bytes, String contentType) {
    byte[] copy = bytes.clone();
    return new ObjectContent(
        () -> new ByteArrayInputStream(copy), copy.length, Sha256.of(copy), contentType);
  }

  /**
   * Content of a file whose hash is already known; the file must not change any more.
   *
   * @throws IOException when the file cannot be read
   */
  public static ObjectContent ofFile(Path file, Sha256 sha256, String contentType)
      throws IOException {
    return new ObjectContent(
        () -> Files.newInputStream(file), Files.size(file), sha256, contentType);
  }

  /**
   * Content of a file, which is read once here to hash it. <b>Threads:</b> blocks.
   *
   * @throws IOException when the file cannot be read
   */
  public static ObjectContent ofFile(Path file, String contentType) throws IOException {
    return ofFile(file, Sha256.ofFile(file), contentType);
  }

  /**
   * Opens the bytes from the start.
   *
   * @throws IOException when they cannot be read
   */
  public InputStream open() throws IOException {
    return opener.open();
  }

  /** How many bytes there are. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /** Their hash, when it was known beforehand. */
  public Optional<Sha256> sha256() {
    return Optional.ofNullable(sha256);
  }

  /**
   * Compares what was read with what was promised.
   *
   * @throws StoreException.ContentMismatch when another size or hash was promised
   */
  void require(ObjectKey key, StreamHash actual) {
    if (actual.sizeBytes() != sizeBytes) {
      throw new StoreException.ContentMismatch(
          key, sizeBytes + " bytes", actual.sizeBytes() + " bytes");
    }
    if (sha256 != null && !sha256.equals(actual.sha256())) {
      throw new StoreException.ContentMismatch(key, sha256.hex(), actual.sha256().hex());
    }
  }

  /** Their media type. */
  public String contentType() {
    return contentType;
  }

  /** Opens content from the start. */
  @FunctionalInterface
  public interface Opener {
    /** A new stream of all bytes. */
    InputStream open() throws IOException;
  }
}
