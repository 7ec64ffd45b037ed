package heyi.recording.store;

import java.net.URI;
import java.time.Duration;

/**
 * Where an S3 store is and how to log in.
 *
 * @param endpoint for instance {@code http://127.0.0.1:9000}
 * @param region for instance {@code us-east-1}
 * @param bucket made when absent
 * @param accessKey the user
 * @param secretKey the password; never logged
 * @param timeout for one request
 */
public record S3Options(
    URI endpoint,
    String region,
    String bucket,
    String accessKey,
    String secretKey,
    Duration timeout) {
  @Override
  public String toString() {
    return "S3Options[endpoint=" + endpoint + ", bucket=" + bucket + ", secretKey=[REDACTED]]";
  }
}
