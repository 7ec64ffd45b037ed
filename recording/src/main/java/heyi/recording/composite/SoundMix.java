package heyi.recording.composite;

import heyi.media.MediaKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Mixes everybody's sound into one channel, in one piece, so that no joint is ever heard; measures
 * how loud each is meanwhile.
 *
 * <p><b>Threads:</b> one; blocks.
 */
final class SoundMix {
  private static final int SAMPLES_PER_MILLI = Encoder.SAMPLE_RATE / 1000;
  private static final int WINDOW_SAMPLES = Speakers.WINDOW_MILLIS * SAMPLES_PER_MILLI;

  /** Above this several who talk at once are pressed together instead of cut off. */
  private static final float KNEE = 0.8f;

  private final CompositePlan plan;
  private final long firstSample;
  private final long samples;
  private final double[][] power;

  SoundMix(CompositePlan plan) {
    this.plan = plan;
    this.firstSample = plan.fromMillis() * SAMPLES_PER_MILLI;
    this.samples = (plan.toMillis() - plan.fromMillis()) * SAMPLES_PER_MILLI;
    this.power = new double[plan.people().size()][(int) Math.ceilDiv(samples, WINDOW_SAMPLES)];
  }

  /**
   * Writes the sound.
   *
   * @param millisDone told how much is done
   * @return who speaks when
   */
  List<Speakers.Turn> make(Path file, LongConsumer millisDone) {
    List<List<TrackSound>> tracks = new ArrayList<>();
    try (Mp4File mp4 = Mp4File.create(file);
        Encoder encoder = Encoder.sound(mp4)) {
      mp4.begin("");
      for (CompositePlan.Person person : plan.people()) {
        tracks.add(
            person.media().stream()
                .filter(media -> media.kind() == MediaKind.AUDIO)
                .map(TrackSound::new)
                .toList());
      }
      AVFrame frame = frame(encoder.frameSize());
      try {
        for (long at = 0; at < samples; at += encoder.frameSize()) {
          int length = (int) Math.min(encoder.frameSize(), samples - at);
          fill(frame, mix(tracks, at, length));
          encoder.encode(frame, at);
          millisDone.accept((at + length) / SAMPLES_PER_MILLI);
        }
      } finally {
        avutil.av_frame_free(frame);
      }
      encoder.flush();
      mp4.finish();
    } finally {
      tracks.forEach(list -> list.forEach(TrackSound::close));
    }
    return Speakers.turns(power, plan.fromMillis());
  }

  private float[] mix(List<List<TrackSound>> tracks, long at, int length) {
    float[] mixed = new float[length];
    for (int p = 0; p < tracks.size(); p++) {
      float[] one = new float[length];
      for (TrackSound track : tracks.get(p)) {
        track.addTo(one, firstSample + at);
      }
      for (int i = 0; i < length; i++) {
        mixed[i] += one[i];
        power[p][(int) ((at + i) / WINDOW_SAMPLES)] += one[i] * one[i] / WINDOW_SAMPLES;
      }
    }
    for (int i = 0; i < length; i++) {
      mixed[i] = pressed(mixed[i]);
    }
    return mixed;
  }

  private static float pressed(float sample) {
    float size = Math.abs(sample);
    if (size <= KNEE) {
      return sample;
    }
    double over = (size - KNEE) / (1 - KNEE);
    return Math.copySign((float) (KNEE + (1 - KNEE) * Math.tanh(over)), sample);
  }

  private static AVFrame frame(int size) {
    AVFrame frame = TrackReader.newFrame();
    frame.format(avutil.AV_SAMPLE_FMT_FLTP);
    frame.sample_rate(Encoder.SAMPLE_RATE);
    frame.nb_samples(size);
    avutil.av_channel_layout_default(frame.ch_layout(), 1);
    Av.check(avutil.av_frame_get_buffer(frame, 0), "make a block of sound");
    return frame;
  }

  private static void fill(AVFrame frame, float[] block) {
    Av.check(avutil.av_frame_make_writable(frame), "reuse a block of sound");
    frame.nb_samples(block.length);
    new FloatPointer(frame.data(0)).put(block, 0, block.length);
  }
}
