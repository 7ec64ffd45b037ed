package heyi.server.boot;

import heyi.recording.store.S3Options;
import heyi.server.identity.Secret;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Another S3 store, at best in another place: evidence goes there when the first store stays away.
 *
 * @param secretKey never shown
 */
record SecondS3(
    URI endpoint, String bucket, String region, String accessKey, Secret<String> secretKey) {
  /** Null when none is named. */
  static @Nullable SecondS3 read(ConfigReader r) {
    URI endpoint = r.uri("recording.secondS3Endpoint");
    SecondS3 named =
        new SecondS3(
            endpoint == null ? URI.create("http://nowhere.invalid") : endpoint,
            r.text("recording.secondS3Bucket", "heyi"),
            r.text("recording.secondS3Region", "us-east-1"),
            r.text("recording.secondS3AccessKey", ""),
            Secret.of(r.text("recording.secondS3SecretKey", "")));
    if (endpoint != null && r.optionalText("recording.secondDirectory") != null) {
      r.refuse("recording.secondS3Endpoint", "must not be set beside recording.secondDirectory");
    }
    return endpoint == null ? null : named;
  }

  S3Options options(Duration timeout) {
    return new S3Options(endpoint, region, bucket, accessKey, secretKey.reveal(), timeout);
  }
}
