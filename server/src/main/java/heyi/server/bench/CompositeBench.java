package heyi.server.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import heyi.media.MediaKind;
import heyi.recording.PixelSize;
import heyi.recording.composite.CompositeFile;
import heyi.recording.composite.CompositeLayout;
import heyi.recording.composite.CompositeOptions;
import heyi.recording.composite.CompositePlan;
import heyi.recording.composite.CompositeProcess;
import heyi.server.document.DocumentFont;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameRecorder;

/**
 * How many times faster than real time a film of three people is made, at 720 lines, by the worker
 * process as the server starts it.
 *
 * <p>The cameras show something that moves and has the grain of a cheap sensor, 640×360 at 24
 * frames: a still test picture would cost the encoder almost nothing and measure nothing.
 */
public final class CompositeBench {
  private static final double TARGET_SPEED = 4;
  private static final int PEOPLE = 3;
  private static final int FRAMES_PER_SECOND = 24;
  private static final PixelSize CAMERA = new PixelSize(640, 360);
  private static final PixelSize FILM = new PixelSize(1280, 720);
  private static final int CAMERA_BITS_PER_SECOND = 500_000;
  private static final int FILM_BITS_PER_SECOND = 1_500_000;
  private static final int SAMPLE_RATE = 48_000;
  private static final int GRAIN = 7;

  private final Path folder;
  private final Instant begin;
  private final PrintWriter out;

  private CompositeBench(Path folder, Clock clock, PrintWriter out) {
    this.folder = folder;
    this.begin = clock.instant();
    this.out = out;
  }

  /** Makes a film so long with so many threads; true when on target. */
  public static boolean run(Path folder, Clock clock, Duration length, PrintWriter out)
      throws IOException, InterruptedException {
    return new CompositeBench(folder, clock, out).measure(length);
  }

  private boolean measure(Duration length) throws IOException, InterruptedException {
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
    int threads = Runtime.getRuntime().availableProcessors();
    Path camera = camera(length);
    Path voice = voice(length);
    Path font = folder.resolve("font.ttf");
    try (InputStream in = DocumentFont.open()) {
      Files.copy(in, font);
    }
    CompositeProcess process =
        new CompositeProcess(
            new CompositeOptions(Duration.ofHours(1), Duration.ofMinutes(2), 384, threads, 15),
            System::nanoTime);
    long begun = System.nanoTime();
    AtomicReference<Duration> processor = new AtomicReference<>(Duration.ZERO);
    CompositeFile film =
        process.run(
            plan(length, camera, voice, font),
            folder.resolve("film"),
            _ -> processor.set(childTime()));
    double seconds = (System.nanoTime() - begun) / 1e9;
    double speed = length.toSeconds() / seconds;
    boolean good = speed >= TARGET_SPEED && film.duration().equals(length);
    out.println(
        String.format(
            Locale.ROOT,
            "  film of %d min, %d people, %s at %d frames, %.0f MB, %d threads%n"
                + "  made in               %.1f s, processors busy %.1f s with it%n"
                + "  times real time       %.1f (at least %.0f)   %s",
            length.toMinutes(),
            PEOPLE,
            FILM,
            FRAMES_PER_SECOND,
            film.sizeBytes() / 1e6,
            threads,
            seconds,
            Objects.requireNonNull(processor.get()).toMillis() / 1e3,
            speed,
            TARGET_SPEED,
            good ? "ok" : "MISSED"));
    out.println(
        JsonNodeFactory.instance
            .objectNode()
            .put("bench", "composite")
            .put("filmSeconds", length.toSeconds())
            .put("seconds", seconds)
            .put("processorSeconds", Objects.requireNonNull(processor.get()).toMillis() / 1e3)
            .put("threads", threads)
            .put("timesRealTime", speed)
            .put("onTarget", good));
    out.flush();
    return good;
  }

