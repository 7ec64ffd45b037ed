package heyi.server.session;

import heyi.media.ConferenceId;
import heyi.media.SourceName;
import heyi.media.colibri2.BridgeClient;
import heyi.recording.RecordedSource;
import heyi.recording.RecordingId;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.session.Recording;
import heyi.recording.session.RecordingListener;
import heyi.recording.session.RecordingState;
import heyi.recording.session.SealedRecording;
import heyi.recording.session.SourceReception;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A recording that does what a test says and remembers what it was told. */
final class FakeRecording implements Recording {
  private static final Instant AT = Instant.parse("2026-11-21T02:00:00Z");

  private final RecordingId id;
  final List<String> ledger = new CopyOnWriteArrayList<>();
  final List<ConferenceId> moves = new CopyOnWriteArrayList<>();
  final BlockingQueue<Future<Void>> moveAnswers = new LinkedBlockingQueue<>();
  private final List<RecordingListener> listeners = new CopyOnWriteArrayList<>();

  /** How a close ends. */
  volatile Future<SealedRecording> closing = Future.failedFuture("not in this test");

  /** When what is written is on the disk. */
  volatile Future<Void> disk = Future.succeededFuture();

  volatile RecordingState state = RecordingState.RECEIVING;
  private volatile ConferenceId conference = new ConferenceId("room-1");

  FakeRecording(String name) {
    this.id = new RecordingId(name);
  }

  @Override
  public RecordingId id() {
    return id;
  }

  @Override
  public Instant startedAt() {
    return AT;
  }

  @Override
  public RecordingState state() {
    return state;
  }

  @Override
  public ConferenceId conference() {
    return conference;
  }

  @Override
  public void listen(RecordingListener listener) {
    listeners.add(listener);
  }

  void receives(ConferenceId from) {
    conference = from;
    listeners.forEach(listener -> listener.onState(RecordingState.RECEIVING, "packets"));
  }

  @Override
  public Future<Void> moveTo(ConferenceId conference, BridgeClient bridge) {
    moves.add(conference);
    return moveAnswers.remove();
  }

  @Override
  public Future<Void> sourceAdded(RecordedSource source) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> sourceRemoved(SourceName source) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> sourceMuted(SourceName source, boolean muted) {
    return Future.succeededFuture();
  }

  @Override
  public Future<LedgerEntry> event(LedgerEvent event) {
    if (state == RecordingState.FAILED) {
      return Future.failedFuture("the disk is full");
    }
    ledger.add(event.type());
    return disk.mapEmpty();
  }

  @Override
  public Future<Void> offRecord(String why) {
    become(RecordingState.RESTING);
    ledger.add("off-record " + why);
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> onRecord() {
    if (state == RecordingState.RESTING) {
      ledger.add("on-record");
      become(RecordingState.RECEIVING);
    }
    return Future.succeededFuture();
  }

  private void become(RecordingState next) {
    state = next;
    listeners.forEach(listener -> listener.onState(next, "told"));
  }

  void hears(SourceReception source) {
    listeners.forEach(listener -> listener.onReception(List.of(source)));
  }

  void left() {
    listeners.forEach(RecordingListener::onLeft);
  }

  @Override
  public Future<SealedRecording> close() {
    return closing;
  }
}
