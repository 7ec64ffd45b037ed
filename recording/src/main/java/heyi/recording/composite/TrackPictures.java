package heyi.recording.composite;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * Which picture of one track is to be seen when. Never a frozen one: a picture after which nothing
 * came for a second is taken away.
 *
 * <p><b>Threads:</b> one; times only go forward.
 */
final class TrackPictures implements AutoCloseable {
  /** From here on it is a hole, as in the list of gaps of the track. */
  private static final long HOLE_MILLIS = 1000;

  /** How long the picture before a hole is still shown. */
  private static final long LAST_PICTURE_MILLIS = 100;

  private final CompositePlan.Media media;
  private @Nullable TrackReader reader;
  private AVFrame current = TrackReader.newFrame();
  private AVFrame next = TrackReader.newFrame();
  private boolean hasCurrent;
  private boolean hasNext;
  private long currentMillis;
  private long nextMillis;
  private long serial;

  TrackPictures(CompositePlan.Media media) {
    this.media = media;
  }

  /** The picture at a time on the session clock; null when there is none. */
  @Nullable AVFrame at(long sessionMillis) {
    long millis = sessionMillis - media.offsetMillis();
    if (millis < 0 || millis > media.durationMillis() + LAST_PICTURE_MILLIS) {
      return null;
    }
    if (reader == null) {
      open(millis);
    }
    while (hasNext && nextMillis <= millis) {
      AVFrame free = current;
      current = next;
      currentMillis = nextMillis;
      hasCurrent = true;
      serial++;
      next = free;
      decode();
    }
    return hasCurrent && millis < shownUntil() ? current : null;
  }

  private long shownUntil() {
    boolean hole = !hasNext || nextMillis - currentMillis >= HOLE_MILLIS;
    return hole ? currentMillis + LAST_PICTURE_MILLIS : nextMillis;
  }

  /** Changes with every new picture. */
  long serial() {
    return serial;
  }

  private void open(long millis) {
    reader = TrackReader.open(media.file());
    reader.seek(millis);
    decode();
  }

  private void decode() {
    TrackReader from = reader;
    avutil.av_frame_unref(next);
    hasNext = from != null && from.next(next);
    if (hasNext && from != null) {
      nextMillis = from.millis(next);
    }
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
    avutil.av_frame_free(current);
    avutil.av_frame_free(next);
  }
}
