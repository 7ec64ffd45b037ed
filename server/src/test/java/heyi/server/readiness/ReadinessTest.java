package heyi.server.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.server.readiness.Part.Need;
import heyi.server.sql.Blocking;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parts that work, lack something, break, or do not answer. */
@Timeout(30)
class ReadinessTest {
  private final Vertx vertx = Vertx.vertx();
  private final Blocking blocking = new Blocking(vertx, 16);
  private final CountDownLatch over = new CountDownLatch(1);

  @AfterEach
  void stop() {
    over.countDown();
    blocking.close();
    vertx.close().await();
  }

  @Test
  void everyPartSaysWhatItLacksAndOnlyRequiredOnesCount() {
    Part works = new Part("database", Need.REQUIRED, Optional::empty);
    Part away =
        new Part(
            "store",
            Need.DESIRED,
            () -> {
              throw new IllegalStateException(
                  "could not use bucket heyi", new java.net.ConnectException("Connection refused"));
            });
    Part full = new Part("spool", Need.REQUIRED, () -> Optional.of("12 MB left, 1024 needed"));

    List<Standing> standings = look(works, away);
    List<Standing> worse = look(works, away, full);

    assertThat(standings)
        .containsExactly(
            new Standing("database", Need.REQUIRED, null),
            new Standing("store", Need.DESIRED, "could not use bucket heyi: Connection refused"));
    assertThat(Readiness.isReady(standings)).isTrue();
    assertThat(Readiness.isReady(worse)).isFalse();
    assertThat(ReadinessJson.of(worse).toString())
        .isEqualTo(
            "{\"ready\":false,\"parts\":["
                + "{\"part\":\"database\",\"ready\":true,\"required\":true},"
                + "{\"part\":\"store\",\"ready\":false,\"required\":false,"
                + "\"problem\":\"could not use bucket heyi: Connection refused\"},"
                + "{\"part\":\"spool\",\"ready\":false,\"required\":true,"
                + "\"problem\":\"12 MB left, 1024 needed\"}]}");
  }

  @Test
  void aPartThatDoesNotAnswerIsAskedOnceAndHoldsNobodyUp() {
    AtomicInteger times = new AtomicInteger();
    Part silent =
        new Part(
            "bridge",
            Need.REQUIRED,
            () -> {
              times.incrementAndGet();
              over.await();
              return Optional.empty();
            });
    Readiness readiness = new Readiness(List.of(silent), blocking);

    var first = readiness.look();
    var second = readiness.look();

    assertThat(first.await()).extracting(Standing::problem).containsExactly("no answer within 3 s");
    assertThat(second.await()).hasSize(1);
    assertThat(times).hasValue(1);
  }

  private List<Standing> look(Part... parts) {
    return new Readiness(List.of(parts), blocking).look().await();
  }
}
