package heyi.media.rtcp;

import java.nio.ByteBuffer;

/** One RTCP packet of a compound. All are immutable. */
public sealed interface RtcpPacket
    permits RtcpSenderReport,
        RtcpReceiverReport,
        RtcpSourceDescription,
        RtcpGoodbye,
        RtcpNack,
        RtcpTransportFeedback,
        RtcpPictureLossIndication,
        RtcpFullIntraRequest,
        RtcpMaximumBitrate,
        RtcpUnknown {
  /** Size on the wire, header included; a multiple of 4. */
  int sizeBytes();

  /**
   * Writes the packet.
   *
   * @param out has at least {@link #sizeBytes()} left
   */
  void write(ByteBuffer out);
}
