package heyi.server.boot;

import heyi.recording.ObjectKey;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.retention.RetentionPeriod;
import heyi.recording.store.ObjectLocking;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * How long recordings are kept, and by whom.
 *
 * @param period from the end of their session
 * @param objectLock whether the store's own lock is used
 * @param retryEvery how often what could not be carried out is tried again
 */
record RetentionSettings(RetentionPeriod period, LockUse objectLock, Duration retryEvery) {
  /** Whether the Object Lock of an S3 bucket is used. */
  enum LockUse {
    /** Where the bucket has one. */
    AUTO,
    /** And a bucket without one is refused. */
    REQUIRED,
    /** Not even where the bucket has one. */
    OFF
  }

  private static final String PERIOD = "recording.retention.period";
  private static final String ZONE = "recording.retention.timeZone";

  static RetentionSettings read(ConfigReader r) {
    return new RetentionSettings(
        period(r, zone(r)),
        r.choice("recording.retention.objectLock", LockUse.AUTO, LockUse.class),
        r.duration("recording.retention.retryEvery", Duration.ofMinutes(10)));
  }

  private static ZoneId zone(ConfigReader r) {
    String name = r.text(ZONE, "Asia/Shanghai");
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      r.refuse(ZONE, "must be a time zone such as Asia/Shanghai, found '" + name + "'");
      return ZoneOffset.UTC;
    }
  }

  private static RetentionPeriod period(ConfigReader r, ZoneId zone) {
    String text = r.text(PERIOD, "P30Y");
    try {
      return RetentionPeriod.parse(text, zone);
    } catch (DateTimeException e) {
      r.refuse(PERIOD, "must be an ISO 8601 period such as P30Y or PT1H, found '" + text + "'");
      return RetentionPeriod.parse("P30Y", zone);
    }
  }

  /** What a store that can is asked to lock. */
  ObjectLocking locking(InstantSource clock) {
    return objectLock == LockUse.OFF ? ObjectLocking.UNUSED : key -> until(key, clock);
  }

  private Optional<Instant> until(ObjectKey key, InstantSource clock) {
    return StoreLayout.isEvidence(key)
        ? Optional.of(period.until(clock.instant()))
        : Optional.empty();
  }
}
