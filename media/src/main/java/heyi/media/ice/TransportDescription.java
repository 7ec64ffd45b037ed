package heyi.media.ice;

import heyi.media.dtls.DtlsFingerprint;
import heyi.media.dtls.DtlsSetup;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/**
 * All that one side must know to reach the other: ICE credentials (RFC 8839 §5.4), the hash of the
 * DTLS certificate (RFC 8122), who starts DTLS, and addresses.
 *
 * <p>A browser's description may come without candidates: its addresses are learnt from its first
 * packets. The password is a secret of the session: {@link #toString()} hides it.
 *
 * @param ufrag 4 to 256 ice-chars
 * @param password 22 to 256 ice-chars
 * @param fingerprint hash of the DTLS certificate
 * @param setup who starts the DTLS handshake
 * @param candidates where it may be reached, at most {@value #MAX_CANDIDATES}
 * @param webSockets where the bridge channel may be opened; empty when there is none
 */
public record TransportDescription(
    String ufrag,
    String password,
    DtlsFingerprint fingerprint,
    DtlsSetup setup,
    List<IceCandidate> candidates,
    List<URI> webSockets) {
  /** A host with many interfaces has a few dozen; more is an attack or a mistake. */
  public static final int MAX_CANDIDATES = 64;

  private static final int MAX_WEB_SOCKETS = 8;
  private static final Pattern UFRAG = Pattern.compile("[A-Za-z0-9+/]{4,256}");
  private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9+/]{22,256}");

  /** Checks the credentials and the sizes. */
  public TransportDescription {
    candidates = List.copyOf(candidates);
    webSockets = List.copyOf(webSockets);
    if (!UFRAG.matcher(ufrag).matches()) {
      throw new IllegalArgumentException("ufrag is not 4 to 256 ice-chars");
    }
    if (!PASSWORD.matcher(password).matches()) {
      throw new IllegalArgumentException("password is not 22 to 256 ice-chars");
    }
    if (candidates.size() > MAX_CANDIDATES) {
      throw new IllegalArgumentException(
          "at most " + MAX_CANDIDATES + " candidates but got " + candidates.size());
    }
    if (webSockets.size() > MAX_WEB_SOCKETS) {
      throw new IllegalArgumentException(
          "at most " + MAX_WEB_SOCKETS + " web sockets but got " + webSockets.size());
    }
  }

  @Override
  public String toString() {
    return "TransportDescription[ufrag="
        + ufrag
        + ", password=[REDACTED], setup="
        + setup
        + ", candidates="
        + candidates.size()
        + "]";
  }
}
