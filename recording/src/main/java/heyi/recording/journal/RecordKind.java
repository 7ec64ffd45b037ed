package heyi.recording.journal;

/** What a journal record holds. */
public enum RecordKind {
  /** One decrypted RTP packet (RFC 3550 §5.1), retransmissions unwrapped. */
  RTP(1),
  /** One decrypted compound RTCP packet (RFC 3550 §6.1). */
  RTCP(2),
  /** A fact about the recording itself, canonical JSON. */
  META(3);

  private final int code;

  RecordKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static RecordKind ofCode(int code) throws JournalDamage {
    for (RecordKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new JournalDamage("no record kind has the code " + code);
  }
}
