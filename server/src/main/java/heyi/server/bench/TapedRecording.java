package heyi.server.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.MediaSource;
import heyi.media.Ssrc;
import heyi.media.bot.BotCamera;
import heyi.media.bot.BotTape;
import heyi.recording.RecordedSource;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.capture.Capture;
import heyi.recording.capture.KeyframeDemand;
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
import heyi.recording.session.RecordingOptions;
import heyi.recording.session.RecordingService;
import heyi.recording.store.DirectoryObjectStore;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.ReadBackStore;
import heyi.server.demo.Awaiting;
import heyi.server.signing.SigningAuthority;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * A recording of three people that is made faster than they talk: real RTP goes through the
 * recorder, each packet carrying the times that it would have had, on a clock that runs as fast as
 * the packets come. Chunks are cut, hashed, encrypted and stored meanwhile as always.
 *
 * <p><b>Threads:</b> one; blocks.
 */
final class TapedRecording {
  /** Who talks: labels and seats. */
  static final List<String> PEOPLE = List.of("mediator", "party-1", "party-2");

  /** Media time in a chunk. */
  static final Duration CHUNK = Duration.ofSeconds(2);

  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** The least with which a camera is asked for keyframes as often as the pictures have them. */
  private static final int PICTURE_BITS_PER_SECOND = KeyframeDemand.WIDE_BITS;

  private static final Duration PICTURES = Duration.ofSeconds(12);

  /** Between one and the next who comes: keyframes do not coincide, as SourceWatch sees to. */
  private static final Duration BETWEEN_COMERS = Duration.ofSeconds(1);

  private static final Duration STEP = Duration.ofMillis(20);
  private static final int BUFFER_BYTES = 64 * 1024 * 1024;

  private final Vertx vertx;
  private final Place place;
  private final Instant begin;
  private final Duration pace;
  private final BotCamera camera;
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicReference<PacketSink> sink = new AtomicReference<>();
  private final RecordingService service;
  private final Recording recording;
  private long bytes;

  /**
   * What it is called, and where it is kept.
   *
   * @param id of the recording
   * @param sessionId whose it is
   * @param objects folder of the object store
   * @param master file with the master key; made when it is not there
   * @param work folder for spool, log and keys that belong to nobody else
   */
  record Place(RecordingId id, String sessionId, Path objects, Path master, Path work) {
    /** A folder with a store of its own. */
    static Place in(Path folder) {
      return new Place(
          new RecordingId("bench-1"),
          "bench",
          folder.resolve("objects"),
          folder.resolve("master"),
          folder);
    }
  }

  /**
   * Starts one, encrypted and sealed as a server does by default.
   *
   * @param begin when the talk begins
   * @param pace so long a chunk takes here instead of {@link #CHUNK}
   */
  TapedRecording(Vertx vertx, Place place, Instant begin, Duration pace) throws IOException {
    this.vertx = vertx;
    this.place = place;
    this.begin = begin;
    this.pace = pace;
    Files.createDirectories(place.work());
    Path pictures = place.work().resolve("camera.ivf");
    new TestCamera(TestCamera.Scene.WALL, PICTURE_BITS_PER_SECOND).film(pictures, PICTURES);
    this.camera = BotCamera.ofIvf(pictures, TestCamera.FRAMES_PER_SECOND);
    RecordingOptions defaults = RecordingOptions.in(place.work().resolve("spool"));
    ObjectStore objects = store();
    this.service =
        RecordingService.create(
            vertx,
            new RecordingOptions(
                defaults.spool(),
                pace,
                BUFFER_BYTES,
                defaults.connectTimeout(),
                defaults.uploadTimeout(),
                defaults.workerDeadline(),
                defaults.workerMemoryMegabytes(),
                defaults.room()),
            objects,
            seals(objects),
            this::now,
            nanos::get);
    this.recording =
        Awaiting.get(
            "recording",
            LIMIT,
            service.start(place.id(), place.sessionId(), new ConferenceId("bench"), this::connect));
  }

  private Instant now() {
    return begin.plusNanos(nanos.get());
  }

