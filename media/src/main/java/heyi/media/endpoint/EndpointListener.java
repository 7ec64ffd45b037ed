package heyi.media.endpoint;

import heyi.media.Ssrc;

/**
 * What an endpoint tells its owner.
 *
 * <p><b>Threads:</b> media comes on the receive thread of the port, the other events on that or on
 * a timer or handshake thread. No method may block or throw. No lock of the endpoint is held, so a
 * call back into this or another endpoint is fine.
 */
public interface EndpointListener {
  /** ICE and DTLS are done: media flows from now on. */
  default void onConnected() {}

  /**
   * One RTP packet, decrypted, retransmissions already turned back into the original (RFC 4588).
   * Each packet comes once; it may come late and out of order.
   *
   * @param buffer valid only during the call; the bytes may be changed in place
   * @param offset of the RTP header
   * @param length of the RTP packet
   * @param arrivalNanos on the endpoint's monotonic clock
   */
  void onRtp(byte[] buffer, int offset, int length, long arrivalNanos);

  /**
   * One compound RTCP packet, decrypted and well formed. NACKs and keyframe requests in it are
   * already handled.
   *
   * @param buffer valid only during the call
   * @param offset of the first RTCP header
   * @param length of the compound
   * @param arrivalNanos on the endpoint's monotonic clock
   */
  default void onRtcp(byte[] buffer, int offset, int length, long arrivalNanos) {}

  /**
   * The peer wants a keyframe (PLI or FIR) of a stream that this side sends.
   *
   * @param ssrc of the stream
   */
  default void onKeyframeRequested(Ssrc ssrc) {}

  /**
   * The peer told when what it was sent arrived; comes some ten times a second, and only when the
   * packets that are sent have room for a transport-wide number.
   *
   * @param bitsPerSecond what the way to the peer carries, headers included; {@link Long#MAX_VALUE}
   *     while nothing was in the way
   * @param nowNanos on the endpoint's monotonic clock
   */
  default void onSendBandwidth(long bitsPerSecond, long nowNanos) {}

  /**
   * The endpoint has ended; comes exactly once, nothing comes after it.
   *
   * @param reason why
   */
  default void onClosed(CloseReason reason) {}
}
