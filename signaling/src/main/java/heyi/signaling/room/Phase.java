package heyi.signaling.room;

/** Where a session stands. */
public enum Phase {
  /** People arrive; everyone sees only himself and nothing is recorded. */
  LOBBY,
  /** Recorded opening: names, rights and duties, recusal (特邀调解规定 art. 14). */
  OPENING,
  /** Recorded joint talk. */
  JOINT,
  /** Substance rests, with a reason that everyone sees. */
  PAUSED,
  /** The result is read back. */
  READBACK,
  /** The agreement is confirmed, R38. */
  SIGNING,
  /** Over. */
  CLOSED;

  /** Whether participants see and hear each other in this phase. */
  public boolean hasMedia() {
    return this != LOBBY && this != CLOSED;
  }
}
