package heyi.recording.session;

import heyi.media.MediaSource;
import heyi.media.Ssrc;
import heyi.recording.capture.Capture;
import io.vertx.core.Future;
import java.util.List;

/** A capture whose packets the test itself gives. */
final class NoConnection implements Capture {
  @Override
  public void expect(List<MediaSource> sources) {}

  @Override
  public void requestKeyframe(Ssrc ssrc) {}

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
