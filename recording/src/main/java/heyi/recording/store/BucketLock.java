package heyi.recording.store;

import heyi.recording.ObjectKey;
import io.minio.DisableObjectLegalHoldArgs;
import io.minio.EnableObjectLegalHoldArgs;
import io.minio.GetObjectLockConfigurationArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import io.minio.messages.Retention;
import io.minio.messages.RetentionMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The Object Lock of a bucket: whether it has one, and everything that is asked of it.
 *
 * <p>A lock can only be given to a bucket when it is made, so the answer is asked for until there
 * is one and then remembered. A locked bucket keeps versions: a plain delete would only hide an
 * object. <b>Threads:</b> any; blocks. <b>Source:</b> Amazon S3 API, GetObjectLockConfiguration,
 * PutObjectLegalHold, ListObjectVersions.
 */
final class BucketLock {
  private static final String NOT_IMPLEMENTED = "NotImplemented";
  private static final Set<String> WITHOUT =
      Set.of("ObjectLockConfigurationNotFoundError", NOT_IMPLEMENTED, "MethodNotAllowed");
  private static final String ACCESS_DENIED = "AccessDenied";
  private static final Set<String> LOCKED = Set.of(ACCESS_DENIED, "ObjectLocked", "InvalidRequest");

  private final MinioClient client;
  private final String bucket;
  private final ObjectLocking locking;
  private StoreLock known;

  BucketLock(MinioClient client, String bucket, ObjectLocking locking) {
    this.client = client;
    this.bucket = bucket;
    this.locking = locking;
    this.known = locking == ObjectLocking.UNUSED ? StoreLock.UNUSED : StoreLock.UNKNOWN;
  }

  /** Asks the store unless it has answered before. */
  synchronized StoreLock probe() {
    if (known == StoreLock.UNKNOWN) {
      known = ask();
    }
    return known;
  }

  private StoreLock ask() {
    try {
      client.getObjectLockConfiguration(
          GetObjectLockConfigurationArgs.builder().bucket(bucket).build());
      return StoreLock.COMPLIANCE;
    } catch (ErrorResponseException e) {
      String code = e.errorResponse().code();
      if (WITHOUT.contains(code)) {
        return StoreLock.NONE;
      }
      return code.equals(ACCESS_DENIED) ? StoreLock.DENIED : StoreLock.UNKNOWN;
    } catch (MinioException | IllegalStateException e) {
      return StoreLock.UNKNOWN;
    }
  }

  /**
   * Has the store lock what is put.
   *
   * @throws StoreException when it has not said whether it can: evidence that it would have locked
   *     must not lie there unlocked
   */
  void protect(PutObjectArgs.Builder put, ObjectKey key) {
    Optional<Instant> until = locking.until(key);
    if (until.isPresent() && isLocked()) {
      put.retention(new Retention(RetentionMode.COMPLIANCE, until.get().atZone(ZoneOffset.UTC)));
    }
  }

  private boolean isLocked() {
    return switch (probe()) {
      case COMPLIANCE -> true;
      case NONE, UNUSED, DENIED -> false;
      case UNKNOWN ->
          throw new StoreException("bucket " + bucket + " does not say whether it has Object Lock");
    };
  }

  /** Sets or clears the store's own hold, where it has one. */
  void hold(ObjectKey key, LegalHold hold) {
    if (!isLocked()) {
      return;
    }
    try {
      switch (hold) {
        case PLACED ->
            client.enableObjectLegalHold(
                EnableObjectLegalHoldArgs.builder().bucket(bucket).object(key.value()).build());
        case LIFTED ->
            client.disableObjectLegalHold(
                DisableObjectLegalHoldArgs.builder().bucket(bucket).object(key.value()).build());
      }
    } catch (MinioException | IllegalStateException e) {
      throw failed("change the hold of", key, e);
    }
  }

  /**
   * Removes an object in all its versions.
   *
   * @throws StoreException.Locked when the store keeps it
   */
  void remove(ObjectKey key) {
    try {
      for (Item version : versions(key)) {
        remove(RemoveObjectArgs.builder().versionId(version.versionId()), key);
      }
    } catch (ErrorResponseException e) {
      throw LOCKED.contains(e.errorResponse().code())
          ? new StoreException.Locked(key, e)
          : failed("remove", key, e);
    } catch (MinioException | IllegalStateException e) {
      throw failed("remove", key, e);
    }
  }

  private void remove(RemoveObjectArgs.Builder version, ObjectKey key) throws MinioException {
    client.removeObject(version.bucket(bucket).object(key.value()).build());
  }

  private static StoreException failed(String what, ObjectKey key, Exception cause) {
    return new StoreException("could not " + what + " " + key + ": " + cause.getMessage(), cause);
  }

  /**
   * Delete markers among them; keys that only begin like this one not. A store that knows no
   * versions has one of each object, without a name.
   */
  private List<Item> versions(ObjectKey key) throws MinioException {
    List<Item> versions = new ArrayList<>();
    try {
      for (Result<Item> result : client.listObjects(named(key).includeVersions(true).build())) {
        versions.add(result.get());
      }
    } catch (ErrorResponseException e) {
      if (!e.errorResponse().code().equals(NOT_IMPLEMENTED)) {
        throw e;
      }
      for (Result<Item> result : client.listObjects(named(key).build())) {
        versions.add(result.get());
      }
    }
    versions.removeIf(item -> !item.objectName().equals(key.value()));
    return versions;
  }

  private ListObjectsArgs.Builder named(ObjectKey key) {
    return ListObjectsArgs.builder().bucket(bucket).prefix(key.value()).recursive(true);
  }
}
