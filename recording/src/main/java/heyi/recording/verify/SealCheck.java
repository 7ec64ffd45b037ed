package heyi.recording.verify;

import heyi.recording.packaging.PackageLayout;
import heyi.recording.seal.EvidencePublicKey;
import heyi.recording.seal.SealException;
import heyi.recording.seal.TimeStamp;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks signatures and time stamp: the witnesses that nobody can make again without a key. */
final class SealCheck {
  private final PackageContent content;
  private final VerificationTrust trust;
  private final List<Finding> findings = new ArrayList<>();

  SealCheck(PackageContent content, VerificationTrust trust) {
    this.content = content;
    this.trust = trust;
  }

  SealFacts run() {
    EvidencePublicKey key = key(PackageLayout.KEY);
    EvidencePublicKey exporter =
        content.has(PackageLayout.EXPORT_KEY) ? key(PackageLayout.EXPORT_KEY) : key;
    checkSignature(key, PackageLayout.MANIFEST, PackageLayout.SIGNATURE);
    checkSignature(exporter, PackageLayout.SUMS, PackageLayout.SUMS_SIGNATURE);
    return new SealFacts(key, exporter, stamp());
  }

  List<Finding> findings() {
    return findings;
  }

  private @Nullable EvidencePublicKey key(String name) {
    if (!content.has(name)) {
      return null; // reported as missing
    }
    try {
      EvidencePublicKey key = EvidencePublicKey.ofPem(text(name));
      if (!trust.keys().isEmpty() && !trust.keys().contains(key.id())) {
        report(name, Finding.Kind.CONTRADICTION, "is " + key.id() + ", not the key you gave");
      }
      return key;
    } catch (SealException e) {
      report(name, Finding.Kind.ALTERED, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private void checkSignature(@Nullable EvidencePublicKey key, String data, String signature) {
    if (key == null || !content.has(data) || !content.has(signature)) {
      return; // reported as missing
    }
    if (!key.verifies(content.text(data), content.text(signature))) {
      report(signature, Finding.Kind.ALTERED, "is no signature of " + key.id() + " over " + data);
    }
  }

  private @Nullable TimeStamp stamp() {
    if (!content.has(PackageLayout.STAMP)) {
      return null;
    }
    try {
      List<X509Certificate> roots = new ArrayList<>(trust.stampRoots());
      roots.addAll(TimeStamp.certificates(text(PackageLayout.STAMP_TRUST)));
      return TimeStamp.check(
          content.text(PackageLayout.STAMP), content.text(PackageLayout.MANIFEST), roots);
    } catch (SealException e) {
      report(
          PackageLayout.STAMP,
          Finding.Kind.ALTERED,
          "is no time stamp over " + PackageLayout.MANIFEST + ": " + e.getMessage());
      return null;
    }
  }

  private String text(String name) {
    return new String(content.text(name), StandardCharsets.UTF_8);
  }

  private void report(String object, Finding.Kind kind, String message) {
    findings.add(new Finding(object, kind, message));
  }
}
