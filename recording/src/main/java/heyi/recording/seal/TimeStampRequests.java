package heyi.recording.seal;

import heyi.recording.Sha256;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;

/** Makes requests with a fresh nonce, and checks that an answer is one to them. */
final class TimeStampRequests {
  private static final int NONCE_BITS = 64;

  private final SecureRandom random;

  TimeStampRequests(SecureRandom random) {
    this.random = random;
  }

  TimeStampRequest request(byte[] data) {
    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    BigInteger nonce = new BigInteger(NONCE_BITS, random);
    return generator.generate(TSPAlgorithms.SHA256, Sha256.of(data).bytes(), nonce);
  }

  /** The answer as it came, when it grants what was asked. */
  static byte[] granted(TimeStampRequest request, byte[] answer) {
    try {
      TimeStampResponse response = new TimeStampResponse(answer);
      response.validate(request);
      boolean granted =
          response.getStatus() == PKIStatus.GRANTED
              || response.getStatus() == PKIStatus.GRANTED_WITH_MODS;
      if (!granted || response.getTimeStampToken() == null) {
        throw new SealException("the time stamp authority refused: " + response.getStatusString());
      }
      return answer.clone();
    } catch (TSPException | IOException e) {
      throw new SealException("not an answer to the request for a time stamp", e);
    }
  }
}
