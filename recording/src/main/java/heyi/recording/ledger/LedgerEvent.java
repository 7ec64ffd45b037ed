package heyi.recording.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Something that happened and shall be kept: a join, a consent, a phase change, a signature.
 *
 * <p><b>Bounds:</b> the canonical form of the entry has at most {@value Ledger#MAX_LINE_BYTES}
 * bytes. Put ids and roles into the payload, never names or telephone numbers.
 *
 * @param type what happened, lower-case words joined by {@code -}, for instance {@code seat-joined}
 * @param payload the facts
 */
public record LedgerEvent(String type, ObjectNode payload) {
  private static final int MAX_TYPE_LENGTH = 64;

  /** Checks the type and copies the payload. */
  public LedgerEvent {
    boolean wrongLength = type.isEmpty() || type.length() > MAX_TYPE_LENGTH;
    if (wrongLength || !type.chars().allMatch(c -> (c >= 'a' && c <= 'z') || c == '-')) {
      throw new IllegalArgumentException("a ledger event type is lower-case words, not " + type);
    }
    payload = payload.deepCopy();
  }
}
