package heyi.recording.ledger;

import java.io.IOException;

/** A ledger is not what was written. */
public final class LedgerDamage extends IOException {
  private static final long serialVersionUID = 1L;

  /** With what was found. */
  public LedgerDamage(String message) {
    super(message);
  }
}
