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
import org.bytedeco.javacv.FrameRecorder;

/**
 * How many times faster than real time a film of three people is made, at 720 lines, by the worker
 * process as the server starts it.
 *
 * <p>The cameras show what they show at a mediation, 640×360 at 24 frames: somebody who moves
 * before a wall, through a sensor with grain. What no camera on a desk shows, a picture that moves
 * everywhere, is told beside it: it is the most that an encoder can be asked.
 */
public final class CompositeBench {
  private static final double TARGET_SPEED = 4;
  private static final int PEOPLE = 3;
  private static final PixelSize FILM = new PixelSize(1280, 720);
  private static final int CAMERA_BITS_PER_SECOND = 500_000;
  private static final int FILM_BITS_PER_SECOND = 1_500_000;
  private static final int SAMPLE_RATE = 48_000;

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

  private record Made(double seconds, double processorSeconds, double speed, CompositeFile film) {}

  private boolean measure(Duration length) throws IOException, InterruptedException {
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
    int threads = Runtime.getRuntime().availableProcessors();
    Made talk = make(TestCamera.Scene.WALL, length, threads);
    Made drift = make(TestCamera.Scene.DRIFT, length, threads);
    boolean good = talk.speed() >= TARGET_SPEED && talk.film().duration().equals(length);
    out.println(
        String.format(
            Locale.ROOT,
            "  film of %d s, %d people, %s at %d frames, %.0f MB, %d threads%n"
                + "  made in               %.1f s, processors busy %.1f s with it%n"
                + "  times real time       %.1f (at least %.0f)   %s%n"
                + "  all of it moving      %.1f times real time",
            length.toSeconds(),
            PEOPLE,
            FILM,
            TestCamera.FRAMES_PER_SECOND,
            talk.film().sizeBytes() / 1e6,
            threads,
            talk.seconds(),
            talk.processorSeconds(),
            talk.speed(),
            TARGET_SPEED,
            good ? "ok" : "MISSED",
            drift.speed()));
    out.println(
        JsonNodeFactory.instance
            .objectNode()
            .put("bench", "composite")
            .put("filmSeconds", length.toSeconds())
            .put("seconds", talk.seconds())
            .put("processorSeconds", talk.processorSeconds())
            .put("threads", threads)
            .put("timesRealTime", talk.speed())
            .put("timesRealTimeAllMoving", drift.speed())
            .put("onTarget", good));
    out.flush();
    return good;
  }

  private Made make(TestCamera.Scene scene, Duration length, int threads)
      throws IOException, InterruptedException {
    Path work = Files.createDirectories(folder.resolve(scene.name().toLowerCase(Locale.ROOT)));
    Path camera = work.resolve("camera.webm").toAbsolutePath();
    new TestCamera(scene, CAMERA_BITS_PER_SECOND).film(camera, length);
    Path voice = voice(work, length);
    Path font = work.resolve("font.ttf");
    try (InputStream in = DocumentFont.open()) {
      Files.copy(in, font);
    }
    CompositeProcess process =
        new CompositeProcess(
            new CompositeOptions(Duration.ofHours(1), Duration.ofMinutes(2), 384, threads, 0),
            System::nanoTime);
    long begun = System.nanoTime();
    AtomicReference<Duration> processor = new AtomicReference<>(Duration.ZERO);
    CompositeFile film =
        process.run(
            plan(length, camera, voice, font),
            work.resolve("film"),
            _ -> processor.set(childTime()));
    double seconds = (System.nanoTime() - begun) / 1e9;
    double busy = Objects.requireNonNull(processor.get()).toMillis() / 1e3;
    return new Made(seconds, busy, length.toSeconds() / seconds, film);
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
      people.add(new CompositePlan.Person("当事人" + i, media, List.of()));
    }
    return new CompositePlan(
        FILM,
        TestCamera.FRAMES_PER_SECOND,
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

  private static Path voice(Path work, Duration length) throws FrameRecorder.Exception {
    Path file = work.resolve("voice.webm").toAbsolutePath();
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
