package heyi.media.rtcp;

import heyi.media.rtp.Bits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several RTCP packets in one datagram (RFC 3550 §6.1); reduced size is accepted (RFC 5506).
 *
 * <p><b>Bounds:</b> a compound of more than {@value #MAX_PACKETS} packets is refused.
 */
public final class RtcpCompound {
  /** A browser sends at most about ten. */
  public static final int MAX_PACKETS = 64;

  private static final int VERSION = 2;

  private RtcpCompound() {}

  /**
   * Reads all packets.
   *
   * @return empty when any of them is malformed: then nothing of the compound is to be trusted
   */
  public static List<RtcpPacket> parse(byte[] buffer, int offset, int length) {
    final List<RtcpPacket> packets = new ArrayList<>();
    final int end = offset + length;
    int at = offset;
    while (at < end) {
      if (end - at < RtcpHeader.SIZE_BYTES
          || Bits.u8(buffer, at) >> 6 != VERSION
          || packets.size() == MAX_PACKETS) {
        return List.of();
      }
      final int size = (Bits.u16(buffer, at + 2) + 1) * 4;
      if (at + size > end) {
        return List.of();
      }
      final RtcpPacket packet = read(buffer, at, size);
      if (packet == null) {
        return List.of();
      }
      packets.add(packet);
      at += size;
    }
    return List.copyOf(packets);
  }

  private static @Nullable RtcpPacket read(byte[] b, int at, int wholeSize) {
    final boolean padded = (b[at] & 0x20) != 0;
    final int padding = padded ? Bits.u8(b, at + wholeSize - 1) : 0;
    if (padded && (padding == 0 || padding > wholeSize - RtcpHeader.SIZE_BYTES)) {
      return null;
    }
    final int size = wholeSize - padding;
    final int count = b[at] & 0x1F;
    final int type = Bits.u8(b, at + 1);
    return switch (type) {
      case RtcpHeader.SENDER_REPORT -> RtcpSenderReport.read(b, at, size, count);
      case RtcpHeader.RECEIVER_REPORT -> RtcpReceiverReport.read(b, at, size, count);
      case RtcpHeader.SOURCE_DESCRIPTION -> RtcpSourceDescription.read(b, at, size, count);
      case RtcpHeader.GOODBYE -> RtcpGoodbye.read(b, at, size, count);
      case RtcpHeader.TRANSPORT_FEEDBACK -> readTransport(b, at, size, count);
      case RtcpHeader.PAYLOAD_FEEDBACK -> readPayload(b, at, size, count);
      default -> new RtcpUnknown(type, count);
    };
  }

  private static @Nullable RtcpPacket readTransport(byte[] b, int at, int size, int format) {
    return switch (format) {
      case RtcpNack.FORMAT -> RtcpNack.read(b, at, size);
      case RtcpTransportFeedback.FORMAT -> RtcpTransportFeedback.read(b, at, size);
      default -> new RtcpUnknown(RtcpHeader.TRANSPORT_FEEDBACK, format);
    };
  }

  private static @Nullable RtcpPacket readPayload(byte[] b, int at, int size, int format) {
    return switch (format) {
      case RtcpPictureLossIndication.FORMAT -> RtcpPictureLossIndication.read(b, at, size);
      case RtcpFullIntraRequest.FORMAT -> RtcpFullIntraRequest.read(b, at, size);
      case RtcpMaximumBitrate.FORMAT -> readApplication(b, at, size);
      default -> new RtcpUnknown(RtcpHeader.PAYLOAD_FEEDBACK, format);
    };
  }

  /** Application layer feedback is REMB or something else. */
  private static RtcpPacket readApplication(byte[] b, int at, int size) {
    final RtcpPacket remb = RtcpMaximumBitrate.read(b, at, size);
    return remb != null
        ? remb
        : new RtcpUnknown(RtcpHeader.PAYLOAD_FEEDBACK, RtcpMaximumBitrate.FORMAT);
  }

  /**
   * Writes packets one after the other.
   *
   * @param packets at least one
   */
  public static byte[] write(List<? extends RtcpPacket> packets) {
    final int size = packets.stream().mapToInt(RtcpPacket::sizeBytes).sum();
    final ByteBuffer out = ByteBuffer.allocate(size);
    packets.forEach(packet -> packet.write(out));
    return out.array();
  }
}
