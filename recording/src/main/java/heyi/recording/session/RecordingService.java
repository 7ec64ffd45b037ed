package heyi.recording.session;

import heyi.media.ConferenceId;
import heyi.recording.ObjectKey;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.SessionClock;
import heyi.recording.capture.Capture;
import heyi.recording.capture.RecorderEndpoint;
import heyi.recording.capture.SourceWatch;
import heyi.recording.chunk.ChunkUploads;
import heyi.recording.chunk.SealedChunk;
import heyi.recording.chunk.Spool;
import heyi.recording.journal.JournalBuffer;
import heyi.recording.mux.MadeTrack;
import heyi.recording.mux.MuxProcess;
import heyi.recording.packaging.EvidencePackage;
import heyi.recording.packaging.Manifest;
import heyi.recording.packaging.PackageDocument;
import heyi.recording.packaging.PackageWriter;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.StoredObject;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts recordings, finishes those that a killed server left, and packs sealed ones.
 *
 * <p><b>Threads:</b> any; nothing blocks the caller.
 */
public final class RecordingService {
  private final Vertx vertx;
  private final RecordingOptions options;
  private final ObjectStore store;
  private final InstantSource clock;
  private final LongSupplier nanoClock;
  private final Sealer sealer;
  private final BlockingTasks blocking = BlockingTasks.parallel();
  private final Map<RecordingId, ActiveRecording> running = new ConcurrentHashMap<>();
  private final Leftovers leftovers;

  private RecordingService(
      Vertx vertx,
      RecordingOptions options,
      ObjectStore store,
      InstantSource clock,
      LongSupplier nanoClock) {
    this.vertx = vertx;
    this.options = options;
    this.store = store;
    this.clock = clock;
    this.nanoClock = nanoClock;
    this.sealer =
        new Sealer(
            store, new MuxProcess(options.workerDeadline(), options.workerMemoryMegabytes()));
    this.leftovers =
        new Leftovers(vertx, blocking, options.spool(), new SpoolRecovery(sealer, clock));
  }

  /**
   * Makes the service; nothing is read or written yet.
   *
   * @param vertx for timers and contexts
   * @param options directories and limits
   * @param store where evidence goes
   * @param clock wall clock
   */
  public static RecordingService create(
      Vertx vertx, RecordingOptions options, ObjectStore store, InstantSource clock) {
    return create(vertx, options, store, clock, System::nanoTime);
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
      InstantSource clock,
      LongSupplier nanoClock) {
    return new RecordingService(vertx, options, store, clock, nanoClock);
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
   * ledger as {@code recording-gap} with the cause {@code server-restart}.
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
        SessionClock.goingOn(
            suspended.startedAt(), clock.instant(), suspended.lastOffset(), nanoClock);
    RecordingFacts facts =
        new RecordingFacts(
            request.id(),
            suspended.sessionId(),
            request.recordingClass(),
            request.conference(),
            suspended.startedAt());
    return launch(launch(request, facts, sessionClock, suspended));
  }

  private Launch launch(
      RecordingRequest request,
      RecordingFacts facts,
      SessionClock sessionClock,
      @Nullable SuspendedRecording suspended) {
    ActiveRecording.Conferences conferences =
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
      ActiveRecording.Conferences others,
      Runnable onEnd) {
    return launch(new Launch(facts, sessionClock, first, others, onEnd, null));
  }

