package heyi.recording.capture;

/**
 * Takes what the recorder receives. <b>Threads:</b> receive threads; must not block. The buffer is
 * valid only during the call.
 */
public interface PacketSink {
  /** One decrypted RTP packet. */
  void rtp(byte[] buffer, int offset, int length, long arrivalNanos);

  /** One decrypted compound RTCP packet. */
  void rtcp(byte[] buffer, int offset, int length, long arrivalNanos);

  /** The connection has ended; nothing comes any more. */
  void lost(String reason);
}
