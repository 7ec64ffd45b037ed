package heyi.server.session;

import heyi.media.ConferenceId;
import heyi.media.colibri2.BridgeClient;
import heyi.recording.session.Recording;
import heyi.server.casefile.SessionId;
import io.vertx.core.Future;

/** Starts the recorder on a conference. */
@FunctionalInterface
public interface RecordingStarter {
  /** Completes when the recorder is connected; {@code name} was never used before. */
  Future<Recording> start(
      String name, SessionId session, ConferenceId conference, BridgeClient bridge);
}
