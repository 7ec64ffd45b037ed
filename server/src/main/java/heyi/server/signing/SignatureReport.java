package heyi.server.signing;

import java.time.Instant;
import java.util.List;

/**
 * What a document's signatures prove.
 *
 * @param confirmedSha256 of the bytes that stood there before anybody signed: what the parties
 *     confirmed; empty when nobody signed
 * @param signatures in the order of signing; empty when nobody signed
 */
public record SignatureReport(String confirmedSha256, List<Entry> signatures) {
  /** Copies the list. */
  public SignatureReport {
    signatures = List.copyOf(signatures);
  }

  /** Whether somebody signed and every signature holds. */
  public boolean isValid() {
    return !signatures.isEmpty() && signatures.stream().allMatch(Entry::valid);
  }

  /**
   * One signature.
   *
   * @param slot name of the signature field, such as {@code party-1}
   * @param signedBy common name in the signer's certificate
   * @param signedAt as proven by the time stamp
   * @param reason as the signer gave it
   * @param format such as {@code PAdES-BASELINE-T}
   * @param valid whether it holds
   * @param problem why not, in the words of ETSI EN 319 102-1 such as {@code HASH_FAILURE}, or
   *     {@link SignatureVerifier#CHANGED_AFTER_SIGNING}; empty when it holds
   */
  public record Entry(
      String slot,
      String signedBy,
      Instant signedAt,
      String reason,
      String format,
      boolean valid,
      String problem) {}
}
