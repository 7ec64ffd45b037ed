package heyi.recording.session;

import heyi.media.ConferenceId;
import heyi.recording.ObjectKey;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.SessionClock;
import heyi.recording.capture.Capture;
import heyi.recording.capture.RecorderEndpoint;
import heyi.recording.chunk.SpoolRoom;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.mux.MuxProcess;
import heyi.recording.packaging.EvidencePackage;
import heyi.recording.packaging.PackageDocument;
import heyi.recording.packaging.RecordingEvents;
import heyi.recording.sealing.EvidenceSeals;
import heyi.recording.store.ObjectStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts recordings, finishes those that a killed server left, and packs sealed ones.
 *
 * <p><b>Threads:</b> any; nothing blocks the caller.
 */
public final class RecordingService {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingService.class);

  private static final long MEGABYTE = 1024L * 1024;

  private final Vertx vertx;
  private final RecordingOptions options;
  private final InstantSource clock;
  private final LongSupplier nanoClock;
  private final Recorder recorder;
  private final BlockingTasks blocking = BlockingTasks.parallel();
  private final Map<RecordingId, ActiveRecording> running = new ConcurrentHashMap<>();
  private final AtomicInteger diverted = new AtomicInteger();
  private final Leftovers leftovers;
  private final SpoolGuard guard;
  private final StoredRecordings stored;

  private RecordingService(
      Vertx vertx,
      RecordingOptions options,
      ObjectStore store,
      EvidenceSeals seals,
      InstantSource clock,
      LongSupplier nanoClock) {
    this.vertx = vertx;
    this.options = options;
    this.clock = clock;
    this.nanoClock = nanoClock;
    Sealer sealer =
        new Sealer(
            store,
            new MuxProcess(options.workerDeadline(), options.workerMemoryMegabytes()),
            seals);
    SpoolRecovery recovery = new SpoolRecovery(sealer, clock);
    this.leftovers = new Leftovers(vertx, blocking, options.spool(), recovery);
    this.guard = new SpoolGuard(vertx, blocking, options.spool(), options.room(), running::values);
    this.recorder =
        new Recorder(vertx, options, store, clock, sealer, recovery, guard, blocking, running);
    this.stored = new StoredRecordings(store, seals);
    guard.start();
  }

  /**
   * Makes the service; nothing is read or written yet.
   *
   * @param vertx for timers and contexts
   * @param options directories and limits
   * @param store where evidence goes
   * @param seals signs what was recorded, and vouches for packages
   * @param clock wall clock
   */
  public static RecordingService create(
      Vertx vertx,
      RecordingOptions options,
      ObjectStore store,
      EvidenceSeals seals,
      InstantSource clock) {
    return create(vertx, options, store, seals, clock, System::nanoTime);
  }

  /**
   * The same on another monotonic clock, for those who record faster than time passes.
   *
   * @param nanoClock what arrival times of packets are read from
   */
  public static RecordingService create(
      Vertx vertx,
      RecordingOptions options,
      ObjectStore store,
      EvidenceSeals seals,
      InstantSource clock,
      LongSupplier nanoClock) {
    return new RecordingService(vertx, options, store, seals, clock, nanoClock);
  }

  /**
   * Joins a conference as the invisible endpoint {@code heyi-recorder} and starts to record.
   *
   * @return the recording once media can flow; fails with {@link RecordingException} when the
   *     bridge declines or does not answer in time, then nothing is left behind
   */
  public Future<Recording> start(RecordingRequest request) {
    SessionClock sessionClock = SessionClock.startingAt(clock.instant(), nanoClock);
    RecordingFacts facts =
        new RecordingFacts(
            request.id(),
            request.sessionId(),
            request.recordingClass(),
            request.conference(),
            sessionClock.start());
    return launch(launch(request, facts, sessionClock, null));
  }

  /**
   * Joins a conference and goes on with a recording that a killed server left: the same name, the
   * same ledger, the same chain of chunks and the same clock; the time in between stands in the
   * ledger as {@code recording-gap} with the cause {@code server-restart}. Who may open it stays as
   * it was.
   *
   * @param suspended one of {@link #suspended()}
   * @param request with the same id
   * @return as {@link #start(RecordingRequest)}; when it fails the recording stays suspended and
   *     may be resumed again
   */
  public Future<Recording> resume(SuspendedRecording suspended, RecordingRequest request) {
    if (!suspended.id().equals(request.id())) {
      throw new IllegalArgumentException(
          "cannot go on with " + suspended.id() + " as " + request.id());
    }
    SessionClock sessionClock =
        SessionClock.goingOn(suspended.startedAt(), suspended.last(), clock.instant(), nanoClock);
    RecordingFacts facts =
        new RecordingFacts(
            request.id(),
            suspended.sessionId(),
            suspended.recordingClass(),
            request.conference(),
            suspended.startedAt());
    return launch(launch(request, facts, sessionClock, suspended));
  }

  private Launch launch(
      RecordingRequest request,
      RecordingFacts facts,
      SessionClock sessionClock,
      @Nullable SuspendedRecording suspended) {
    Launch.Conferences conferences =
        (conference, bridge) ->
            RecorderEndpoint.connector(
                new RecorderEndpoint.Request(
                    vertx,
                    bridge,
                    conference,
                    request.port(),
                    options.connectTimeout(),
                    nanoClock));
    return new Launch(
        facts,
        sessionClock,
        conferences.connector(request.conference(), request.bridge()),
        conferences,
        request.port()::close,
        suspended);
  }

  /**
   * Records what a connection other than that with a bridge gives, to measure all that follows.
   *
   * @param connection asked for once at the start, and again when it is lost
   */
  public Future<Recording> start(
      RecordingId id, String sessionId, ConferenceId conference, Capture.Connector connection) {
    SessionClock sessionClock = SessionClock.startingAt(clock.instant(), nanoClock);
    RecordingFacts facts =
        new RecordingFacts(id, sessionId, RecordingClass.JOINT, conference, sessionClock.start());
    return start(facts, sessionClock, connection, (other, bridge) -> connection, () -> {});
  }

  /** With any connection; {@code onEnd} runs on a virtual thread when the capture is over. */
  Future<Recording> start(
      RecordingFacts facts,
      SessionClock sessionClock,
      Capture.Connector first,
      Launch.Conferences others,
      Runnable onEnd) {
    return launch(new Launch(facts, sessionClock, first, others, onEnd, null));
  }

  Future<Recording> launch(Launch launch) {
    return recorder.launch(launch);
  }

  /**
   * Recordings that a killed server left in mid-talk, brought in order: torn tails are cut, every
   * chunk is named in the ledger. Call it at start, before the first recording.
   *
   * @return those that may go on; one that cannot be read now is left out and logged
   */
  public Future<List<SuspendedRecording>> suspended() {
    return leftovers.suspended(running::containsKey);
  }

  /**
   * Seals what a killed server left in the spool: torn tails are cut, the gap is named in the
   * ledger.
   *
   * @return the recordings that were sealed; one that cannot be sealed now stays and is tried at
   *     the next start
   */
  public Future<List<SealedRecording>> recoverUnfinished() {
    return recoverUnfinished(Set.of());
  }

  /** As above, without those that may still go on. */
  public Future<List<SealedRecording>> recoverUnfinished(Set<RecordingId> waiting) {
    Set<RecordingId> spared = Set.copyOf(waiting);
    return leftovers.seal(id -> running.containsKey(id) || spared.contains(id));
  }

  /**
   * Takes a recording that has FAILED out of service, so that it can be resumed from what is on the
   * disk.
   *
   * @return the recording to resume, empty when its files are damaged beyond that; fails while they
   *     cannot be brought in order, for instance because the disk is still full
   */
  public Future<Optional<SuspendedRecording>> suspend(RecordingId id) {
    ActiveRecording broken = running.remove(id);
    Future<Void> free = broken == null ? Future.succeededFuture() : broken.letGo();
    return free.compose(done -> leftovers.suspend(id));
  }

  /**
   * Seals what a close left in the spool because the store was away for too long.
   *
   * @return empty when the recording is still running, or being sealed
   */
  public Future<Optional<SealedRecording>> sealLeft(RecordingId id) {
    return isBusy(id)
        ? Future.succeededFuture(Optional.empty())
        : leftovers.seal(id).map(Optional::of);
  }

  private boolean isBusy(RecordingId id) {
    return running.containsKey(id) || leftovers.isBeingSealed(id);
  }

  /**
   * What lies in the spool and is neither running nor being sealed. Blocks.
   *
   * @throws IOException when the spool cannot be read
   */
  public List<LeftRecording> left() throws IOException {
    return leftovers.look(this::isBusy);
  }

  /**
   * Why nothing can be recorded now, for lack of room; empty when there is room. Blocks.
   *
   * @throws IOException when the disk cannot be read
   */
  public Optional<String> lackOfRoom() throws IOException {
    SpoolRoom.Level level = SpoolRoom.measure(options.spool());
    return options
        .room()
        .pressure(level)
        .map(
            cause ->
                cause
                    + ": recordings that are not sealed take "
                    + level.spoolBytes() / MEGABYTE
                    + " MB of "
                    + options.room().limitBytes() / MEGABYTE
                    + ", the disk has "
                    + level.freeBytes() / MEGABYTE
                    + " MB left and needs "
                    + options.room().freeBytes() / MEGABYTE);
  }

  /** What all unsealed recordings take on the disk, in bytes, as it was seen last. */
  public long spoolBytes() {
    return guard.level().spoolBytes();
  }

  /** What the disk of the spool has left, in bytes, as it was seen last. */
  public long freeBytes() {
    return guard.level().freeBytes();
  }

  /** How many objects went to the second store since the start. */
  public int diverted() {
    return diverted.get();
  }

  /** How many closed chunks of running recordings are in no object store yet. */
  public int backlog() {
    return running.values().stream().mapToInt(ActiveRecording::backlog).sum();
  }

  /** An object went to the second store: its recording says so in its ledger. */
  public void storedElsewhere(ObjectKey key, String reason) {
    diverted.incrementAndGet();
    LOG.warn("object stored elsewhere key={} reason={}", key, reason);
    running.values().stream()
        .filter(recording -> recording.facts().owns(key))
        .forEach(
            recording ->
                recording.tell(
                    new LedgerEvent(
                        RecordingEvents.STORED_ELSEWHERE,
                        CanonicalJson.object().put("key", key.value()).put("cause", reason))));
  }

  /**
   * Seals a suspended recording that nobody goes on with, as interrupted.
   *
   * @return the sealed recording; fails with {@link RecordingException} when that is not possible
   *     now, then it is tried again at the next start
   */
  public Future<SealedRecording> giveUp(RecordingId id) {
    return leftovers.seal(id);
  }

  /**
   * Writes the evidence package of a sealed recording: a ZIP that a stranger checks offline.
   *
   * @param id a sealed recording
   * @param documents what the case adds, for instance the signed agreement
   * @param target a file that is made or replaced
   */
  public Future<EvidencePackage> writePackage(
      RecordingId id, List<PackageDocument> documents, Path target) {
    List<PackageDocument> copies = List.copyOf(documents);
    return blocking.run(vertx.getOrCreateContext(), () -> stored.writePackage(id, copies, target));
  }

  /** The same of a caucus's, as an order opened it ({@link heyi.recording.store.SealedStore}). */
  public Future<EvidencePackage> writePackage(
      RecordingId id, List<PackageDocument> documents, Path target, ObjectStore opened) {
    List<PackageDocument> copies = List.copyOf(documents);
    return blocking.run(
        vertx.getOrCreateContext(), () -> stored.writePackage(id, copies, target, opened));
  }

  /** Reads a sealed recording back from the object store. */
  public Future<SealedRecording> sealed(RecordingId id) {
    return blocking.run(vertx.getOrCreateContext(), () -> stored.sealed(id));
  }

  /**
   * Reads everything of a sealed recording back from the object store and compares it.
   *
   * @return what was found; fails when the store does not answer
   */
  public Future<StoreReport> check(RecordingId id) {
    return blocking.run(vertx.getOrCreateContext(), () -> stored.check(id));
  }

  /**
   * The sealed recording of class JOINT with the highest number, of those named {@code prefix1},
   * {@code prefix2} … Blocks.
   */
  public Optional<SealedRecording> lastSealed(String prefix) {
    return stored.last(prefix);
  }

  /**
   * Closes and seals every running recording; for a graceful stop.
   *
   * @return when all are sealed or have failed
   */
  public Future<Void> close() {
    List<Future<?>> closing = new ArrayList<>();
    running.values().forEach(recording -> closing.add(recording.close()));
    return Future.join(closing).otherwiseEmpty().onComplete(done -> blocking.close()).mapEmpty();
  }
}
