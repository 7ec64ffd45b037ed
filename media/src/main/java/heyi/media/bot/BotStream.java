package heyi.media.bot;

import heyi.media.Ssrc;
import heyi.media.endpoint.WebRtcEndpoint;
import heyi.media.rtcp.RtcpCompound;
import heyi.media.rtcp.RtcpSourceDescription;
import heyi.media.rtcp.SenderReportClock;
import heyi.media.rtp.RtpPacketWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One outgoing stream of a bot: numbers its packets and reports its clock once a second. */
final class BotStream {
  private static final Duration REPORT_INTERVAL = Duration.ofSeconds(1);

  private final WebRtcEndpoint endpoint;
  private final Ssrc ssrc;
  private final RtcpSourceDescription name;
  private final SenderReportClock clock;
  private int sequenceNumber;
  private Instant nextReport;

  /** {@code begin} is the moment of RTP timestamp {@code firstTimestamp}. */
  BotStream(
      WebRtcEndpoint endpoint,
      Ssrc ssrc,
      String cname,
      int clockHz,
      long firstTimestamp,
      Instant begin) {
    this.endpoint = endpoint;
    this.ssrc = ssrc;
    this.name = new RtcpSourceDescription(List.of(new RtcpSourceDescription.Chunk(ssrc, cname)));
    this.clock = new SenderReportClock(ssrc, clockHz, firstTimestamp, begin);
    this.nextReport = begin;
    this.sequenceNumber = (int) (firstTimestamp & 0x7FFF);
  }

  RtpPacketWriter packet(int payloadType) {
    return new RtpPacketWriter(payloadType, ssrc);
  }

  void send(RtpPacketWriter writer, long timestamp, byte[] payload) {
    byte[] packet = writer.write(sequenceNumber, timestamp, payload);
    sequenceNumber = (sequenceNumber + 1) & 0xFFFF;
    endpoint.sendRtp(packet, 0, packet.length);
    clock.sent(payload.length);
  }

  void reportWhenDue(Instant now) {
    if (now.isBefore(nextReport)) {
      return;
    }
    nextReport = now.plus(REPORT_INTERVAL);
    byte[] report = RtcpCompound.write(List.of(clock.report(now), name));
    endpoint.sendRtcp(report, 0, report.length);
  }
}
