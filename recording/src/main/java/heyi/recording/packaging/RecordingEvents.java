package heyi.recording.packaging;

/** Types of the ledger entries that the recorder itself writes and the manifest is made of. */
public final class RecordingEvents {
  /** First entry: what is recorded. */
  public static final String STARTED = "recording-started";

  /** No media is taken any more. */
  public static final String STOPPED = "recording-stopped";

  /** The server died while recording; names the gap. */
  public static final String INTERRUPTED = "recording-interrupted";

  /** A playable file. */
  public static final String TRACK_MADE = "track-made";

  /** Last entry. */
  public static final String SEALED = "recording-sealed";

  private RecordingEvents() {}
}
