package heyi.recording.session;

/**
 * How far the closing of a recording is.
 *
 * @param stage what is being done
 * @param percent of that stage, 0 to 100
 */
public record SealingProgress(Stage stage, int percent) {
  /** The stages, in their order. */
  public enum Stage {
    /** The worker process makes playable tracks, while the last chunks go to the object store. */
    MAKING_TRACKS,
    /** The tracks go to the object store. */
    UPLOADING_TRACKS,
    /** Ledger and manifest are closed and stored. */
    CLOSING_LEDGER
  }

  /** Checks the range. */
  public SealingProgress {
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException("percent must be 0 to 100 but is " + percent);
    }
  }
}
