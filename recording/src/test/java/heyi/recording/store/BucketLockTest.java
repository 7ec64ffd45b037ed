package heyi.recording.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.recording.ObjectKey;
import heyi.recording.retention.Orders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of a bucket with Object Lock, and what it refuses. */
@Timeout(60)
@DisplayName("S3 Object Lock")
final class BucketLockTest {
  private static final ObjectKey ROOT = new ObjectKey("recordings/rec-1");
  private static final ObjectKey CHUNK = ROOT.child("chunks").child("000000.journal");
  private static final ObjectKey FILM = ROOT.child("films").child("film-1.mp4");
  private static final Instant UNTIL = Instant.parse("2056-11-21T16:00:00Z");
  private static final ObjectContent CONTENT =
      ObjectContent.ofBytes("evidence".getBytes(StandardCharsets.UTF_8), "x/y");

  private static S3ObjectStore store(LockingS3 s3, ObjectLocking locking) {
    return S3ObjectStore.open(
        new S3Options(
            s3.endpoint(), "us-east-1", "heyi", "user", "password", Duration.ofSeconds(10)),
        locking);
  }

  private static S3ObjectStore locked(LockingS3 s3) {
    return store(s3, key -> key.equals(FILM) ? Optional.empty() : Optional.of(UNTIL));
  }

  @Test
  void evidenceIsPutInComplianceModeWithItsTime() throws IOException {
    try (LockingS3 s3 = LockingS3.start(LockingS3.Kind.LOCKED)) {
      S3ObjectStore store = locked(s3);
      assertThat(store.lock()).isEqualTo(StoreLock.COMPLIANCE);

      store.put(CHUNK, CONTENT);
      store.put(FILM, CONTENT);

      List<LockingS3.Request> puts = s3.asked("PUT");
      assertThat(puts).hasSize(2);
      assertThat(puts.getFirst().header("x-amz-object-lock-mode")).isEqualTo("COMPLIANCE");
      assertThat(Instant.parse(puts.getFirst().header("x-amz-object-lock-retain-until-date")))
          .isEqualTo(UNTIL);
      assertThat(puts.getFirst().header("if-none-match")).isEqualTo("*");
      assertThat(puts.getLast().header("x-amz-object-lock-mode")).as("a film").isEmpty();
    }
  }

  @Test
  void theStoreGivesNothingUpBeforeItsTimeAndAfterwardsTheVersionItself() throws IOException {
    try (LockingS3 s3 = LockingS3.start(LockingS3.Kind.LOCKED)) {
      S3ObjectStore store = locked(s3);
      store.put(CHUNK, CONTENT);

      s3.now(UNTIL.minusSeconds(1));
      assertThatThrownBy(() -> store.dispose(CHUNK, Orders.permit(ROOT)))
          .isInstanceOf(StoreException.Locked.class);
      assertThat(store.stat(CHUNK)).isPresent();

      s3.now(UNTIL);
      store.dispose(CHUNK, Orders.permit(ROOT));

      assertThat(store.stat(CHUNK)).isEmpty();
      assertThat(s3.asked("DELETE").getLast().query()).isEqualTo("versionId=v1");
    }
  }

  @Test
  void aHoldIsTheStoresToo() throws IOException {
    try (LockingS3 s3 = LockingS3.start(LockingS3.Kind.LOCKED)) {
      S3ObjectStore store = locked(s3);
      store.put(CHUNK, CONTENT);
      s3.now(UNTIL.plusSeconds(1));

      store.hold(CHUNK, LegalHold.PLACED);
      assertThatThrownBy(() -> store.dispose(CHUNK, Orders.permit(ROOT)))
          .isInstanceOf(StoreException.Locked.class);
      store.hold(CHUNK, LegalHold.LIFTED);
      store.dispose(CHUNK, Orders.permit(ROOT));

      assertThat(store.stat(CHUNK)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"WITHOUT, NONE", "UNAWARE, NONE", "DENYING, DENIED"})
  void withoutALockNothingOfItIsAsked(LockingS3.Kind kind, StoreLock lock) throws IOException {
    try (LockingS3 s3 = LockingS3.start(kind)) {
      S3ObjectStore store = locked(s3);
      assertThat(store.lock()).isEqualTo(lock);

      store.put(CHUNK, CONTENT);
      store.hold(CHUNK, LegalHold.PLACED);

      assertThat(s3.asked("PUT")).hasSize(1);
      assertThat(s3.asked("PUT").getFirst().header("x-amz-object-lock-mode")).isEmpty();
    }
  }

  @Test
  void nothingIsPutUnlockedIntoABucketThatDoesNotSayWhetherItLocks() throws IOException {
    try (LockingS3 s3 = LockingS3.start(LockingS3.Kind.BROKEN)) {
      S3ObjectStore store = locked(s3);
      assertThat(store.lock()).isEqualTo(StoreLock.UNKNOWN);

      assertThatThrownBy(() -> store.put(CHUNK, CONTENT))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("Object Lock");
      assertThat(s3.asked("PUT")).isEmpty();
    }
  }

  @Test
  void aLockThatIsNotToBeUsedIsNotAskedFor() throws IOException {
    try (LockingS3 s3 = LockingS3.start(LockingS3.Kind.LOCKED)) {
      S3ObjectStore store = store(s3, ObjectLocking.UNUSED);

      store.put(CHUNK, CONTENT);

      assertThat(store.lock()).isEqualTo(StoreLock.UNUSED);
      assertThat(s3.asked("PUT").getFirst().header("x-amz-object-lock-mode")).isEmpty();
    }
  }
}
