package heyi.recording.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.recording.ObjectKey;
import heyi.testkit.S3ProxyProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The S3 adapter keeps the contract against a real S3 server. */
@Timeout(60)
final class S3ObjectStoreTest extends ObjectStoreContract {
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  @TempDir private static @Nullable Path directory;
  private static @Nullable S3ProxyProcess server;

  @BeforeAll
  static void startServer() throws IOException {
    Path made = directory;
    if (made == null) {
      throw new IllegalStateException("JUnit made no directory");
    }
    server = S3ProxyProcess.start(made);
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  ObjectStore store() {
    return S3ObjectStore.open(options());
  }

  @Test
  void aWrongSecretIsRefused() {
    S3Options right = options();
    S3Options wrong =
        new S3Options(
            right.endpoint(),
            right.region(),
            right.bucket(),
            right.accessKey(),
            "wrong",
            right.timeout());

    assertThatThrownBy(() -> S3ObjectStore.open(wrong)).isInstanceOf(StoreException.class);
    assertThat(wrong.toString()).doesNotContain("wrong");
  }

  @Test
  void aStoreThatIsAwayIsAFault() {
    S3ProxyProcess running = running();
    S3Options here = options(running, "away");
    S3Options away =
        new S3Options(
            URI.create("http://127.0.0.1:1"),
            here.region(),
            here.bucket(),
            here.accessKey(),
            here.secretKey(),
            Duration.ofSeconds(2));

    assertThatThrownBy(() -> S3ObjectStore.open(away))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("away");
  }

  @Test
  void anotherClientSeesTheSame() {
    S3Options options = options();
    ObjectKey key = new ObjectKey("a/b");
    S3ObjectStore.open(options).put(key, ObjectContent.ofBytes(new byte[3], "x/y"));

    assertThat(S3ObjectStore.open(options).stat(key).orElseThrow().sizeBytes()).isEqualTo(3);
  }

  private static S3Options options() {
    return options(running(), "bucket-" + BUCKETS.incrementAndGet());
  }

  private static S3Options options(S3ProxyProcess running, String bucket) {
    return new S3Options(
        running.endpoint(),
        "us-east-1",
        bucket,
        S3ProxyProcess.IDENTITY,
        S3ProxyProcess.CREDENTIAL,
        Duration.ofSeconds(10));
  }

  private static S3ProxyProcess running() {
    S3ProxyProcess running = server;
    if (running == null) {
      throw new IllegalStateException("not started");
    }
    return running;
  }
}
