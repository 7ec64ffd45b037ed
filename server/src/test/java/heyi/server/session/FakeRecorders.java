package heyi.server.session;

import heyi.media.ConferenceId;
import heyi.media.colibri2.BridgeClient;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.session.Recording;
import heyi.recording.session.SealedRecording;
import heyi.recording.session.SuspendedRecording;
import heyi.server.casefile.SessionId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Recorders that start when the test says so. */
final class FakeRecorders implements RecordingStarter {
  /** What was asked for; the test answers. */
  final BlockingQueue<Start> starts = new LinkedBlockingQueue<>();

  /** What the files of failed recordings turn out to be, in the order of asking. */
  final BlockingQueue<Future<Optional<SuspendedRecording>>> suspensions =
      new LinkedBlockingQueue<>();

  record Start(
      String name,
      RecordingClass recordingClass,
      ConferenceId conference,
      Promise<Recording> answer) {}

  @Override
  public Future<Recording> start(
      String name,
      SessionId session,
      RecordingClass recordingClass,
      ConferenceId conference,
      BridgeClient client) {
    Start start = new Start(name, recordingClass, conference, Promise.promise());
    starts.add(start);
    return start.answer().future();
  }

  @Override
  public Future<Recording> resume(
      SuspendedRecording suspended, ConferenceId conference, BridgeClient client) {
    return start(
        "resume " + suspended.id(),
        new SessionId(suspended.sessionId()),
        suspended.recordingClass(),
        conference,
        client);
  }

  @Override
  public Future<Optional<SuspendedRecording>> suspend(RecordingId failed) {
    return suspensions.remove();
  }

  @Override
  public Future<SealedRecording> giveUp(RecordingId suspended) {
    return Future.failedFuture("not in this test");
  }
}
