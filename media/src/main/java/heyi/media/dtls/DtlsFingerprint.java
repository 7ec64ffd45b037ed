package heyi.media.dtls;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Hash of a DTLS certificate, told over signalling so that media cannot be intercepted (RFC 8122
 * §5).
 *
 * @param hash name of the hash function, lower case, e.g. {@code sha-256}
 * @param value upper-case hex octets parted by colons, e.g. {@code BD:86:…}
 */
public record DtlsFingerprint(String hash, String value) {
  private static final Pattern HASH = Pattern.compile("sha-(1|224|256|384|512)");
  private static final Pattern VALUE = Pattern.compile("[0-9A-F]{2}(:[0-9A-F]{2}){19,63}");

  /** Normalises the letters and checks the form. */
  public DtlsFingerprint {
    hash = hash.toLowerCase(Locale.ROOT);
    value = value.toUpperCase(Locale.ROOT);
    if (!HASH.matcher(hash).matches()) {
      throw new IllegalArgumentException("fingerprint hash is not of the sha family");
    }
    if (!VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException("fingerprint is not 20 to 64 hex octets");
    }
  }
}
