package heyi.recording.composite;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one track at their places on the session clock; silence where there are none.
 *
 * <p><b>Units:</b> samples at 48 kHz since zero of the session clock. <b>Threads:</b> one; times
 * only go forward.
 */
final class TrackSound implements AutoCloseable {
  private static final int SAMPLES_PER_MILLI = Encoder.SAMPLE_RATE / 1000;

  /** File times are whole milliseconds and clocks drift: below this, frames follow one another. */
  private static final long JOINED_SAMPLES = 15L * SAMPLES_PER_MILLI;

  /** The decoder needs a little of what was before (RFC 7845 §4.6). */
  private static final long PREROLL_MILLIS = 80;

  private final CompositePlan.Media media;
  private final AVFrame frame = TrackReader.newFrame();
  private @Nullable TrackReader reader;
  private float[] samples = {};
  private float[] other = {};
  private int length;
  private long start;
  private boolean ended;

  TrackSound(CompositePlan.Media media) {
    this.media = media;
  }

  /** Adds what there is between {@code from} and the end of the block. */
  void addTo(float[] block, long from) {
    long to = from + block.length;
    boolean before = to <= media.offsetMillis() * SAMPLES_PER_MILLI;
    while (!ended && !before) {
      if (reader == null) {
        open(from / SAMPLES_PER_MILLI);
      } else if (start + length > from) {
        add(block, from);
        if (start + length > to) {
          return;
        }
        decode();
      } else {
        decode();
      }
    }
  }

  private void add(float[] block, long from) {
    int first = (int) Math.max(0, start - from);
    int last = (int) Math.min(block.length, start + length - from);
    for (int i = first; i < last; i++) {
      block[i] += samples[(int) (from + i - start)];
    }
  }

  private void open(long sessionMillis) {
    TrackReader opened = TrackReader.open(media.file());
    reader = opened;
    if (opened.sampleRate() != Encoder.SAMPLE_RATE
        || opened.sampleFormat() != avutil.AV_SAMPLE_FMT_FLTP) {
      throw new CompositeException("not Opus as it was recorded: " + media.file().getFileName());
    }
    if (sessionMillis > media.offsetMillis()) {
      opened.seek(sessionMillis - media.offsetMillis() - PREROLL_MILLIS);
    }
    start = Long.MIN_VALUE / 2;
    decode();
  }

  private void decode() {
    TrackReader from = reader;
    avutil.av_frame_unref(frame);
    if (from == null || !from.next(frame)) {
      ended = true;
      return;
    }
    long expected = start + length;
    long placed = (media.offsetMillis() + from.millis(frame)) * SAMPLES_PER_MILLI;
    boolean joined = Math.abs(placed - expected) <= JOINED_SAMPLES;
    start = joined ? expected : Math.max(placed, expected);
    length = frame.nb_samples();
    if (samples.length < length) {
      samples = new float[length];
      other = new float[length];
    }
    channel(0).get(samples, 0, length);
    if (from.channels() > 1) {
      channel(1).get(other, 0, length);
      for (int i = 0; i < length; i++) {
        samples[i] = (samples[i] + other[i]) / 2;
      }
    }
  }

  private FloatPointer channel(int number) {
    return new FloatPointer(frame.data(number));
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
    avutil.av_frame_free(frame);
  }
}
