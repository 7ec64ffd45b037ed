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
import java.util.Optional;

/** Starts the recorder on a conference. */
public interface RecordingStarter {
  /** Completes when the recorder is connected; {@code name} was never recorded under before. */
  Future<Recording> start(
      String name,
      SessionId session,
      RecordingClass recordingClass,
      ConferenceId conference,
      BridgeClient bridge);

  /**
   * Goes on with a recording that a killed server left, in the class that it has; completes as
   * above.
   */
  Future<Recording> resume(
      SuspendedRecording suspended, ConferenceId conference, BridgeClient bridge);

  /**
   * Takes a recording that has FAILED out of service.
   *
   * @return what to resume; empty when it can never go on, failed when it cannot now
   */
  Future<Optional<SuspendedRecording>> suspend(RecordingId failed);

  /** Seals a recording that a killed server left and that does not go on. */
  Future<SealedRecording> giveUp(RecordingId suspended);
}
