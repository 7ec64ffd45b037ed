package heyi.recording.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.ConferenceId;
import heyi.media.SourceName;
import heyi.media.colibri2.BridgeClient;
import heyi.recording.RecordedSource;
import heyi.recording.RecordingId;
import heyi.recording.SessionClock;
import heyi.recording.capture.SourceWatch;
import heyi.recording.chunk.SpoolRoom;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.packaging.RecordingEvents;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running recording: state on its context, files on its lane.
 *
 * <p><b>Threads:</b> public methods from any; fields without {@code volatile} or {@code final}
 * belong to the context.
 */
final class ActiveRecording implements Recording {
  private static final Logger LOG = LoggerFactory.getLogger(ActiveRecording.class);

  /** Short, so that a kill loses little; long, so that a packet does not cost a system call. */
  private static final long FLUSH_MILLIS = 250;

  private static final long WATCH_MILLIS = 500;

  /** So long the mediator sees that nothing comes before the recorder comes anew. */
  private static final long TRY_AGAIN_NANOS = Duration.ofSeconds(10).toNanos();

  private final Vertx vertx;
  private final Context context;
  private final BlockingTasks lane;
  private final DiskLane disk;
  private final RecordingFacts facts;
  private final SessionClock clock;
  private final RecordingJournal journal;
  private final SourceWatch watch;
  private final PublishedSources sources;
  private final InstantSource wallClock;
  private final IntSupplier backlog;
  private final Launch.Conferences conferences;
  private final Function<ActiveRecording, Future<SealedRecording>> closing;
  private final MediaGap gap = new MediaGap();
  private final RecordingStanding standing;
  private final OffRecord rest;
  private ClockWatch clocks = new ClockWatch(Duration.ZERO);
  private final List<Long> timers = new ArrayList<>();
  private @Nullable CaptureLoop capture;
  private @Nullable Future<SealedRecording> closed;
  private boolean pressed;
  private volatile ConferenceId conference;

  ActiveRecording(
      Vertx vertx,
      Context context,
      BlockingTasks lane,
      RecordingFacts facts,
      SessionClock clock,
      RecordingJournal journal,
      SourceWatch watch,
      InstantSource wallClock,
      IntSupplier backlog,
      Launch.Conferences conferences,
      Function<ActiveRecording, Future<SealedRecording>> closing) {
    this.vertx = vertx;
    this.context = context;
    this.lane = lane;
    this.disk = new DiskLane(lane, context, this::diskFailed);
    this.facts = facts;
    this.conference = facts.conference();
    this.clock = clock;
    this.standing = new RecordingStanding(facts.id(), clock);
    this.journal = journal;
    this.watch = watch;
    this.rest = new OffRecord(clock, watch, standing, this::event);
    this.sources = new PublishedSources(watch, disk, journal, clock);
    this.wallClock = wallClock;
    this.backlog = backlog;
    this.conferences = conferences;
    this.closing = closing;
  }

  @Override
  public RecordingId id() {
    return facts.id();
  }

  @Override
  public Instant startedAt() {
    return facts.start();
  }

  @Override
  public RecordingState state() {
    return standing.state();
  }

  @Override
  public ConferenceId conference() {
    return conference;
  }

  @Override
  public void listen(RecordingListener listener) {
    standing.listen(listener);
  }

  @Override
  public Future<Void> moveTo(ConferenceId next, BridgeClient bridge) {
    return onContext(() -> taking().compose(current -> moveTo(next, bridge, current)));
  }

  private Future<Void> moveTo(ConferenceId next, BridgeClient bridge, CaptureLoop current) {
    gap.openTo(next, current.lastMediaNanos());
    standing.signal(new RecordingSignal.ConnectionLost("moves to another conference"));
    sources.removeAll();
    conference = next;
    return current
        .moveTo(conferences.connector(next, bridge))
        .onSuccess(connected -> moved())
        .recover(why -> Future.failedFuture(new RecordingException("could not move", why)));
  }

