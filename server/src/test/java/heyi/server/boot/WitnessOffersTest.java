package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.server.sql.Blocking;
import io.vertx.core.Vertx;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
@DisplayName("Witnesses are shown the log as soon as it has grown")
class WitnessOffersTest {
  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger asked = new AtomicInteger();
  private final Semaphore asking = new Semaphore(0);
  private final CountDownLatch answered = new CountDownLatch(1);

  @AfterEach
  void closeVertx() throws Exception {
    Waiting.on(vertx.close());
  }

  @Test
  void whatGrowsWhileTheyAreAskedIsShownOnceAfter() throws Exception {
    WitnessOffers offers = new WitnessOffers(this::cosign, new Blocking(vertx, 4));

    offers.offer();
    assertThat(asking.tryAcquire(5, TimeUnit.SECONDS)).as("asked at once").isTrue();
    offers.offer();
    offers.offer();
    answered.countDown();
    assertThat(asking.tryAcquire(5, TimeUnit.SECONDS)).as("asked again").isTrue();

    offers.offer();
    assertThat(asking.tryAcquire(5, TimeUnit.SECONDS)).as("and the next time").isTrue();
    assertThat(asked).hasValue(3);
  }

  /** The second time no witness answers: that keeps nobody from being asked again. */
  private SortedMap<String, String> cosign() throws InterruptedException {
    asked.incrementAndGet();
    asking.release();
    answered.await();
    if (asked.get() == 2) {
      throw new IllegalStateException("no witness answers");
    }
    return new TreeMap<>();
  }
}
