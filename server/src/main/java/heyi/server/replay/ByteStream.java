package heyi.server.replay;

import heyi.server.sql.Blocking;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Copies an input stream into a response at the pace of the client, or at a slower one.
 *
 * <p><b>Bounds</b>: one piece of 64 KiB per response is in memory; the next is read only when the
 * socket has room. The stream is closed however it ends; when the client leaves between two steps
 * of a {@link Pace}, at the next one.
 */
final class ByteStream {
  private static final int PIECE_BYTES = 65_536;

  /**
   * How fast bytes are given that the client could take at once.
   *
   * @param prompt so many without waiting
   * @param step so many more after each {@link #EVERY}
   */
  record Pace(long prompt, long step) {
    static final Duration EVERY = Duration.ofMillis(100);

    /** As fast as the client takes them. */
    static final Pace UNBOUND = new Pace(Long.MAX_VALUE, 0);
  }

  private final Blocking blocking;
  private final InputStream in;
  private final HttpServerResponse response;
  private final long step;
  private long granted;

  private ByteStream(Blocking blocking, InputStream in, Pace pace, HttpServerResponse response) {
    this.blocking = blocking;
    this.in = in;
    this.response = response;
    this.step = pace.step();
    this.granted = pace.prompt();
  }

  /** Copies exactly {@code length} bytes and ends the response. */
  static Future<Void> copy(
      Blocking blocking, InputStream in, long length, Pace pace, HttpServerResponse response) {
    ByteStream stream = new ByteStream(blocking, in, pace, response);
    return stream
        .pump(length)
        .eventually(() -> blocking.call(stream::closeInput))
        .compose(
            _ -> response.ended() || response.closed() ? Future.succeededFuture() : response.end());
  }

  private Future<Void> pump(long left) {
    if (left == 0 || response.closed()) {
      return Future.succeededFuture();
    }
    if (granted == 0) {
      granted = step;
      return blocking.rest(Pace.EVERY).compose(_ -> pump(left));
    }
    int most = (int) Math.min(Math.min(left, granted), PIECE_BYTES);
    return blocking
        .call(() -> in.readNBytes(most))
        .compose(
            piece -> {
              if (piece.length == 0) {
                return Future.failedFuture(new IOException("the object is shorter than indexed"));
              }
              granted -= piece.length;
              return write(piece).compose(_ -> pump(left - piece.length));
            });
  }

  private Future<Void> write(byte[] piece) {
    if (response.closed()) {
      return Future.succeededFuture();
    }
    Future<Void> written = response.write(Buffer.buffer(piece));
    if (!response.writeQueueFull()) {
      return Future.succeededFuture();
    }
    Promise<Void> drained = Promise.promise();
    response.drainHandler(_ -> drained.tryComplete());
    return Future.any(drained.future(), written).mapEmpty();
  }

  private Void closeInput() throws IOException {
    in.close();
    return null;
  }
}