  private Future<CaptureLoop> taking() {
    CaptureLoop current = capture;
    return current == null || closed != null || standing.is(RecordingState.FAILED)
        ? Future.failedFuture(
            new RecordingException("recording " + facts.id() + " takes no media any more"))
        : Future.succeededFuture(current);
  }

  @Override
  public Future<Void> sourceAdded(RecordedSource source) {
    return onContext(() -> sources.add(source).onSuccess(done -> expectSources()));
  }

  @Override
  public Future<Void> sourceRemoved(SourceName source) {
    return onContext(
        () -> {
          Future<Void> written = sources.remove(source);
          expectSources();
          look();
          return written;
        });
  }

  @Override
  public Future<Void> sourceMuted(SourceName source, boolean muted) {
    return onContext(
        () -> {
          watch.muted(source, muted, clock.nanoClock().getAsLong());
          look();
          return Future.succeededFuture();
        });
  }

  @Override
  public Future<Void> offRecord(String why) {
    return onContext(() -> taking().compose(current -> rest.begin(current, why)));
  }

  @Override
  public Future<Void> onRecord() {
    return onContext(() -> rest.end(capture).onSuccess(done -> stillPressed()));
  }

  @Override
  public Future<LedgerEntry> event(LedgerEvent event) {
    return onContext(() -> lane.run(context, () -> journal.append(event)));
  }

  @Override
  public Future<SealedRecording> close() {
    return onContext(
        () -> {
          Future<SealedRecording> running = closed;
          if (running == null) {
            running = doClose();
            closed = running;
          }
          return running;
        });
  }

  /** It goes on after it broke off. Called before {@link #begin}. */
  void continues(SuspendedRecording suspended) {
    gap.openAfter(suspended);
    clocks = new ClockWatch(suspended.last().ahead(suspended.startedAt()));
  }

  /** Starts the timers; the capture is connected. Called on the context. */
  void begin(CaptureLoop connected, long chunkMillis) {
    capture = connected;
    timers.add(vertx.setPeriodic(FLUSH_MILLIS, timer -> disk.flush(journal)));
    timers.add(vertx.setPeriodic(chunkMillis, timer -> disk.run(journal::rotate)));
    timers.add(vertx.setPeriodic(WATCH_MILLIS, timer -> look()));
    note("recorder-connected", CanonicalJson.object());
    discloseGap();
    LOG.info("recording={} session={} connected", facts.id(), facts.sessionId());
  }

  void connectionLost(String reason) {
    CaptureLoop current = capture;
    if (current != null) {
      gap.open(current.lastMediaNanos());
    }
    note("recorder-disconnected", CanonicalJson.object().put("cause", reason));
    standing.signal(new RecordingSignal.ConnectionLost("connection lost: " + reason));
  }

  void connectionRestored() {
    note("recorder-connected", CanonicalJson.object());
    discloseGap();
    tryAgain(clock.nanoClock().getAsLong());
  }

  private void moved() {
    note("recorder-connected", CanonicalJson.object().put("conference", conference.value()));
    discloseGap();
    standing.signal(new RecordingSignal.Moved());
    stillPressed();
    if (standing.is(RecordingState.RESTING)) {
      standing.tellAgain();
    }
    LOG.info("recording={} moved to conference={}", facts.id(), conference);
  }

  private void discloseGap() {
    gap.close(clock.now()).ifPresent(event -> disk.run(() -> journal.append(event)));
  }

  /** There is no room: everybody rests, visible to all, until there is. Nothing is thrown away. */
  void press(String cause, SpoolRoom.Level level) {
    context.runOnContext(
        go -> {
          if (!pressed && closed == null) {
            pressed = true;
            note(RecordingEvents.PAUSED, level.toJson().put("cause", cause));
            standing.signal(new RecordingSignal.Pressed(cause));
          }
        });
  }

  private void stillPressed() {
    if (pressed) {
      standing.signal(new RecordingSignal.Pressed("no room"));
    }
  }

