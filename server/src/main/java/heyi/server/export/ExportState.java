package heyi.server.export;

/** Where a film is in its life. */
public enum ExportState {
  /** A clip that a second person has to decide on. */
  WAITING,
  /** Waits for its turn. */
  QUEUED,
  /** Is being made. */
  RUNNING,
  /** Can be played. */
  DONE,
  /** Could not be made. */
  FAILED,
  /** Somebody did not want it any more. */
  CANCELLED,
  /** The second person said no. */
  DECLINED;

  /** Whether nothing happens to it any more. */
  public boolean ended() {
    return switch (this) {
      case WAITING, QUEUED, RUNNING -> false;
      case DONE, FAILED, CANCELLED, DECLINED -> true;
    };
  }
}
