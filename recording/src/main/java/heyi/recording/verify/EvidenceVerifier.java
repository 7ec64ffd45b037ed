package heyi.recording.verify;

import heyi.recording.packaging.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Checks evidence packages.
 *
 * <p>What it does not prove stands in the report itself, see {@link
 * VerificationReport#notProven()}.
 */
public final class EvidenceVerifier {
  private EvidenceVerifier() {}

  /** The same without knowing anything from elsewhere. */
  public static VerificationReport verify(Path zip) {
    return verify(zip, VerificationTrust.NONE);
  }

  /**
   * Checks everything that a package claims about itself.
   *
   * <p><b>Errors:</b> none for a bad package, however broken: it gets findings.
   *
   * @param zip the package
   * @param trust what is known from elsewhere
   */
  public static VerificationReport verify(Path zip, VerificationTrust trust) {
    PackageContent content;
    try {
      content = PackageContent.read(zip);
    } catch (IOException e) {
      Finding unreadable =
          new Finding("package", Finding.Kind.UNREADABLE, "cannot be read: " + e.getMessage());
      return new VerificationReport(
          "", "", 0, 0, List.of(), List.of(), List.of(), List.of(unreadable));
    }
    PackageCheck check = new PackageCheck(content, trust);
    List<Finding> findings = check.run();
    Manifest manifest = check.manifest();
    boolean intact = findings.isEmpty() && manifest != null;
    Conclusions conclusions =
        new Conclusions(
            content, check.ledger(), check.seal(), check.place(), check.accesses(), trust);
    return new VerificationReport(
        manifest == null ? "" : manifest.id().value(),
        check.ledger().whole() ? check.ledger().root().hex() : "",
        content.hashes().size(),
        content.bytes(),
        manifest == null || !intact ? List.of() : conclusions.proven(manifest),
        intact ? conclusions.notProven() : List.of(),
        manifest == null ? List.of() : conclusions.disclosed(manifest),
        findings);
  }
}
