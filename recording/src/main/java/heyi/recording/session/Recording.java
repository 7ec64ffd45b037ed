package heyi.recording.session;

import heyi.media.ConferenceId;
import heyi.media.SourceName;
import heyi.media.colibri2.BridgeClient;
import heyi.recording.RecordedSource;
import heyi.recording.RecordingId;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.ledger.LedgerEvent;
import io.vertx.core.Future;
import java.time.Instant;

/**
 * One running recording.
 *
 * <p><b>Threads:</b> any; nothing blocks. Calls take effect in their order.
 */
public interface Recording {
  /** Its name. */
  RecordingId id();

  /** Zero of the session clock in wall clock time; ledger offsets and tracks count from here. */
  Instant startedAt();

  /** Where it is now. */
  RecordingState state();

  /** Where its packets come from, or are to come from; a listener is told in the same order. */
  ConferenceId conference();

  /** Adds a listener; it is told of changes from now on. */
  void listen(RecordingListener listener);

  /**
   * The room talks in another conference, perhaps on another bridge: leaves the former, forgets its
   * sources and joins the new one. It stays one recording with one journal, one ledger and one
   * clock; the time in between stands in the ledger as {@code recording-gap} with the cause {@code
   * bridge}. Sources named from now on are those of the new conference.
   *
   * @return when packets of the new conference can come; fails with {@link RecordingException},
   *     then the recording is STALLED and in no conference until it is moved again
   */
  Future<Void> moveTo(ConferenceId conference, BridgeClient bridge);

  /**
   * A participant publishes a source: expect, keep and watch it. Naming it again replaces it.
   *
   * <p><b>Bounds:</b> at most 64 sources in a recording; more fail the future.
   */
  Future<Void> sourceAdded(RecordedSource source);

  /** A source is gone; unknown ones are ignored. */
  Future<Void> sourceRemoved(SourceName source);

  /** A source is muted or heard again; a muted source may be silent without an alarm. */
  Future<Void> sourceMuted(SourceName source, boolean muted);

  /**
   * Off the record: from now on nothing that comes is kept, until {@link #onRecord}. The ledger
   * says from when and why.
   *
   * @return once nothing is kept any more and that is written down; the state is RESTING then.
   *     Fails with {@link RecordingException} when the recording takes no media any more
   */
  Future<Void> offRecord(String why);

  /** On the record again; without effect unless RESTING. */
  Future<Void> onRecord();

  /**
   * Appends to the session's ledger.
   *
   * @return the entry once it is on disk; its offset is the second in the recording. Fails with
   *     {@link RecordingException} after closing, or when too many wait
   */
  Future<LedgerEntry> event(LedgerEvent event);

  /**
   * Ends the recording and seals it. Calling again gives the same future.
   *
   * @return the sealed recording; fails with {@link RecordingException} when sealing is not
   *     possible now, then everything stays on disk for {@link
   *     RecordingService#recoverUnfinished()}
   */
  Future<SealedRecording> close();
}
