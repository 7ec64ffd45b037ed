package heyi.recording.seal;

import java.security.cert.X509Certificate;
import java.util.List;

/** A time stamp authority (RFC 3161). */
public interface TimeStampSource {
  /**
   * Stamps data. Blocks for as long as the authority may take.
   *
   * @return the whole TimeStampResp, DER; it was checked to be granted and over this data
   * @throws SealException when the authority does not answer or refuses; try again later
   */
  byte[] stamp(byte[] data);

  /** Certificates that a stranger may check its stamps with; empty when none are known. */
  List<X509Certificate> trust();

  /** For the log of the operator. */
  String describe();
}
