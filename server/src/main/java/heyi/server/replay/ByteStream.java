package heyi.server.replay;

import heyi.server.sql.Blocking;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;

/**
 * Copies an input stream into a response at the pace of the client.
 *
 * <p><b>Bounds</b>: one piece of 64 KiB per response is in memory; the next is read only when the
 * socket has room. The stream is closed however it ends.
 */
final class ByteStream {
  private static final int PIECE_BYTES = 65_536;

  private final Blocking blocking;
  private final InputStream in;
  private final HttpServerResponse response;

  private ByteStream(Blocking blocking, InputStream in, HttpServerResponse response) {
    this.blocking = blocking;
    this.in = in;
    this.response = response;
  }

  /** Copies exactly {@code length} bytes and ends the response. */
  static Future<Void> copy(
      Blocking blocking, InputStream in, long length, HttpServerResponse response) {
    ByteStream stream = new ByteStream(blocking, in, response);
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
    return blocking
        .call(() -> in.readNBytes((int) Math.min(left, PIECE_BYTES)))
        .compose(
            piece -> {
              if (piece.length == 0) {
                return Future.failedFuture(new IOException("the object is shorter than indexed"));
              }
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
