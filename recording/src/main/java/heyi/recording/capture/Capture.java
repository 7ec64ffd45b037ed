package heyi.recording.capture;

import heyi.media.MediaSource;
import heyi.media.Ssrc;
import io.vertx.core.Future;
import java.util.List;

/** One connection of the recorder with a conference. <b>Threads:</b> any; nothing blocks. */
public interface Capture {
  /**
   * Makes connections; the port that tests replace, because real ones need a bridge and sockets.
   */
  @FunctionalInterface
  interface Connector {
    /**
     * Joins.
     *
     * @return the connection once media can flow; fails with {@link CaptureException}
     */
    Future<Capture> connect(PacketSink sink);
  }

  /** Names the sources to receive; replaces the former list. */
  void expect(List<MediaSource> sources);

  /** Asks for a picture that can be decoded alone. */
  void requestKeyframe(Ssrc ssrc);

  /** Leaves the conference. */
  Future<Void> close();
}
