package heyi.media.endpoint;

import heyi.media.Ssrc;
import heyi.media.rtcp.RtcpCompound;
import heyi.media.rtcp.RtcpFullIntraRequest;
import heyi.media.rtcp.RtcpNack;
import heyi.media.rtcp.RtcpPacket;
import heyi.media.rtcp.RtcpPictureLossIndication;
import heyi.media.rtcp.RtcpSenderReport;
import heyi.media.rtcp.RtcpTransportFeedback;
import heyi.media.srtp.SrtpSession;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Takes the peer's encrypted media, acts on its requests, and hands the rest to the listener.
 *
 * <p><b>Threads:</b> the receive thread.
 */
final class InboundMedia {
  private final Receiver receiver;
  private final Sender sender;
  private final EndpointCounters counters;
  private final EndpointListener listener;
  private final LongSupplier clock;

  InboundMedia(
      Receiver receiver,
      Sender sender,
      EndpointCounters counters,
      EndpointListener listener,
      LongSupplier clock) {
    this.receiver = receiver;
    this.sender = sender;
    this.counters = counters;
    this.listener = listener;
    this.clock = clock;
  }

  /** RTP and RTCP share the port; the second octet tells them apart (RFC 5761 §4). */
  void take(SrtpSession session, byte[] buffer, int offset, int length) {
    final int second = buffer[offset + 1] & 0xFF;
    if (second >= 192 && second <= 223) {
      rtcp(session, buffer, offset, length);
    } else {
      rtp(session, buffer, offset, length);
    }
  }

  private void rtp(SrtpSession session, byte[] buffer, int offset, int length) {
    final long now = clock.getAsLong();
    final Receiver.Received packet = receiver.receiveRtp(session, buffer, offset, length, now);
    if (packet != null) {
      counters.packetsReceived.increment();
      counters.bytesReceived.add(packet.length());
      listener.onRtp(packet.buffer(), packet.offset(), packet.length(), now);
    }
  }

  private void rtcp(SrtpSession session, byte[] buffer, int offset, int length) {
    final long now = clock.getAsLong();
    final Receiver.Received compound = receiver.receiveRtcp(session, buffer, offset, length);
    if (compound == null) {
      return;
    }
    final List<RtcpPacket> packets =
        RtcpCompound.parse(compound.buffer(), compound.offset(), compound.length());
    if (packets.isEmpty()) {
      counters.drop(DropReason.MALFORMED);
      return;
    }
    packets.forEach(packet -> handle(session, packet, now));
    listener.onRtcp(compound.buffer(), compound.offset(), compound.length(), now);
  }

  private void handle(SrtpSession session, RtcpPacket packet, long now) {
    switch (packet) {
      case RtcpSenderReport report -> receiver.senderReport(report.sender(), report.ntp(), now);
      case RtcpNack nack -> {
        counters.nacksReceived.add(nack.lost().size());
        sender.resend(session, nack.media(), nack.lost(), now);
      }
      case RtcpTransportFeedback feedback ->
          listener.onSendBandwidth(sender.feedback(feedback, now), now);
      case RtcpPictureLossIndication request -> keyframeAsked(request.media());
      case RtcpFullIntraRequest request ->
          request.entries().forEach(entry -> keyframeAsked(entry.media()));
      default -> {}
    }
  }

  private void keyframeAsked(Ssrc ssrc) {
    if (sender.sends(ssrc)) {
      counters.keyframesAsked.increment();
      listener.onKeyframeRequested(ssrc);
    }
  }
}
