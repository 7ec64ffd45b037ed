package heyi.recording.packaging;

/** Types of the ledger entries that the recorder itself writes and the manifest is made of. */
public final class RecordingEvents {
  /** First entry: what is recorded. */
  public static final String STARTED = "recording-started";

  /** No media is taken any more. */
  public static final String STOPPED = "recording-stopped";

  /** The server died while recording; names the gap. */
  public static final String INTERRUPTED = "recording-interrupted";

  /**
   * The recorder was not in a conference: {@code cause} is {@code server-restart} when its server
   * was killed, {@code recorder-failed} when its disk refused, {@code bridge} when it came back in
   * another conference and {@code connection} otherwise, from {@code fromMillis} (last packet) to
   * {@code toMillis} (connected again, or closed) on the session clock.
   */
  public static final String GAP = "recording-gap";

  /**
   * From here on nothing that is said is kept, by the mediator's word; {@code reason} is what he
   * said of it, to everybody.
   */
  public static final String OFF_RECORD = "off-record";

  /** What is said is kept again. */
  public static final String ON_RECORD = "on-record";

  /** Everybody rests until there is room to keep what they say; {@code cause} says what is full. */
  public static final String PAUSED = "recording-paused";

  /** There is room again. */
  public static final String RESUMED = "recording-resumed";

  /** The first object store stayed away: {@code key} is in the second one. */
  public static final String STORED_ELSEWHERE = "object-stored-elsewhere";

  /**
   * A sender's capture stood still: its timestamps go on without a break from {@code fromMillis} to
   * {@code toMillis}, but {@code missingMillis} more have passed than they say.
   */
  public static final String CAPTURE_STALL = "capture-stall";

  /**
   * The wall clock of the server was set by {@code byMillis} from one moment to the next, and is
   * {@code aheadMillis} ahead of the session clock since: what is recorded goes on evenly, the
   * times of day of later entries do not.
   */
  public static final String CLOCK_JUMP = "clock-jump";

  /**
   * Nothing can be played of {@code seatId} and {@code kind} from {@code fromMillis} to {@code
   * toMillis}; {@code cause} is one of mute, leave, background, network, bridge, recorder,
   * server-restart, capture-stall, off-record, held-back, caucus, starting and unknown, {@code
   * toldBy} the sequence number of the entry that says so, {@code reason} what the mediator said of
   * it (off-record).
   */
  public static final String SOURCE_GAP = "source-gap";

  /** A playable file. */
  public static final String TRACK_MADE = "track-made";

  /** Last entry. */
  public static final String SEALED = "recording-sealed";

  private RecordingEvents() {}
}
