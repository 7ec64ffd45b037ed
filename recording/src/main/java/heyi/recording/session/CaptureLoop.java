package heyi.recording.session;

import heyi.media.MediaSource;
import heyi.media.Ssrc;
import heyi.recording.RecordedSource;
import heyi.recording.SessionClock;
import heyi.recording.capture.Capture;
import heyi.recording.capture.CaptureException;
import heyi.recording.capture.PacketSink;
import heyi.recording.capture.SourceWatch;
import heyi.recording.journal.JournalBuffer;
import heyi.recording.journal.RecordKind;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the recorder connected: when the connection breaks it is made anew, again and again, with
 * growing pauses, as long as the recording runs and stays in its conference.
 *
 * <p>Each try has a number. Only the last one counts: a connection that an earlier one still gives
 * is closed again, so a move to another conference never has to fight with tries to come back to
 * the former.
 *
 * <p><b>Threads:</b> one Vert.x context; packets come on receive threads and are copied only.
 */
final class CaptureLoop {
  private static final Logger LOG = LoggerFactory.getLogger(CaptureLoop.class);
  private static final long[] RETRY_MILLIS = {200, 500, 1000, 2000, 5000};

  private final Vertx vertx;
  private final Context context;
  private final SessionClock clock;
  private final JournalBuffer buffer;
  private final SourceWatch watch;
  private final Consumer<String> onLost;
  private final Runnable onRestored;
  private Capture.Connector connector;
  private @Nullable Capture capture;
  private int lastTry;
  private int failures;
  private boolean stopped;
  private volatile long lastMediaNanos;

  /** What comes is counted but thrown away: the talk is off the record. */
  private volatile boolean withheld;

  CaptureLoop(
      Vertx vertx,
      Context context,
      Capture.Connector connector,
      SessionClock clock,
      JournalBuffer buffer,
      SourceWatch watch,
      Consumer<String> onLost,
      Runnable onRestored) {
    this.vertx = vertx;
    this.context = context;
    this.connector = connector;
    this.clock = clock;
    this.buffer = buffer;
    this.watch = watch;
    this.onLost = onLost;
    this.onRestored = onRestored;
  }

  /** Connects for the first time; a failure is not tried again. */
  Future<Void> start() {
    return connect();
  }

  /**
   * Leaves the conference and joins another; a failure is not tried again. Nothing is waited for on
   * the side that is left: its bridge may be dead.
   */
  Future<Void> moveTo(Capture.Connector next) {
    connector = next;
    Capture left = capture;
    capture = null;
    if (left != null) {
      left.close().onFailure(failure -> LOG.info("former bridge not told: {}", failure.toString()));
    }
    return connect();
  }

  /** Whether nothing that comes is kept; takes effect with the next packet. */
  void withhold(boolean now) {
    withheld = now;
  }

  boolean connected() {
    return capture != null;
  }

  /** When the last packet came, or the connection was made, on the session clock. */
  long lastMediaNanos() {
    return lastMediaNanos;
  }

  /** The sources have changed. */
  void expectWatched() {
    Capture current = capture;
    if (current != null) {
      current.expect(sources());
    }
  }

  void requestKeyframes(List<Ssrc> streams) {
    Capture current = capture;
    if (current != null) {
      streams.forEach(current::requestKeyframe);
    }
  }

  /** Leaves the conference for good. */
  Future<Void> stop() {
    stopped = true;
    Capture current = capture;
    capture = null;
    return current == null ? Future.succeededFuture() : current.close();
  }

  /** Completes on the context. */
  private Future<Void> connect() {
    lastTry++;
    int number = lastTry;
    Sink sink = new Sink(number);
    Promise<Void> result = Promise.promise();
    connector
        .connect(sink)
        .onComplete(
            connected ->
                context.runOnContext(
                    go -> {
                      if (connected.succeeded()) {
                        use(connected.result(), sink).onComplete(result);
                      } else {
                        result.fail(connected.cause());
                      }
                    }));
    return result.future();
  }

  private Future<Void> use(Capture made, Sink sink) {
    if (stopped || sink.number != lastTry || sink.broken) {
      made.close().onFailure(failure -> LOG.info("not closed: {}", failure.toString()));
      return Future.failedFuture(
          new CaptureException(sink.broken ? "broke at once" : "not wanted any more"));
    }
    capture = made;
    failures = 0;
    lastMediaNanos = clock.now();
    made.expect(sources());
    return Future.succeededFuture();
  }

  private void lost(Sink sink, String reason) {
    sink.broken = true;
    if (sink.number == lastTry) {
      comeAnew(reason);
    }
  }

  /** Leaves and joins the same conference again, in vain or not: the line is suspect, or broken. */
  void comeAnew(String reason) {
    Capture broken = capture;
    if (stopped || broken == null) {
      return;
    }
    capture = null;
    int number = lastTry;
    Future<Void> left = broken.close();
    onLost.accept(reason);
    left.onComplete(done -> context.runOnContext(go -> retryLater(number)));
  }

  private void retryLater(int after) {
    if (stopped || after != lastTry) {
      return;
    }
    long pause = RETRY_MILLIS[Math.min(failures, RETRY_MILLIS.length - 1)];
    failures++;
    vertx.setTimer(pause, timer -> context.runOnContext(go -> retry(after)));
  }

  private void retry(int after) {
    if (stopped || after != lastTry) {
      return;
    }
    Future<Void> again = connect();
    int number = lastTry;
    again
        .onSuccess(done -> onRestored.run())
        .onFailure(
            failure -> {
              LOG.info("recorder not connected: {}", failure.toString());
              retryLater(number);
            });
  }

  private List<MediaSource> sources() {
    return watch.sources().stream().map(RecordedSource::source).toList();
  }

  /** Copies packets; everything else happens on the context. */
  private final class Sink implements PacketSink {
    private final int number;

    /** Read and written on the context only. */
    private boolean broken;

    Sink(int number) {
      this.number = number;
    }

    @Override
    public void rtp(byte[] packet, int offset, int length, long arrivalNanos) {
      watch.packet(packet, offset, length, arrivalNanos);
      keep(RecordKind.RTP, packet, offset, length, arrivalNanos);
    }

    @Override
    public void rtcp(byte[] packet, int offset, int length, long arrivalNanos) {
      keep(RecordKind.RTCP, packet, offset, length, arrivalNanos);
    }

    @Override
    public void lost(String reason) {
      context.runOnContext(go -> CaptureLoop.this.lost(this, reason));
    }

    private void keep(RecordKind kind, byte[] packet, int offset, int length, long arrivalNanos) {
      long sessionNanos = clock.sessionNanos(arrivalNanos);
      lastMediaNanos = sessionNanos;
      if (withheld) {
        return;
      }
      buffer.offer(kind, sessionNanos, clock.wallMicros(sessionNanos), packet, offset, length);
    }
  }
}