  /** Of the worker, as far as the system tells. */
  private static Duration childTime() {
    return ProcessHandle.current()
        .descendants()
        .flatMap(child -> child.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private CompositePlan plan(Duration length, Path camera, Path voice, Path font) {
    long millis = length.toMillis();
    List<CompositePlan.Media> media =
        List.of(
            new CompositePlan.Media(MediaKind.AUDIO, voice, 0, millis, List.of()),
            new CompositePlan.Media(MediaKind.VIDEO, camera, 0, millis, List.of()));
    List<CompositePlan.Person> people = new ArrayList<>();
    for (int i = 1; i <= PEOPLE; i++) {
      people.add(new CompositePlan.Person("当事人" + i, media));
    }
    return new CompositePlan(
        FILM,
        FRAMES_PER_SECOND,
        FILM_BITS_PER_SECOND,
        60,
        CompositeLayout.GRID,
        "案号 （2026）合意调字第0001号",
        "测量",
        font.toAbsolutePath(),
        ZoneId.of("Asia/Shanghai"),
        begin,
        0,
        millis,
        people,
        List.of(),
        "");
  }

  private Path camera(Duration length) throws FrameRecorder.Exception {
    Path file = folder.resolve("camera.webm").toAbsolutePath();
    try (FFmpegFrameRecorder recorder =
            new FFmpegFrameRecorder(file.toFile(), CAMERA.width(), CAMERA.height());
        Frame frame = new Frame(CAMERA.width(), CAMERA.height(), Frame.DEPTH_UBYTE, 3)) {
      recorder.setFormat("webm");
      recorder.setVideoCodec(avcodec.AV_CODEC_ID_VP8);
      recorder.setVideoBitrate(CAMERA_BITS_PER_SECOND);
      recorder.setFrameRate(FRAMES_PER_SECOND);
      recorder.setGopSize(FRAMES_PER_SECOND * 10);
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
    return file;
  }

  /** Something round that moves before something striped that drifts, and grain over all. */
  private static void paint(Frame frame, long number, byte[] grain) {
    ByteBuffer pixels = (ByteBuffer) frame.image[0];
    int centreX = CAMERA.width() / 2 + (int) (40 * Math.sin(number / 20.0));
    int centreY = CAMERA.height() / 2 + (int) (12 * Math.sin(number / 7.0));
    int at = (int) (number * 7919);
    for (int y = 0; y < CAMERA.height(); y++) {
      for (int x = 0; x < CAMERA.width(); x++) {
        long dx = x - centreX;
        long dy = y - centreY;
        boolean face = dx * dx * 2 + dy * dy < 15_000;
        int base = face ? 150 + (int) ((dx * dy) >> 8) : 60 + ((x * 3 + y + (int) number) & 63);
        int value = Math.clamp(base + grain[at++ & 0xFFFF] % GRAIN, 0, 255);
        int to = y * frame.imageStride + 3 * x;
        pixels.put(to, (byte) (value * 3 / 4));
        pixels.put(to + 1, (byte) (value * 7 / 8));
        pixels.put(to + 2, (byte) value);
      }
    }
  }

  private Path voice(Duration length) throws FrameRecorder.Exception {
    Path file = folder.resolve("voice.webm").toAbsolutePath();
    try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), 2)) {
      recorder.setFormat("webm");
      recorder.setAudioCodec(avcodec.AV_CODEC_ID_OPUS);
      recorder.setAudioCodecName("libopus");
      recorder.setSampleRate(SAMPLE_RATE);
      recorder.setAudioBitrate(32_000);
      recorder.start();
      SplittableRandom random = new SplittableRandom(2);
      for (long second = 0; second < length.toSeconds(); second++) {
        FloatBuffer samples = FloatBuffer.allocate(2 * SAMPLE_RATE);
        for (int i = 0; i < SAMPLE_RATE; i++) {
          double voice =
              0.2 * Math.sin(i * 0.02) * Math.sin(i * 0.0004) + random.nextDouble(-0.02, 0.02);
          samples.put((float) voice).put((float) voice);
        }
        recorder.recordSamples(SAMPLE_RATE, 2, samples.flip());
      }
    }
    return file;
  }
}
