package heyi.server.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.MediaSource;
import heyi.media.Ssrc;
import heyi.media.bot.BotTape;
import heyi.recording.RecordedSource;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.capture.Capture;
import heyi.recording.capture.PacketSink;
import heyi.recording.encryption.EncryptedObjectStore;
import heyi.recording.encryption.MasterKeyFile;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.log.TransparencyLog;
import heyi.recording.log.WitnessedLog;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.seal.EvidenceKey;
import heyi.recording.seal.SignatureScheme;
import heyi.recording.sealing.EvidenceSeals;
import heyi.recording.session.Recording;
import heyi.recording.session.RecordingListener;
import heyi.recording.session.RecordingOptions;
import heyi.recording.session.RecordingService;
import heyi.recording.session.SealedRecording;
import heyi.recording.session.SealingProgress;
import heyi.recording.store.DirectoryObjectStore;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.ReadBackStore;
import heyi.recording.verify.EvidenceVerifier;
import heyi.recording.verify.VerificationReport;
import heyi.server.demo.Awaiting;
import heyi.server.signing.SigningAuthority;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * How long a session is sealed, from the close to the moment at which it can be replayed, per hour
 * of recording.
 *
 * <p>An hour of real RTP of three people goes through the recorder in less than a minute: each
 * packet carries the times that it would have had, on a clock that runs as fast as the packets
 * come. Chunks are cut, hashed and stored meanwhile as always; closing is then exactly what the
 * server does.
 */
public final class CloseBench {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final double TARGET_SECONDS_PER_HOUR = 10;
  private static final List<String> PEOPLE = List.of("mediator", "party-1", "party-2");

  /** With sound and headers the three send 1 Mbit/s together. */
  private static final int PICTURE_BITS_PER_SECOND = 280_000;

  private static final Duration CHUNK = Duration.ofSeconds(2);

  /** So long a chunk takes here; the disk of a small machine keeps up with it. */
  private static final long CHUNK_TAKES_MILLIS = 25;

  private static final Duration STEP = Duration.ofMillis(20);
  private static final int BUFFER_BYTES = 64 * 1024 * 1024;

  private final Vertx vertx;
  private final Path folder;
  private final PrintWriter out;
  private final Instant begin;
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicReference<PacketSink> sink = new AtomicReference<>();
  private final Map<SealingProgress.Stage, Long> stages =
      new EnumMap<>(SealingProgress.Stage.class);
  private long bytes;

  private CloseBench(Vertx vertx, Path folder, Clock clock, PrintWriter out) {
    this.vertx = vertx;
    this.folder = folder;
    this.out = out;
    this.begin = clock.instant();
  }

  /** Records for so long, closes; true when on target. */
  public static boolean run(Vertx vertx, Path folder, Clock clock, Duration length, PrintWriter out)
      throws IOException {
    return new CloseBench(vertx, folder, clock, out).measure(length);
  }

  private boolean measure(Duration length) throws IOException {
    RecordingOptions defaults = RecordingOptions.in(folder.resolve("spool"));
    ObjectStore objects = store();
    RecordingService service =
        RecordingService.create(
            vertx,
            new RecordingOptions(
                defaults.spool(),
                Duration.ofMillis(CHUNK_TAKES_MILLIS),
                BUFFER_BYTES,
                defaults.connectTimeout(),
                defaults.uploadTimeout(),
                defaults.workerDeadline(),
                defaults.workerMemoryMegabytes(),
                defaults.room()),
            objects,
            seals(objects),
            () -> begin.plusNanos(nanos.get()),
            nanos::get);
    Recording recording =
        Awaiting.get(
            "recording",
            LIMIT,
            service.start(
                new RecordingId("bench-1"), "bench", new ConferenceId("bench"), this::connect));
    feed(recording, length);
    chunksAreStored();
    recording.listen(new Stages());
    long closed = System.nanoTime();
    SealedRecording sealed = Awaiting.get("sealed", LIMIT, recording.close());
    double replayable = seconds(System.nanoTime() - closed);
    Path zip = folder.resolve("evidence.zip");
    Awaiting.get("package", LIMIT, service.writePackage(sealed.id(), List.of(), zip));
    double packed = seconds(System.nanoTime() - closed) - replayable;
    VerificationReport report = EvidenceVerifier.verify(zip);
    double verified = seconds(System.nanoTime() - closed) - replayable - packed;
    if (!report.intact()
        || !report.disclosed().isEmpty()
        || sealed.tracks().size() != 2 * PEOPLE.size()) {
      throw new IllegalStateException(
          "the measured recording is not whole: " + report.findings() + report.disclosed());
    }
    return report(length, closed, new Times(replayable, packed, verified));
  }

  /** Encrypted and read back, as the server keeps it unless told otherwise. */
  private ObjectStore store() throws IOException {
    SecureRandom random = new SecureRandom();
    Path master = folder.resolve("master");
    MasterKeyFile.create(master, random);
    return new EncryptedObjectStore(
        new ReadBackStore(new DirectoryObjectStore(folder.resolve("objects"))),
        Set.of(StoreLayout.directory(RecordingClass.JOINT)),
        MasterKeyFile.open(master, random),
        random);
  }

