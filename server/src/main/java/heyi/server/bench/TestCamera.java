package heyi.server.bench;

import heyi.recording.PixelSize;
import heyi.recording.capture.KeyframeDemand;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameRecorder;

/**
 * Pictures such as the web client sends, 640×360 at 24 frames in VP8, with the grain of a cheap
 * sensor: a still test picture would cost an encoder almost nothing and measure nothing.
 */
final class TestCamera {
  static final PixelSize SIZE = new PixelSize(640, 360);
  static final int FRAMES_PER_SECOND = 24;
  private static final int GRAIN = 7;

  private final Scene scene;
  private final int bitsPerSecond;

  /** What is seen behind the person. */
  enum Scene {
    /** Nothing moves, as at a mediation. */
    WALL,
    /** Everything moves, as on no desk. */
    DRIFT
  }

  TestCamera(Scene scene, int bitsPerSecond) {
    this.scene = scene;
    this.bitsPerSecond = bitsPerSecond;
  }

  /** Writes a file whose format its name tells: WebM or IVF. */
  void film(Path file, Duration length) throws FrameRecorder.Exception {
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
    try (FFmpegFrameRecorder recorder =
            new FFmpegFrameRecorder(file.toFile(), SIZE.width(), SIZE.height());
        Frame frame = new Frame(SIZE.width(), SIZE.height(), Frame.DEPTH_UBYTE, 3)) {
      recorder.setFormat(file.toString().endsWith(".ivf") ? "ivf" : "webm");
      recorder.setVideoCodec(avcodec.AV_CODEC_ID_VP8);
      recorder.setVideoBitrate(bitsPerSecond);
      recorder.setFrameRate(FRAMES_PER_SECOND);
      recorder.setGopSize(FRAMES_PER_SECOND * (int) KeyframeDemand.INTERVAL.toSeconds());
      recorder.setVideoOption("deadline", "realtime");
      recorder.setVideoOption("cpu-used", "8");
      recorder.start();
      byte[] grain = new byte[1 << 16];
      new SplittableRandom(1).nextBytes(grain);
      for (long i = 0; i < length.toSeconds() * FRAMES_PER_SECOND; i++) {
        paint(frame, i, grain);
        recorder.record(frame);
      }
    }
  }

  /** Something round that moves before something striped, and grain over all. */
  private void paint(Frame frame, long number, byte[] grain) {
    ByteBuffer pixels = (ByteBuffer) frame.image[0];
    int centreX = SIZE.width() / 2 + (int) (40 * Math.sin(number / 20.0));
    int centreY = SIZE.height() / 2 + (int) (12 * Math.sin(number / 7.0));
    int at = (int) (number * 7919);
    int drift = scene == Scene.DRIFT ? (int) number : 0;
    for (int y = 0; y < SIZE.height(); y++) {
      for (int x = 0; x < SIZE.width(); x++) {
        long dx = x - centreX;
        long dy = y - centreY;
        boolean face = dx * dx * 2 + dy * dy < 15_000;
        int base = face ? 150 + (int) ((dx * dy) >> 8) : 60 + ((x * 3 + y + drift) & 63);
        int value = Math.clamp(base + grain[at++ & 0xFFFF] % GRAIN, 0, 255);
        int to = y * frame.imageStride + 3 * x;
        pixels.put(to, (byte) (value * 3 / 4));
        pixels.put(to + 1, (byte) (value * 7 / 8));
        pixels.put(to + 2, (byte) value);
      }
    }
  }
}
