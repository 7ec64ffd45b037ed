package heyi.media.dtls;

import java.util.Locale;
import java.util.Optional;

/** Who starts the DTLS handshake (RFC 4145 §4, RFC 5763 §5). */
public enum DtlsSetup {
  /** Either; the other side decides. An offer says this. */
  ACTPASS,
  /** This side starts: it is the DTLS client. */
  ACTIVE,
  /** This side waits: it is the DTLS server. */
  PASSIVE;

  /** The word of SDP and Colibri2: {@code actpass}, {@code active} or {@code passive}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Finds the value for a word of SDP or Colibri2.
   *
   * @param word e.g. {@code active}
   */
  public static Optional<DtlsSetup> ofWord(String word) {
    return switch (word) {
      case "actpass" -> Optional.of(ACTPASS);
      case "active" -> Optional.of(ACTIVE);
      case "passive" -> Optional.of(PASSIVE);
      default -> Optional.empty();
    };
  }
}
