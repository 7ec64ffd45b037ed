package heyi.media.endpoint;

import heyi.media.MediaSource;
import heyi.media.Ssrc;
import heyi.media.ice.TransportDescription;
import java.util.List;

/**
 * One peer connection of this process with a browser, a bridge or another endpoint.
 *
 * <p>Order of use: {@link #create}, signal {@link #localTransport()}, {@link #connect} with the
 * peer's answer, {@link #expect} and {@link #announce} whenever sources change, {@link #close()}.
 * Closing is idempotent and may be done at any time.
 *
 * <p><b>Threads:</b> all methods may be called from any thread and do not block.
 *
 * <p><b>Errors:</b> what comes from the network is dropped and counted, never thrown.
 */
public final class WebRtcEndpoint implements AutoCloseable {
  private WebRtcEndpoint() {}

  /**
   * Makes an endpoint and its ICE credentials, certificate and candidates.
   *
   * @param port stays owned by the caller, who closes it after the endpoint
   * @param options roles and agreed numbers
   * @param listener is told of media and of the end
   */
  public static WebRtcEndpoint create(
      UdpPort port, EndpointOptions options, EndpointListener listener) {
    throw new IllegalStateException("not built yet: " + port + options + listener);
  }

  /** What the peer must know to reach this endpoint; {@code webSockets} is empty. */
  public TransportDescription localTransport() {
    throw new IllegalStateException("not built yet");
  }

  /**
   * Starts connecting; the first call counts, later ones only add candidates.
   *
   * @param remote the peer's credentials; candidates may be absent
   */
  public void connect(TransportDescription remote) {
    throw new IllegalStateException("not built yet: " + remote);
  }

  /**
   * Names the sources that the peer may send; replaces the former list. Only their packets reach
   * the listener, with losses repaired, retransmissions unwrapped and feedback sent.
   *
   * @param sources at most 64 SSRCs in all
   */
  public void expect(List<MediaSource> sources) {
    throw new IllegalStateException("not built yet: " + sources);
  }

  /**
   * Names the sources that this side sends to the peer; replaces the former list. Lost packets are
   * repeated on the source's retransmission SSRC when it has one, else as they were. Sending
   * something not announced works too, without retransmission SSRC.
   *
   * @param sources what was signalled to the peer
   */
  public void announce(List<MediaSource> sources) {
    throw new IllegalStateException("not built yet: " + sources);
  }

  /**
   * Sends one plain RTP packet: it is copied, its transport-wide sequence number and abs-send-time
   * extensions (when it has them) are set, it is encrypted, sent, and kept to answer NACKs. Dropped
   * and counted when not connected.
   *
   * @param packet holds a whole RTP packet
   * @param offset of the RTP header
   * @param length of the packet
   */
  public void sendRtp(byte[] packet, int offset, int length) {
    throw new IllegalStateException("not built yet");
  }

  /**
   * Sends one plain compound RTCP packet.
   *
   * @param packet holds a whole compound
   * @param offset of the first header
   * @param length of the compound
   */
  public void sendRtcp(byte[] packet, int offset, int length) {
    throw new IllegalStateException("not built yet");
  }

  /**
   * Asks the peer for a keyframe (PLI); at most one per 300 ms and stream goes out, a request in
   * between is sent when the time is over unless a keyframe came.
   *
   * @param ssrc of an expected video stream
   */
  public void requestKeyframe(Ssrc ssrc) {
    throw new IllegalStateException("not built yet: " + ssrc);
  }

  /** Counters until now. */
  public EndpointStatistics statistics() {
    throw new IllegalStateException("not built yet");
  }

  @Override
  public void close() {}
}
