package heyi.recording.journal;

import java.io.IOException;

/** A journal file is not what was written; everything before the damage is good. */
public final class JournalDamage extends IOException {
  private static final long serialVersionUID = 1L;

  /** With what was found. */
  public JournalDamage(String message) {
    super(message);
  }
}
