package heyi.recording.session;

import heyi.media.MediaSource;
import heyi.media.Ssrc;
import heyi.recording.RecordedSource;
import heyi.recording.SessionClock;
import heyi.recording.capture.Capture;
import heyi.recording.capture.PacketSink;
import heyi.recording.capture.SourceWatch;
import heyi.recording.journal.JournalBuffer;
import heyi.recording.journal.RecordKind;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the recorder connected: when the connection breaks it is made anew, again and again, with
 * growing pauses, as long as the recording runs.
 *
 * <p><b>Threads:</b> one Vert.x context; packets come on receive threads and are copied only.
 */
final class CaptureLoop {
  private static final long[] RETRY_MILLIS = {200, 500, 1000, 2000, 5000};

  private final Vertx vertx;
  private final Context context;
  private final Capture.Connector connector;
  private final SessionClock clock;
  private final JournalBuffer buffer;
  private final SourceWatch watch;
  private final Consumer<String> onLost;
  private final Runnable onRestored;
  private @Nullable Capture capture;
  private int failures;
  private boolean stopped;

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

  boolean connected() {
    return capture != null;
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

  private Future<Void> connect() {
    return connector
        .connect(new Sink())
        .compose(
            made -> {
              if (stopped) {
                return made.close();
              }
              capture = made;
              failures = 0;
              made.expect(sources());
              return Future.succeededFuture();
            });
  }

  private void lost(String reason) {
    if (stopped || capture == null) {
      return;
    }
    Capture broken = capture;
    capture = null;
    Future<Void> left = broken.close();
    onLost.accept(reason);
    left.onComplete(done -> retryLater());
  }

  private void retryLater() {
    long pause = RETRY_MILLIS[Math.min(failures, RETRY_MILLIS.length - 1)];
    failures++;
    vertx.setTimer(pause, timer -> context.runOnContext(go -> retry()));
  }

  private void retry() {
    if (stopped) {
      return;
    }
    connect()
        .onComplete(
            result ->
                context.runOnContext(
                    go -> {
                      if (result.failed()) {
                        retryLater();
                      } else if (!stopped) {
                        onRestored.run();
                      }
                    }));
  }

  private List<MediaSource> sources() {
    return watch.sources().stream().map(RecordedSource::source).toList();
  }

  /** Copies packets; everything else happens on the context. */
  private final class Sink implements PacketSink {
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
      context.runOnContext(go -> CaptureLoop.this.lost(reason));
    }

    private void keep(RecordKind kind, byte[] packet, int offset, int length, long arrivalNanos) {
      long sessionNanos = clock.sessionNanos(arrivalNanos);
      buffer.offer(kind, sessionNanos, clock.wallMicros(sessionNanos), packet, offset, length);
    }
  }
}
