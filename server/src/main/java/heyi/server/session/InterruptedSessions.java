package heyi.server.session;

import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.session.LeftRecording;
import heyi.recording.session.RecordingService;
import heyi.recording.session.SealedRecording;
import heyi.recording.session.SuspendedRecording;
import heyi.recording.store.StoreException;
import heyi.server.casefile.SessionId;
import heyi.server.sql.Blocking;
import heyi.server.timeline.TimelineEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions that a killed server left. Those in mid-talk wait for somebody to come back, then they
 * go on in the same room and the same recording; when nobody comes in time they are sealed as
 * interrupted. Those that were closed are sealed at once, and so are caucuses (单独谈话): nobody goes
 * on with one, and none is ever taken for the recording of its session.
 *
 * <p><b>Threads:</b> any; nothing blocks the caller, except {@link #take}.
 */
public final class InterruptedSessions {
  private static final Logger log = LoggerFactory.getLogger(InterruptedSessions.class);

  private final Vertx vertx;
  private final RecordingService recordings;
  private final SessionRecords records;
  private final Blocking blocking;
  private final Duration resumeWithin;
  private final Map<SessionId, PastSession> waiting = new HashMap<>();
  private final Set<SessionId> taken = new HashSet<>();
  private final Set<SessionId> givenUp = new HashSet<>();
  private final AtomicBoolean sealing = new AtomicBoolean();

  /**
   * Knows of none yet.
   *
   * @param resumeWithin how long a session waits for somebody, from the start of this server
   */
  public InterruptedSessions(
      Vertx vertx,
      RecordingService recordings,
      SessionRecords records,
      Blocking blocking,
      Duration resumeWithin) {
    this.vertx = vertx;
    this.recordings = recordings;
    this.records = records;
    this.blocking = blocking;
    this.resumeWithin = resumeWithin;
  }

  /** Finds out what was left; to be called before anybody is let in. */
  public Future<Void> look() {
    return recordings.suspended().compose(suspended -> blocking.call(() -> sort(suspended)));
  }

  private Void sort(List<SuspendedRecording> suspended) throws IOException {
    List<LeftRecording> left = recordings.left();
    records.live().forEach(session -> sort(session, suspended, left));
    return null;
  }

  private void sort(
      SessionId session, List<SuspendedRecording> suspended, List<LeftRecording> left) {
    SuspendedRecording last =
        suspended.stream()
            .filter(recording -> recording.recordingClass() == RecordingClass.JOINT)
            .filter(recording -> recording.sessionId().equals(session.value()))
            .max(Comparator.comparing(SuspendedRecording::startedAt))
            .orElse(null);
    PastSession past =
        new PastSession(last == null ? records.timeline(session) : ledgerOf(last), last);
    if (past.closed()
        || (last == null && !nothingIn(left, session))
        || (last == null && isInStore(session))) {
      records.close(session);
      return;
    }
    synchronized (this) {
      waiting.put(session, past);
    }
    log.info(
        "session was interrupted, waits for its people session={} recording={}",
        session.value(),
        last == null ? null : last.id());
    vertx.setTimer(
        resumeWithin.toMillis(),
        _ ->
            giveUp(session)
                .onFailure(
                    failure ->
                        log.error(
                            "interrupted session not sealed, next start tries again session={}",
                            session.value(),
                            failure)));
  }

  /** The ledger is the record; the database is only its index. */
  private static List<TimelineEvent> ledgerOf(SuspendedRecording recording) {
    return recording.facts().stream()
        .map(entry -> TimelineEvent.ofLedger(entry.type(), entry.payload()))
        .filter(Objects::nonNull)
        .toList();
  }

  /** Seals what nobody can go on with. */
  public Future<Void> sealOthers() {
    return oneAtATime(
        () ->
            recordings
                .recoverUnfinished(spared())
                .compose(complete -> blocking.call(() -> attach(complete))));
  }

  /**
   * Seals again and again what was closed and could not be sealed then, because the store was away
   * for longer than a close waits.
   *
   * @param onSealed told of each
   * @return how to stop that
   */
  public Runnable keepSealing(Duration every, Consumer<SealedRecording> onSealed) {
    long timer =
        vertx.setPeriodic(
            every.toMillis(),
            _ ->
                oneAtATime(() -> sealClosed(onSealed))
                    .onFailure(failure -> log.warn("closed sessions not sealed yet", failure)));
    return () -> vertx.cancelTimer(timer);
  }

  /** Nobody seals the same files twice at a time. */
  private Future<Void> oneAtATime(Supplier<Future<Void>> work) {
    return sealing.compareAndSet(false, true)
        ? work.get().onComplete(_ -> sealing.set(false))
        : Future.succeededFuture();
  }

  private Future<Void> sealClosed(Consumer<SealedRecording> onSealed) {
    return blocking
        .call(this::closed)
        .compose(
            left -> {
              Future<Void> all = Future.succeededFuture();
              for (RecordingId recording : left) {
                all = all.compose(_ -> sealClosed(recording, onSealed));
              }
              return all;
            });
  }

  /** What waits for its seal: of closed sessions, and the caucuses that are over. */
  private List<RecordingId> closed() throws IOException {
    List<SessionId> sessions = records.sealing();
    return recordings.left().stream()
        .filter(
            left ->
                left.recordingClass() == RecordingClass.SEALED
                    ? left.ended()
                    : sessions.stream().anyMatch(session -> isJoint(left, session)))
        .map(LeftRecording::id)
        .toList();
  }

  private Future<Void> sealClosed(RecordingId id, Consumer<SealedRecording> onSealed) {
    return recordings
        .sealLeft(id)
        .compose(
            done ->
                done.isEmpty()
                    ? Future.succeededFuture()
                    : blocking.<Void>call(() -> attach(done.get(), onSealed)))
        .recover(
            failure -> {
              log.warn("recording={} not sealed yet: {}", id, failure.toString());
              return Future.succeededFuture();
            });
  }

  private Void attach(SealedRecording recording, Consumer<SealedRecording> onSealed) {
    log.info("sealed late session={} recording={}", recording.sessionId(), recording.id());
    if (recording.recordingClass() == RecordingClass.JOINT) {
      records.seal(new SessionId(recording.sessionId()), recording);
      onSealed.accept(recording);
    }
    return null;
  }

  private synchronized Set<RecordingId> spared() {
    return waiting.values().stream()
        .map(PastSession::recording)
        .filter(Objects::nonNull)
        .map(SuspendedRecording::id)
        .collect(Collectors.toSet());
  }

  private Void attach(List<SealedRecording> complete) throws IOException {
    Set<String> done = new HashSet<>();
    for (SealedRecording recording : complete) {
      if (recording.recordingClass() == RecordingClass.JOINT) {
        records.seal(new SessionId(recording.sessionId()), recording);
        done.add(recording.sessionId());
      }
      log.info(
          "interrupted recording sealed session={} recording={}",
          recording.sessionId(),
          recording.id());
    }
    List<LeftRecording> left = recordings.left();
    for (SessionId session : records.sealing()) {
      if (!done.contains(session.value()) && nothingIn(left, session)) {
        inStore(session)
            .ifPresentOrElse(
                stored -> records.seal(session, stored), () -> records.giveUp(session));
      }
    }
    return null;
  }

  /** A store that is away has nothing to say: whoever comes finds the room open. */
  private boolean isInStore(SessionId session) {
    try {
      return inStore(session).isPresent();
    } catch (StoreException.Unreachable away) {
      log.warn("not known whether session={} is sealed: {}", session.value(), away.getMessage());
      return false;
    }
  }

  /** What was sealed when the server died before the database knew. */
  private Optional<SealedRecording> inStore(SessionId session) {
    return recordings.lastSealed(RunningSession.recordingPrefix(session));
  }

  /**
   * Somebody comes to a session: it waits no longer. Blocks; call on a virtual thread.
   *
   * @return what is known of it; null when it was given up and is being sealed
   */
  public @Nullable PastSession take(SessionId session) {
    synchronized (this) {
      if (givenUp.contains(session)) {
        return null;
      }
      taken.add(session);
      PastSession past = waiting.get(session);
      if (past != null) {
        return past;
      }
    }
    List<TimelineEvent> events = records.timeline(session);
    return events.isEmpty() ? PastSession.NONE : new PastSession(events, null);
  }

  private Future<Void> giveUp(SessionId session) {
    PastSession left;
    synchronized (this) {
      left = waiting.get(session);
      if (left == null || taken.contains(session)) {
        return Future.succeededFuture();
      }
      givenUp.add(session);
    }
    log.warn("nobody came back to the interrupted session={}", session.value());
    SuspendedRecording recording = left.recording();
    Future<Void> closed = blocking.call(() -> records.close(session));
    if (recording == null) {
      return closed.compose(_ -> blocking.call(() -> records.giveUp(session)));
    }
    return closed
        .compose(_ -> recordings.giveUp(recording.id()))
        .compose(complete -> blocking.call(() -> records.seal(session, complete)))
        .mapEmpty();
  }

  private static boolean nothingIn(List<LeftRecording> left, SessionId session) {
    return left.stream().noneMatch(recording -> isJoint(recording, session));
  }

  /** Files that do not say what they are may be of the session that their name says. */
  private static boolean isJoint(LeftRecording left, SessionId session) {
    return left.sessionId() == null
        ? left.id().value().startsWith(RunningSession.recordingPrefix(session))
        : left.sessionId().equals(session.value()) && left.recordingClass() == RecordingClass.JOINT;
  }
}
