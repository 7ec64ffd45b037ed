package heyi.recording.store;

import heyi.recording.ObjectKey;
import heyi.recording.Sha256;
import heyi.recording.StreamHash;
import heyi.recording.retention.DisposalPermit;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * Objects in a bucket of any S3 store, through the MinIO client.
 *
 * <p>The hash travels as user metadata, which S3 keeps with the object. A put looks first and asks
 * the store to refuse when the key is taken meanwhile ({@code If-None-Match: *}); afterwards size
 * and hash are read back. The client throws {@link IllegalStateException} when the store is away.
 */
public final class S3ObjectStore implements ObjectStore {
  private static final String SHA256_METADATA = "sha256";
  private static final Set<String> NOT_FOUND = Set.of("NoSuchKey", "NoSuchObject", "NoSuchBucket");
  private static final Set<String> TAKEN = Set.of("PreconditionFailed");

  /** One part holds a chunk and most tracks; S3 allows 10,000 parts: 640 GB. */
  private static final long PART_BYTES = 64L * 1024 * 1024;

  private final MinioClient client;
  private final String bucket;
  private final BucketLock lock;

  private S3ObjectStore(MinioClient client, String bucket, BucketLock lock) {
    this.client = client;
    this.bucket = bucket;
    this.lock = lock;
  }

  /**
   * Connects and makes the bucket when it is absent. <b>Threads:</b> blocks.
   *
   * @throws StoreException when the store does not answer or refuses
   */
  public static S3ObjectStore open(S3Options options) {
    return open(options, ObjectLocking.UNUSED);
  }

  /**
   * The same, with objects locked where the bucket can; a bucket that is made here gets a lock
   * where the store knows one.
   *
   * @param locking until when which objects are locked
   */
  public static S3ObjectStore open(S3Options options, ObjectLocking locking) {
    return opening(options, locking).get();
  }

  /**
   * Connects each time it is asked to, for a store that may be away now. Its client is made once:
   * over HTTPS that takes longer than all the rest.
   */
  public static Supplier<S3ObjectStore> opening(S3Options options, ObjectLocking locking) {
    MinioClient client =
        MinioClient.builder()
            .endpoint(options.endpoint().toString())
            .region(options.region())
            .credentials(options.accessKey(), options.secretKey())
            .httpClient(connections(options))
            .build();
    return () -> open(client, options, locking);
  }

  /**
   * The MinIO client's default reads every certificate of the machine, which plain HTTP needs not.
   */
  private static OkHttpClient connections(S3Options options) {
    OkHttpClient.Builder connections =
        "https".equals(options.endpoint().getScheme())
            ? Http.newDefaultClient().newBuilder()
            : new OkHttpClient.Builder()
                .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
                .protocols(List.of(Protocol.HTTP_1_1))
                .addInterceptor(new Http.StatusRetryInterceptor());
    return connections
        .connectTimeout(options.timeout())
        .writeTimeout(options.timeout())
        .readTimeout(options.timeout())
        .build();
  }

  private static S3ObjectStore open(MinioClient client, S3Options options, ObjectLocking locking) {
    try {
      if (!client.bucketExists(BucketExistsArgs.builder().bucket(options.bucket()).build())) {
        makeBucket(client, options.bucket(), locking);
      }
    } catch (ErrorResponseException e) {
      throw new StoreException("could not use bucket " + options.bucket(), e);
    } catch (MinioException | IllegalStateException e) {
      throw new StoreException.Unreachable("could not use bucket " + options.bucket(), e);
    }
    return new S3ObjectStore(
        client, options.bucket(), new BucketLock(client, options.bucket(), locking));
  }

  private static void makeBucket(MinioClient client, String bucket, ObjectLocking locking)
      throws MinioException {
    try {
      boolean locked = locking != ObjectLocking.UNUSED;
      client.makeBucket(MakeBucketArgs.builder().bucket(bucket).objectLock(locked).build());
    } catch (ErrorResponseException e) {
      if (!e.errorResponse().code().equals("NotImplemented")) {
        throw e;
      }
      client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
    }
  }

  @Override
  public StoreLock lock() {
    return lock.probe();
  }

