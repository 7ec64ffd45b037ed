package heyi.server.replay;

import java.time.Duration;

/**
 * A track as a player fetches it, piece by piece.
 *
 * <p>The piece begins at once with what shows the moment that somebody seeks. What follows in it is
 * held back a little: a player that shows the moment asks for no more then and gives up the rest,
 * before it has cost anybody anything. A piece that ended with its prompt bytes would be asked on
 * from by Chromium at once, needed or not; and one that lasted long would take one of the six
 * connections that a browser has for the page.
 *
 * @param object its file
 * @param duration how long it plays
 */
record TrackFile(RangedObject object, Duration duration) {
  /** More than lies between two keyframes of most cameras, and what a player wants beyond them. */
  private static final Duration PROMPT = Duration.ofSeconds(5);

  /** Of a camera that sends little, and has ten seconds between two keyframes therefore. */
  private static final long LEAST_PICTURE_BYTES = 192L * 1024;

  private static final long LEAST_SOUND_BYTES = 64L * 1024;

  /** At least ten times as fast as it plays. */
  private static final Duration STEP = ByteStream.Pace.EVERY.multipliedBy(10);

  private static final long LEAST_STEP_BYTES = 64L * 1024;

  /** So a piece lasts longer than a seek, and less than half a second. */
  private static final int STEPS = 4;

  /** What a player that names no end gets in one answer. */
  long pieceBytes() {
    ByteStream.Pace pace = pace();
    return pace.prompt() + STEPS * pace.step();
  }

  /** How fast it gets that. */
  ByteStream.Pace pace() {
    boolean picture = object.contentType().startsWith("video/");
    return new ByteStream.Pace(
        bytesOf(PROMPT, picture ? LEAST_PICTURE_BYTES : LEAST_SOUND_BYTES),
        bytesOf(STEP, LEAST_STEP_BYTES));
  }

  private long bytesOf(Duration part, long least) {
    long bytes = object.sizeBytes() / Math.max(1, duration.toSeconds()) * part.toSeconds();
    return Math.clamp(bytes, least, RangedObject.Asked.PLAYED_BYTES);
  }
}
