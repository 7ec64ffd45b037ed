package heyi.recording.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.Ssrc;
import heyi.recording.RecordedSource;
import heyi.recording.SessionClock;
import heyi.recording.capture.Capture;
import heyi.recording.capture.CaptureException;
import heyi.recording.capture.PacketSink;
import heyi.recording.capture.SourceWatch;
import heyi.recording.journal.JournalBuffer;
import heyi.recording.media.SyntheticTalker;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections come, break and come late, in the order that the test decides. */
@Timeout(30)
@DisplayName("R26: the recorder comes back by itself, and into the right conference only")
final class CaptureLoopTest {
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final SessionClock clock =
      SessionClock.startingAt(Instant.parse("2026-11-21T01:00:00Z"), System::nanoTime);
  private final SourceWatch watch = new SourceWatch();
  private final BlockingQueue<Try> tries = new LinkedBlockingQueue<>();
  private final BlockingQueue<Try> elsewhere = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final CaptureLoop loop =
      new CaptureLoop(
          vertx,
          context,
          sink -> asked(tries, sink),
          clock,
          new JournalBuffer(1 << 16),
          watch,
          reason -> told.add("lost: " + reason),
          () -> told.add("restored"));

  private record Try(PacketSink sink, Promise<Capture> answer) {}

  @AfterEach
  void closeVertx() {
    await(vertx.close());
  }

  @Test
  void aBrokenConnectionIsMadeAnewAndExpectsTheSameSources() throws Exception {
    RecordedSource source = new SyntheticTalker("party-1", 1, 1, 1).source(MediaKind.AUDIO);
    watch.add(source, 0);
    Try first = connect();
    Connection broken = new Connection();
    complete(first, broken);

    first.sink().lost("ice failed");
    Connection again = new Connection();
    complete(next(tries), again);

    assertThat(next(told)).isEqualTo("lost: ice failed");
    assertThat(next(told)).isEqualTo("restored");
    assertThat(next(again.expected)).containsExactly(source.source());
    assertThat(next(broken.events)).isEqualTo("closed");
  }

  @Test
  void aTryThatFailsIsFollowedByAnother() throws Exception {
    Try first = connect();
    complete(first, new Connection());
    first.sink().lost("ice failed");

    next(tries).answer().fail(new CaptureException("declined"));
    complete(next(tries), new Connection());

    assertThat(next(told)).startsWith("lost");
    assertThat(next(told)).isEqualTo("restored");
  }

  @Test
  void aConnectionOfTheFormerConferenceThatComesAfterAMoveIsClosedAndNotUsed() throws Exception {
    Try first = connect();
    complete(first, new Connection());
    first.sink().lost("bridge died");
    Try late = next(tries);

    Future<Void> moved = onContext(() -> loop.moveTo(sink -> asked(elsewhere, sink)));
    Connection there = new Connection();
    complete(next(elsewhere), there);
    await(moved);
    Connection unwanted = new Connection();
    complete(late, unwanted);
    late.sink().lost("of no interest");
    first.sink().lost("of no interest");

    assertThat(next(unwanted.events)).isEqualTo("closed");
    assertThat(next(told)).isEqualTo("lost: bridge died");
    await(onContext(Future::succeededFuture));
    assertThat(told).isEmpty();
    assertThat(there.events).isEmpty();
    assertThat(await(onContext(() -> Future.succeededFuture(loop.connected())))).isTrue();
  }

  @Test
  void aMoveThatFailsIsNotTriedAgainAndTheNextMoveIs() throws Exception {
    complete(connect(), new Connection());

    Future<Void> failed = onContext(() -> loop.moveTo(sink -> asked(elsewhere, sink)));
    next(elsewhere).answer().fail(new CaptureException("no answer"));
    assertThatThrownBy(() -> await(failed)).hasMessageContaining("no answer");
    Future<Void> moved = onContext(() -> loop.moveTo(sink -> asked(elsewhere, sink)));
    complete(next(elsewhere), new Connection());
    await(moved);

    assertThat(tries).isEmpty();
    assertThat(elsewhere).isEmpty();
  }

  @Test
  void aConnectionThatBreaksBeforeItIsUsedCountsAsFailed() throws Exception {
    Future<Void> started = onContext(loop::start);
    Try first = next(tries);
    first.sink().lost("closed at once");
    Connection dead = new Connection();
    complete(first, dead);

    assertThatThrownBy(() -> await(started)).hasMessageContaining("broke at once");
    assertThat(next(dead.events)).isEqualTo("closed");
  }

  @Test
  void aConnectionThatComesAfterTheEndIsClosed() throws Exception {
    Future<Void> started = onContext(loop::start);
    Try first = next(tries);
    await(onContext(loop::stop));
    Connection late = new Connection();
    complete(first, late);

    assertThatThrownBy(() -> await(started)).isInstanceOf(CaptureException.class);
    assertThat(next(late.events)).isEqualTo("closed");
  }

  private static Future<Capture> asked(BlockingQueue<Try> queue, PacketSink sink) {
    Try made = new Try(sink, Promise.promise());
    queue.add(made);
    return made.answer().future();
  }

  /** Starts; the caller answers the first try. */
  private Try connect() throws InterruptedException {
    onContext(loop::start);
    return next(tries);
  }

  /** Answers a try and waits until the loop has dealt with it. */
  private void complete(Try asked, Capture connection) {
    asked.answer().complete(connection);
    await(onContext(Future::succeededFuture));
  }

  private <T> Future<T> onContext(Supplier<Future<T>> action) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(go -> action.get().onComplete(promise));
    return promise.future();
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T value = queue.poll(10, TimeUnit.SECONDS);
    assertThat(value).as("nothing came within 10 s").isNotNull();
    return value;
  }

  private static <T> T await(Future<T> future) {
    return future.timeout(10, TimeUnit.SECONDS).await();
  }

  private static final class Connection implements Capture {
    private final BlockingQueue<List<MediaSource>> expected = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    @Override
    public void expect(List<MediaSource> sources) {
      expected.add(sources);
    }

    @Override
    public void requestKeyframe(Ssrc ssrc) {
      events.add("keyframe");
    }

    @Override
    public Future<Void> close() {
      events.add("closed");
      return Future.succeededFuture();
    }
  }
}
