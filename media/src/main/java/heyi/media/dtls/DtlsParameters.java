package heyi.media.dtls;

import heyi.media.srtp.SrtpKeys;
import heyi.media.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.jspecify.annotations.Nullable;

/**
 * What both roles of the handshake agree on; the state of one handshake.
 *
 * <p><b>Threads:</b> the handshake thread only.
 */
final class DtlsParameters {
  static final int[] CIPHER_SUITES = {
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
  };

  /** ICE has proved the path, so a handshake that takes longer than this will not end well. */
  static final int HANDSHAKE_TIMEOUT_MILLIS = 15_000;

  /** First repetition; it doubles. A lost flight should not cost the 1 s of RFC 6347 §4.2.4.1. */
  static final int RESEND_MILLIS = 200;

  private final DtlsCertificate own;
  private final DtlsFingerprint expected;
  private @Nullable SrtpProfile profile;
  private @Nullable SrtpKeys keys;
  private boolean mismatched;

  DtlsParameters(DtlsCertificate own, DtlsFingerprint expected) {
    this.own = own;
    this.expected = expected;
  }

  @Nullable SrtpKeys keys() {
    return keys;
  }

  boolean mismatched() {
    return mismatched;
  }

  void verify(@Nullable Certificate received) throws IOException {
    if (received == null || !DtlsCertificate.matches(received, expected)) {
      mismatched = true;
      throw new TlsFatalAlert(AlertDescription.bad_certificate);
    }
  }

  TlsCredentialedSigner signer(TlsContext context) {
    return new BcDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        own.crypto(),
        own.privateKey(),
        own.certificate(),
        ecdsaSha256());
  }

  static SignatureAndHashAlgorithm ecdsaSha256() {
    return new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);
  }

  static Vector<SignatureAndHashAlgorithm> signatureAlgorithms() {
    return new Vector<>(List.of(ecdsaSha256()));
  }

  /** Every profile that is offered. */
  static UseSRTPData offer() {
    final int[] codes = Arrays.stream(SrtpProfile.values()).mapToInt(SrtpProfile::code).toArray();
    return new UseSRTPData(codes, TlsUtils.EMPTY_BYTES);
  }

  /** Chooses the best of the peer's profiles. */
  void choose(@Nullable Hashtable<?, ?> extensions) throws IOException {
    final UseSRTPData data = TlsSRTPUtils.getUseSRTPExtension(extensions);
    if (data != null) {
      for (final SrtpProfile candidate : SrtpProfile.values()) {
        if (Arrays.stream(data.getProtectionProfiles()).anyMatch(c -> c == candidate.code())) {
          profile = candidate;
          return;
        }
      }
    }
    throw new TlsFatalAlert(AlertDescription.handshake_failure);
  }

  /** What was chosen. */
  UseSRTPData chosen() throws IOException {
    return new UseSRTPData(new int[] {requireProfile().code()}, TlsUtils.EMPTY_BYTES);
  }

  private SrtpProfile requireProfile() throws IOException {
    if (profile == null) {
      throw new TlsFatalAlert(AlertDescription.handshake_failure);
    }
    return profile;
  }

  /** Takes the keys when the handshake is complete. */
  void export(TlsContext context, boolean client) throws IOException {
    final SrtpProfile agreed = requireProfile();
    final byte[] material =
        context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, agreed.keyingMaterialBytes());
    keys = client ? SrtpKeys.ofClient(agreed, material) : SrtpKeys.ofServer(agreed, material);
  }
}
