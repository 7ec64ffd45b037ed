package heyi.recording.composite;

import heyi.recording.Sha256;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A finished film.
 *
 * @param file the MP4
 * @param sizeBytes its size
 * @param sha256 its hash
 * @param duration how long it plays
 */
public record CompositeFile(Path file, long sizeBytes, Sha256 sha256, Duration duration) {
  /** What to announce over HTTP. */
  public static final String CONTENT_TYPE = "video/mp4";
}
