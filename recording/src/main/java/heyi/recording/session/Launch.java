package heyi.recording.session;

import heyi.media.ConferenceId;
import heyi.media.colibri2.BridgeClient;
import heyi.recording.SessionClock;
import heyi.recording.capture.Capture;
import heyi.recording.chunk.ChunkUploads;
import heyi.recording.chunk.Spool;
import heyi.recording.journal.JournalBuffer;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A recording that is about to begin, or to go on after its server was killed.
 *
 * @param facts what it is
 * @param clock its session clock
 * @param first the way into the conference
 * @param others the way into others that it may move to
 * @param onEnd runs on a virtual thread when the capture is over, or did not come about
 * @param suspended what it goes on with, null when it is new
 */
record Launch(
    RecordingFacts facts,
    SessionClock clock,
    Capture.Connector first,
    Conferences others,
    Runnable onEnd,
    @Nullable SuspendedRecording suspended) {

  /** Gives the way into a conference. */
  @FunctionalInterface
  interface Conferences {
    Capture.Connector connector(ConferenceId conference, BridgeClient bridge);
  }

  /** Opens the files; blocks. */
  RecordingJournal open(
      Spool spool,
      SpoolRecovery recovery,
      InstantSource wallClock,
      JournalBuffer buffer,
      ChunkUploads uploads)
      throws IOException {
    if (suspended == null) {
      return RecordingJournal.create(spool, facts, clock, wallClock, buffer, uploads);
    }
    if (recovery.suspended(spool, suspended.cause()).isEmpty()) {
      throw new RecordingException("recording " + facts.id() + " has ended");
    }
    return RecordingJournal.resume(spool, facts, clock, wallClock, buffer, uploads);
  }

  /** The recorder did not connect: a new recording never was, an old one waits. Blocks. */
  void abandon(RecordingJournal journal, Spool spool) throws IOException {
    journal.close();
    if (suspended == null) {
      spool.delete();
    }
  }

  /** What it has to disclose, before its timers start. */
  void prepare(ActiveRecording recording) {
    if (suspended != null) {
      recording.continues(suspended);
    }
  }
}
