package heyi.recording.verify;

import heyi.recording.Sha256;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/**
 * What the person who checks knows from elsewhere. A package cannot vouch for its own key: without
 * this it is only shown that everything was signed by one key, not whose it is.
 *
 * @param keys ids of the evidence keys to accept; empty accepts the one in the package
 * @param noteKeys verifier keys (signed-note) of logs and witnesses to accept; empty accepts those
 *     in the package
 * @param stampRoots certificates of time stamp authorities to rest on, beside those in the package
 */
public record VerificationTrust(
    Set<Sha256> keys, Set<String> noteKeys, List<X509Certificate> stampRoots) {
  /** Nothing is known. */
  public static final VerificationTrust NONE = new VerificationTrust(Set.of(), Set.of(), List.of());

  /** Copies both. */
  public VerificationTrust {
    keys = Set.copyOf(keys);
    noteKeys = Set.copyOf(noteKeys);
    stampRoots = List.copyOf(stampRoots);
  }
}
