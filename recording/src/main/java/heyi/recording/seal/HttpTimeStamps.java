package heyi.recording.seal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.tsp.TimeStampRequest;

/**
 * A time stamp authority behind a URL (RFC 3161 §3.4). <b>Threads:</b> any; blocks up to the
 * timeout.
 */
public final class HttpTimeStamps implements TimeStampSource {
  /** Stamps with a whole chain in them have about 8 kB. */
  private static final int MAX_ANSWER_BYTES = 256 * 1024;

  private final HttpClient client;
  private final URI uri;
  private final Duration timeout;
  private final List<X509Certificate> trust;
  private final TimeStampRequests requests;

  /**
   * Asks an authority.
   *
   * @param uri of http or https
   * @param timeout for the whole answer
   * @param trust certificates that strangers check its stamps with, put into the packages
   */
  public HttpTimeStamps(
      URI uri, Duration timeout, List<X509Certificate> trust, SecureRandom random) {
    this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
    this.uri = uri;
    this.timeout = timeout;
    this.trust = List.copyOf(trust);
    this.requests = new TimeStampRequests(random);
  }

  @Override
  public byte[] stamp(byte[] data) {
    TimeStampRequest request = requests.request(data);
    try {
      HttpRequest post =
          HttpRequest.newBuilder(uri)
              .timeout(timeout)
              .header("Content-Type", "application/timestamp-query")
              .POST(HttpRequest.BodyPublishers.ofByteArray(request.getEncoded()))
              .build();
      HttpResponse<InputStream> response =
          client.send(post, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw new SealException(uri + " answered " + response.statusCode());
        }
        byte[] answer = body.readNBytes(MAX_ANSWER_BYTES);
        return TimeStampRequests.granted(request, answer);
      }
    } catch (IOException e) {
      throw new SealException(uri + " does not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SealException("interrupted while waiting for " + uri, e);
    }
  }

  @Override
  public List<X509Certificate> trust() {
    return trust;
  }

  @Override
  public String describe() {
    return uri.toString();
  }
}
