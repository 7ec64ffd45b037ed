package heyi.signaling.room;

import heyi.media.MediaKind;

/**
 * What the recorder receives of one source.
 *
 * @param bytes since it is published
 */
public record HeardSource(SeatId seat, MediaKind kind, long bytes, Standing standing) {
  /** How it stands with it. */
  public enum Standing {
    /** Packets came within the last three seconds, or it has only begun. */
    RECEIVED,
    /** It may be silent. */
    MUTED,
    /** It should be received and is not. */
    SILENT,
    /** Not even since the recorder came anew. */
    GIVEN_UP
  }

  boolean isSilent() {
    return standing == Standing.SILENT || standing == Standing.GIVEN_UP;
  }

  SilentSource silent() {
    return new SilentSource(seat, kind, standing == Standing.GIVEN_UP);
  }
}