  /** There is room again. */
  void relieve(SpoolRoom.Level level) {
    context.runOnContext(
        go -> {
          if (pressed && closed == null) {
            pressed = false;
            note(RecordingEvents.RESUMED, level.toJson());
            tryAgain(clock.nanoClock().getAsLong());
          }
        });
  }

  /** Says something in the ledger that the recorder's surroundings know. */
  void tell(LedgerEvent event) {
    context.runOnContext(go -> note(event.type(), event.payload()));
  }

  /** Lets go of everything without sealing: it broke off and shall go on from its files. */
  Future<Void> letGo() {
    return onContext(
        () -> {
          timers.forEach(vertx::cancelTimer);
          CaptureLoop current = capture;
          Future<Void> left = current == null ? Future.succeededFuture() : current.stop();
          return left.otherwiseEmpty()
              .compose(gone -> disk.run(journal::close))
              .otherwiseEmpty()
              .onComplete(done -> lane.close());
        });
  }

  private void tryAgain(long nowNanos) {
    watch.startOver(nowNanos);
    if (!pressed) {
      standing.signal(new RecordingSignal.TryAgain());
    }
  }

  /** Closed chunks that wait for the object store. */
  int backlog() {
    return backlog.getAsInt();
  }

  RecordingFacts facts() {
    return facts;
  }

  RecordingJournal journal() {
    return journal;
  }

  BlockingTasks lane() {
    return lane;
  }

  Context context() {
    return context;
  }

  void tellProgress(SealingProgress progress) {
    context.runOnContext(go -> standing.tell(listener -> listener.onSealing(progress)));
  }

  private Future<SealedRecording> doClose() {
    standing.signal(new RecordingSignal.CloseAsked());
    timers.forEach(vertx::cancelTimer);
    discloseGap();
    CaptureLoop current = capture;
    Future<Void> left = current == null ? Future.succeededFuture() : current.stop();
    return left.otherwiseEmpty()
        .onComplete(gone -> standing.tell(RecordingListener::onLeft))
        .compose(gone -> disk.runLast(journal::stop))
        .compose(stopped -> closing.apply(this))
        .andThen(
            result -> {
              if (result.succeeded()) {
                standing.signal(new RecordingSignal.EvidenceStored());
              } else {
                standing.signal(
                    new RecordingSignal.Broken("not sealed: " + result.cause().getMessage()));
              }
            })
        .recover(
            failure ->
                Future.failedFuture(
                    new RecordingException("recording " + facts.id() + " not sealed", failure)));
  }

  /** Looks at the clocks and the sources: who is silent, who needs to send a keyframe. */
  private void look() {
    clocks.look(wallClock.instant(), clock).ifPresent(this::tell);
    CaptureLoop current = capture;
    if (current == null || !current.connected() || pressed || standing.is(RecordingState.RESTING)) {
      return;
    }
    long now = clock.nanoClock().getAsLong();
    current.requestKeyframes(watch.keyframesDue(now));
    PublishedSources.Findings found =
        sources.look(now, standing.is(RecordingState.STALLED), this::note);
    standing.signal(found.heard());
    found.news().ifPresent(news -> standing.tell(listener -> listener.onReception(news)));
    boolean tooLong = standing.isSince(RecordingState.STALLED, TRY_AGAIN_NANOS, now);
    if (tooLong || found.comeAnew()) {
      current.comeAnew("nothing is received: " + found.heard().silent());
    }
  }

  private void expectSources() {
    CaptureLoop current = capture;
    if (current != null) {
      current.expectWatched();
    }
  }

  private void note(String type, ObjectNode payload) {
    disk.run(() -> journal.append(new LedgerEvent(type, payload)));
  }

  private void diskFailed(Throwable failure) {
    if (closed == null && !standing.is(RecordingState.FAILED)) {
      LOG.error("recording={} disk work failed", facts.id(), failure);
      standing.signal(new RecordingSignal.Broken("disk: " + failure.getMessage()));
    }
  }

  private <T> Future<T> onContext(Supplier<Future<T>> action) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(go -> action.get().onComplete(promise));
    return promise.future();
  }
}