  @Override
  public StoredObject put(ObjectKey key, ObjectContent content) {
    Optional<StoredObject> there = stat(key);
    if (there.isPresent()) {
      return there.get().holding(content);
    }
    ObjectContent hashed = hashed(key, content);
    try (InputStream in = hashed.open()) {
      PutObjectArgs.Builder put =
          PutObjectArgs.builder().bucket(bucket).object(key.value()).stream(
                  in, content.sizeBytes(), PART_BYTES)
              .contentType(content.contentType())
              .userMetadata(Map.of(SHA256_METADATA, hashed.sha256().orElseThrow().hex()))
              .headers(Map.of("If-None-Match", "*"));
      lock.protect(put, key);
      client.putObject(put.build());
    } catch (ErrorResponseException e) {
      if (!TAKEN.contains(e.errorResponse().code())) {
        throw failed("store", key, e);
      }
    } catch (MinioException | IOException | IllegalStateException e) {
      throw failed("store", key, e);
    }
    StoredObject stored =
        stat(key).orElseThrow(() -> new StoreException("stored " + key + " and it is not there"));
    return stored.holding(hashed);
  }

  @Override
  public InputStream read(ObjectKey key, long offset, long length) {
    StoredObject stored = stat(key).orElseThrow(() -> new StoreException.ObjectNotFound(key));
    long left = Math.min(length, stored.sizeBytes() - offset);
    if (left <= 0) {
      return new ByteArrayInputStream(new byte[0]);
    }
    try {
      return client.getObject(
          GetObjectArgs.builder()
              .bucket(bucket)
              .object(key.value())
              .offset(offset)
              .length(left)
              .build());
    } catch (MinioException | IllegalStateException e) {
      throw failed("read", key, e);
    }
  }

  @Override
  public Optional<StoredObject> stat(ObjectKey key) {
    try {
      StatObjectResponse found =
          client.statObject(StatObjectArgs.builder().bucket(bucket).object(key.value()).build());
      String hash = found.userMetadata().getFirst(SHA256_METADATA);
      if (hash == null) {
        throw new StoreException("object " + key + " was not stored by Heyi: it has no hash");
      }
      return Optional.of(
          new StoredObject(key, found.size(), new Sha256(hash), found.contentType()));
    } catch (ErrorResponseException e) {
      if (NOT_FOUND.contains(e.errorResponse().code())) {
        return Optional.empty();
      }
      throw failed("look up", key, e);
    } catch (MinioException | IllegalStateException e) {
      throw failed("look up", key, e);
    }
  }

  @Override
  public List<ObjectKey> list(ObjectKey prefix) {
    List<ObjectKey> keys = new ArrayList<>();
    Iterable<Result<Item>> items =
        client.listObjects(
            ListObjectsArgs.builder()
                .bucket(bucket)
                .prefix(prefix.value() + "/")
                .recursive(true)
                .build());
    try {
      for (Result<Item> item : items) {
        keys.add(new ObjectKey(item.get().objectName()));
      }
    } catch (MinioException | IllegalStateException e) {
      throw failed("list", prefix, e);
    }
    keys.sort(null);
    return keys;
  }

  @Override
  public void dispose(ObjectKey key, DisposalPermit permit) {
    permit.requireCovers(key);
    lock.remove(key);
    if (stat(key).isPresent()) {
      throw new StoreException("removed " + key + " and it is still there");
    }
  }

  @Override
  public void hold(ObjectKey key, LegalHold hold) {
    lock.hold(key, hold);
  }

  /**
   * The hash travels ahead of the content; and a file that changed since it was hashed must not be
   * stored under its old one.
   */
  private static ObjectContent hashed(ObjectKey key, ObjectContent content) {
    try (InputStream in = content.open()) {
      StreamHash actual = StreamHash.of(in);
      content.require(key, actual);
      return ObjectContent.of(
          content::open, actual.sizeBytes(), actual.sha256(), content.contentType());
    } catch (IOException e) {
      throw failed("read the content of", key, e);
    }
  }

  private static StoreException failed(String what, ObjectKey key, Exception cause) {
    String sentence = "could not " + what + " " + key + ": " + cause.getMessage();
    return cause instanceof ErrorResponseException
        ? new StoreException(sentence, cause)
        : new StoreException.Unreachable(sentence, cause);
  }
}
