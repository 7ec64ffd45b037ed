package heyi.server.signing;

import java.time.Instant;
import java.util.List;

/**
 * What a document's signatures prove.
 *
 * @param signatures in the order of signing; empty when nobody signed
 */
public record SignatureReport(List<Entry> signatures) {
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
   * @param signedBy common name in the signer's certificate
   * @param signedAt as proven by the time stamp
   * @param format such as {@code PAdES-BASELINE-T}
   * @param valid whether it holds
   * @param problem why not, empty when it holds
   */
  public record Entry(
      String signedBy, Instant signedAt, String format, boolean valid, String problem) {}
}
