package heyi.server.replay;

import java.time.Duration;

/**
 * A track as a player fetches it, piece by piece.
 *
 * @param object its file
 * @param duration how long it plays
 */
record TrackFile(RangedObject object, Duration duration) {
  /**
   * More than lies between two keyframes of most cameras, so that one piece shows the picture that
   * somebody seeks; not much more, since six tracks are fetched side by side then, and what is
   * fetched ahead of one picture is waited for by the others.
   */
  private static final Duration PIECE = Duration.ofSeconds(5);

  private static final long LEAST_BYTES = 64L * 1024;

  /** What a player that names no end gets at once. */
  long pieceBytes() {
    long bytesOfPiece = object.sizeBytes() / Math.max(1, duration.toSeconds()) * PIECE.toSeconds();
    return Math.clamp(bytesOfPiece, LEAST_BYTES, RangedObject.Asked.PLAYED_BYTES);
  }
}
