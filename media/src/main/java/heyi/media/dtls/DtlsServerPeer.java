package heyi.media.dtls;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/** The passive side of DTLS-SRTP (RFC 5764). */
final class DtlsServerPeer extends DefaultTlsServer {
  private final DtlsParameters parameters;

  DtlsServerPeer(BcTlsCrypto crypto, DtlsParameters parameters) {
    super(crypto);
    this.parameters = parameters;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.DTLSv12.only();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return DtlsParameters.CIPHER_SUITES.clone();
  }

  @Override
  public boolean requiresExtendedMasterSecret() {
    return true;
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return DtlsParameters.HANDSHAKE_TIMEOUT_MILLIS;
  }

  @Override
  public int getHandshakeResendTimeMillis() {
    return DtlsParameters.RESEND_MILLIS;
  }

  @Override
  protected TlsCredentialedSigner getECDSASignerCredentials() {
    return parameters.signer(context);
  }

  @Override
  public CertificateRequest getCertificateRequest() {
    return new CertificateRequest(
        new short[] {ClientCertificateType.ecdsa_sign}, DtlsParameters.signatureAlgorithms(), null);
  }

  @Override
  public void notifyClientCertificate(@Nullable Certificate certificate) throws IOException {
    parameters.verify(certificate);
  }

  @Override
  public void processClientExtensions(Hashtable extensions) throws IOException {
    super.processClientExtensions(extensions);
    parameters.choose(extensions);
  }

  @Override
  public Hashtable<?, ?> getServerExtensions() throws IOException {
    final Hashtable<?, ?> made = super.getServerExtensions();
    final Hashtable<?, ?> extensions = made == null ? new Hashtable<>() : made;
    TlsSRTPUtils.addUseSRTPExtension(extensions, parameters.chosen());
    return extensions;
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    parameters.export(context, false);
  }
}
