package heyi.server.boot;

import heyi.server.identity.Secret;
import java.net.URI;
import java.time.Duration;

/** Reads the settings of the recording and of its stores. */
final class RecordingSettings {
  private RecordingSettings() {}

  static HeyiConfig.Recording read(ConfigReader r) {
    HeyiConfig.StoreKind store =
        r.choice("recording.store", HeyiConfig.StoreKind.DIRECTORY, HeyiConfig.StoreKind.class);
    URI endpoint = r.uri("recording.s3Endpoint");
    if (store == HeyiConfig.StoreKind.S3 && endpoint == null) {
      r.refuse("recording.s3Endpoint", "must be set when recording.store is s3");
    }
    return new HeyiConfig.Recording(
        store,
        endpoint,
        r.text("recording.s3Bucket", "heyi"),
        r.text("recording.s3Region", "us-east-1"),
        r.text("recording.s3AccessKey", ""),
        Secret.of(r.text("recording.s3SecretKey", "")),
        r.flag("recording.encryption", true),
        r.optionalPath("recording.masterKeyFile"),
        r.duration("recording.connectTimeout", Duration.ofSeconds(10)),
        r.duration("recording.closeWaits", Duration.ofMinutes(2)),
        r.duration("recording.resumeWithin", Duration.ofMinutes(10)),
        r.optionalPath("recording.secondDirectory"),
        SecondS3.read(r),
        r.duration("recording.secondAfter", Duration.ofMinutes(1)),
        r.integer("recording.spoolLimitMegabytes", 102_400, 1, Integer.MAX_VALUE),
        r.integer("recording.freeDiskMegabytes", 1_024, 0, Integer.MAX_VALUE),
        r.duration("recording.reconcileEvery", Duration.ofDays(1)),
        RetentionSettings.read(r));
  }
}
