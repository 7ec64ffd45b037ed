package heyi.recording;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * What a stream held, known after it was read to its end.
 *
 * @param sizeBytes how many bytes came
 * @param sha256 their hash
 */
public record StreamHash(long sizeBytes, Sha256 sha256) {
  private static final int READ_BYTES = 128 * 1024;

  /**
   * Reads everything left in a stream. <b>Threads:</b> blocks.
   *
   * @throws IOException when the stream cannot be read
   */
  public static StreamHash of(InputStream in) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[READ_BYTES];
    long size = 0;
    int read = in.read(buffer);
    while (read >= 0) {
      digest.update(buffer, 0, read);
      size += read;
      read = in.read(buffer);
    }
    return new StreamHash(size, Sha256.ofDigest(digest.digest()));
  }
}