  /** As a server has them by default. */
  private EvidenceSeals seals(ObjectStore objects) throws IOException {
    SecureRandom random = new SecureRandom();
    InstantSource recorded = () -> begin.plusNanos(nanos.get());
    EvidenceKey logKey = EvidenceKey.fresh(SignatureScheme.ED25519, random);
    return new EvidenceSeals(
        objects,
        EvidenceKey.fresh(SignatureScheme.ECDSA_P256, random),
        SigningAuthority.open(folder.resolve("keys.p12"), recorded, random).evidenceStamps(random),
        new WitnessedLog(
            TransparencyLog.open(objects, folder.resolve("log"), logKey, ""), List.of()),
        folder.resolve("pending"),
        recorded,
        new byte[0]);
  }

  private record Times(double replayable, double packed, double verified) {}

  private Future<Capture> connect(PacketSink made) {
    sink.set(made);
    return Future.succeededFuture(new NoBridge());
  }

  private void feed(Recording recording, Duration length) {
    List<BotTape> tapes = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(1);
    for (String label : PEOPLE) {
      EndpointId id = new EndpointId(label + "-1");
      BotTape tape = new BotTape(id, begin, random, PICTURE_BITS_PER_SECOND);
      tapes.add(tape);
      for (MediaSource source : tape.sources()) {
        Awaiting.get(
            "source", LIMIT, recording.sourceAdded(new RecordedSource(id, label, label, source)));
      }
    }
    Duration at = Duration.ZERO;
    while (at.compareTo(length) < 0) {
      Future<Void> paced = vertx.timer(CHUNK_TAKES_MILLIS, TimeUnit.MILLISECONDS).mapEmpty();
      Duration until = at.plus(CHUNK);
      while (at.compareTo(until) < 0) {
        at = at.plus(STEP);
        for (BotTape tape : tapes) {
          tape.play(at, new Arriving());
        }
        nanos.set(at.toNanos());
      }
      // A line of the ledger each two seconds, as a talk has; and the disk is never left behind.
      LedgerEvent line =
          new LedgerEvent(
              "bench", JsonNodeFactory.instance.objectNode().put("second", at.toSeconds()));
      Awaiting.get("ledger", LIMIT, recording.event(line));
      Awaiting.get("pace", LIMIT, paced);
    }
  }

  private PacketSink recorder() {
    return Objects.requireNonNull(sink.get(), "the recording has started");
  }

  private final class Arriving implements BotTape.Receiver {
    @Override
    public void rtp(byte[] packet, Duration at) {
      bytes += packet.length;
      recorder().rtp(packet, 0, packet.length, at.toNanos());
    }

    @Override
    public void rtcp(byte[] packet, Duration at) {
      bytes += packet.length;
      recorder().rtcp(packet, 0, packet.length, at.toNanos());
    }
  }

  /** In a session of an hour they are: only the last chunk is under way when it closes. */
  private void chunksAreStored() throws IOException {
    while (files(folder.resolve("objects/objects/recordings/bench-1/chunks")) + 2
        < files(folder.resolve("spool/bench-1/chunks"))) {
      Awaiting.get("uploads", LIMIT, vertx.timer(100, TimeUnit.MILLISECONDS));
    }
  }

  /** Counts names only: the files come and go meanwhile. */
  private static long files(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.count();
    }
  }

  private final class Stages implements RecordingListener {
    @Override
    public void onSealing(SealingProgress progress) {
      synchronized (stages) {
        stages.put(progress.stage(), System.nanoTime());
      }
    }
  }

  private static final class NoBridge implements Capture {
    @Override
    public void expect(List<MediaSource> sources) {}

    @Override
    public void requestKeyframe(Ssrc ssrc) {}

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }

  private boolean report(Duration length, long closed, Times times) {
    double hours = length.toSeconds() / 3600.0;
    double perHour = times.replayable() / hours;
    boolean good = perHour <= TARGET_SECONDS_PER_HOUR;
    double megabits = bytes * 8 / 1e6 / length.toSeconds();
    print(
        "recorded %d min of %d people, %.2f Mbit/s in all, %.0f MB",
        length.toMinutes(), PEOPLE.size(), megabits, bytes / 1e6);
    synchronized (stages) {
      stages.forEach(
          (stage, at) ->
              print(
                  "%-18s done after %.2f s",
                  stage.name().toLowerCase(Locale.ROOT).replace('_', ' '), seconds(at - closed)));
    }
    print("close to replayable   %.2f s", times.replayable());
    print(
        "per recorded hour     %.2f s (at most %.0f)   %s",
        perHour, TARGET_SECONDS_PER_HOUR, good ? "ok" : "MISSED");
    print("package written in    %.2f s, verified in %.2f s", times.packed(), times.verified());
    out.println(
        JsonNodeFactory.instance
            .objectNode()
            .put("bench", "close")
            .put("recordedSeconds", length.toSeconds())
            .put("megabitsPerSecond", megabits)
            .put("closeSeconds", times.replayable())
            .put("secondsPerHour", perHour)
            .put("packageSeconds", times.packed())
            .put("verifySeconds", times.verified())
            .put("onTarget", good));
    out.flush();
    return good;
  }

  private void print(String format, Object... values) {
    out.println("  " + String.format(Locale.ROOT, format, values));
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