  Future<Recording> launch(Launch launch) {
    RecordingFacts facts = launch.facts();
    Context context = vertx.getOrCreateContext();
    Spool spool = Spool.of(options.spool(), facts.id());
    JournalBuffer buffer = new JournalBuffer(options.journalBufferBytes());
    ChunkUploads uploads =
        new ChunkUploads(
            store,
            spool,
            StoreLayout.chunks(facts.root()),
            blocking.executor(),
            (delay, action) -> vertx.setTimer(delay.toMillis(), timer -> action.run()));
    BlockingTasks lane = BlockingTasks.lane("recording-" + facts.id());
    SourceWatch watch = new SourceWatch();
    return lane.run(
            context,
            () -> launch.open(spool, new SpoolRecovery(sealer, clock), clock, buffer, uploads))
        .recover(failure -> failedStart(lane, launch.onEnd(), failure))
        .compose(
            journal -> {
              ActiveRecording recording =
                  new ActiveRecording(
                      vertx,
                      context,
                      lane,
                      facts,
                      launch.clock(),
                      journal,
                      watch,
                      launch.others(),
                      ending -> seal(ending, uploads, launch.onEnd()));
              launch.prepare(recording);
              CaptureLoop capture =
                  new CaptureLoop(
                      vertx,
                      context,
                      launch.first(),
                      launch.clock(),
                      buffer,
                      watch,
                      recording::connectionLost,
                      recording::connectionRestored);
              running.put(facts.id(), recording);
              return connect(recording, capture, spool, launch);
            });
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
    return blocking.run(
        vertx.getOrCreateContext(),
        () -> new PackageWriter(store).write(rootOf(id), copies, target));
  }

  /** Reads a sealed recording back from the object store. */
  public Future<SealedRecording> sealed(RecordingId id) {
    return blocking.run(
        vertx.getOrCreateContext(),
        () -> {
          ObjectKey key = StoreLayout.manifest(rootOf(id));
          StoredObject stored =
              store
                  .stat(key)
                  .orElseThrow(() -> new RecordingException("recording " + id + " is not sealed"));
          try (InputStream in = store.read(key)) {
            return Sealer.sealedRecording(Manifest.read(in.readAllBytes()), stored);
          }
        });
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

  private Future<Recording> connect(
      ActiveRecording recording, CaptureLoop capture, Spool spool, Launch launch) {
    return capture
        .start()
        .<Recording>map(
            connected -> {
              recording
                  .context()
                  .runOnContext(go -> recording.begin(capture, options.chunkLength().toMillis()));
              return recording;
            })
        .recover(
            failure -> {
              running.remove(recording.id());
              return recording
                  .lane()
                  .run(
                      recording.context(),
                      () -> {
                        launch.abandon(recording.journal(), spool);
                        return spool;
                      })
                  .otherwiseEmpty()
                  .compose(cleaned -> failedStart(recording.lane(), launch.onEnd(), failure));
            });
  }

  private <T> Future<T> failedStart(BlockingTasks lane, Runnable onEnd, Throwable failure) {
    lane.close();
    blocking.executor().execute(onEnd);
    return Future.failedFuture(
        new RecordingException("could not start to record: " + failure.getMessage(), failure));
  }

  /** Waits for the uploads, makes tracks, closes the ledger, stores it, lets go of everything. */
  private Future<SealedRecording> seal(
      ActiveRecording recording, ChunkUploads uploads, Runnable onEnd) {
    blocking.executor().execute(onEnd);
    Context context = recording.context();
    RecordingJournal journal = recording.journal();
    return uploads
        .drained()
        .timeout(options.uploadTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .compose(stored -> recording.lane().run(context, journal::sealedChunks))
        .compose(chunks -> blocking.run(context, () -> makeTracks(recording, chunks)))
        .compose(
            made ->
                recording
                    .lane()
                    .run(
                        context,
                        () -> {
                          journal.closeLedger(made);
                          return made;
                        }))
        .compose(
            made ->
                blocking.run(
                    context,
                    () ->
                        sealer.store(journal.spool(), recording.facts(), recording::tellProgress)))
        .onComplete(
            result -> {
              running.remove(recording.id());
              recording.lane().run(context, () -> closeFiles(journal));
              recording.lane().close();
            });
  }

  private List<MadeTrack> makeTracks(ActiveRecording recording, List<SealedChunk> chunks)
      throws IOException {
    return sealer.makeTracks(
        recording.journal().spool(), recording.facts(), chunks, recording::tellProgress);
  }

  private static RecordingJournal closeFiles(RecordingJournal journal) throws IOException {
    journal.close();
    return journal;
  }

  private ObjectKey rootOf(RecordingId id) {
    for (RecordingClass recordingClass : RecordingClass.values()) {
      ObjectKey root = StoreLayout.root(recordingClass, id);
      if (store.stat(StoreLayout.manifest(root)).isPresent()) {
        return root;
      }
    }
    throw new RecordingException("recording " + id + " is not sealed");
  }
}