  private ObjectStore store() throws IOException {
    SecureRandom random = new SecureRandom();
    if (!Files.exists(place.master())) {
      MasterKeyFile.create(place.master(), random);
    }
    return new EncryptedObjectStore(
        new ReadBackStore(new DirectoryObjectStore(place.objects())),
        Set.of(StoreLayout.directory(RecordingClass.JOINT)),
        MasterKeyFile.open(place.master(), random),
        random);
  }

  private EvidenceSeals seals(ObjectStore objects) throws IOException {
    SecureRandom random = new SecureRandom();
    EvidenceKey logKey = EvidenceKey.fresh(SignatureScheme.ED25519, random);
    Path log = place.work().resolve("log");
    return new EvidenceSeals(
        objects,
        EvidenceKey.fresh(SignatureScheme.ECDSA_P256, random),
        SigningAuthority.open(place.work().resolve("keys.p12"), this::now, random)
            .evidenceStamps(random),
        new WitnessedLog(
            TransparencyLog.open(
                new DirectoryObjectStore(place.work().resolve("log-store")), log, logKey, ""),
            List.of()),
        place.work().resolve("pending"),
        this::now,
        new byte[0]);
  }

  private Future<Capture> connect(PacketSink made) {
    sink.set(made);
    return Future.succeededFuture(new NoBridge());
  }

  /** What closes it and writes its package. */
  RecordingService service() {
    return service;
  }

  /** What was started. */
  Recording recording() {
    return recording;
  }

  /** RTP and RTCP that the recorder was given. */
  long bytes() {
    return bytes;
  }

  /** Lets them talk. The same seed, the same packets. */
  void feed(Duration length) {
    List<Talker> talkers = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(1);
    for (String label : PEOPLE) {
      EndpointId id = new EndpointId(label + "-1");
      Duration comes = BETWEEN_COMERS.multipliedBy(talkers.size());
      BotTape tape = new BotTape(id, begin.plus(comes), random, camera);
      talkers.add(new Talker(tape, comes));
      for (MediaSource source : tape.sources()) {
        Awaiting.get(
            "source", LIMIT, recording.sourceAdded(new RecordedSource(id, label, label, source)));
      }
    }
    Duration at = Duration.ZERO;
    while (at.compareTo(length) < 0) {
      Future<Void> paced = vertx.timer(pace.toNanos(), TimeUnit.NANOSECONDS).mapEmpty();
      Duration until = at.plus(CHUNK);
      while (at.compareTo(until) < 0) {
        at = at.plus(STEP);
        for (Talker talker : talkers) {
          talker.tape().play(at.minus(talker.comes()), new Arriving(talker.comes()));
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

  private record Talker(BotTape tape, Duration comes) {}

  private final class Arriving implements BotTape.Receiver {
    private final Duration comes;

    Arriving(Duration comes) {
      this.comes = comes;
    }

    @Override
    public void rtp(byte[] packet, Duration at) {
      bytes += packet.length;
      recorder().rtp(packet, 0, packet.length, at.plus(comes).toNanos());
    }

    @Override
    public void rtcp(byte[] packet, Duration at) {
      bytes += packet.length;
      recorder().rtcp(packet, 0, packet.length, at.plus(comes).toNanos());
    }
  }

  /** In a session of an hour they are: only the last chunk is under way when it closes. */
  void awaitChunksStored() throws IOException {
    Path spooled = place.work().resolve("spool/" + place.id() + "/chunks");
    while (chunksStored() + 2 < files(spooled)) {
      Awaiting.get("uploads", LIMIT, vertx.timer(100, TimeUnit.MILLISECONDS));
    }
  }

  /** Chunks in the object store. */
  long chunksStored() throws IOException {
    return files(place.objects().resolve("objects/recordings/" + place.id() + "/chunks"));
  }

  /** What the object store holds. */
  long storedBytes() throws IOException {
    try (Stream<Path> all = Files.walk(place.objects())) {
      long sum = 0;
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
      return sum;
    }
  }

  /** Counts names only: the files come and go meanwhile. */
  private static long files(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.count();
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
}
