package heyi.recording.session;

import heyi.media.MediaKind;
import heyi.media.SourceName;

/**
 * What a recording receives of one published source.
 *
 * @param source its name
 * @param seatId who publishes it
 * @param kind sound or picture
 * @param bytes since it is published
 * @param standing how it stands with it
 */
public record SourceReception(
    SourceName source, String seatId, MediaKind kind, long bytes, Standing standing) {
  /** How it stands with a source. */
  public enum Standing {
    /** Packets came within the last three seconds, or it has only begun. */
    RECEIVED,
    /** It may be silent. */
    MUTED,
    /** It should be received and is not. */
    SILENT,
    /** Not even since the recorder came anew for its sake. */
    GIVEN_UP
  }
}
