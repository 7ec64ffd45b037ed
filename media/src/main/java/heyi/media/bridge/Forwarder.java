package heyi.media.bridge;

import heyi.media.MediaKind;
import heyi.media.Ssrc;
import heyi.media.bridge.Routes.Route;
import heyi.media.rtcp.RtcpCompound;
import heyi.media.rtcp.RtcpPacket;
import heyi.media.rtcp.RtcpSenderReport;
import heyi.media.rtp.RtpHeader;
import heyi.media.rtp.Vp8Payload;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Carries what one endpoint sends to the others of its conference.
 *
 * <p><b>Threads:</b> the receive thread of the port. Packets that no signalled source explains are
 * dropped and counted.
 */
final class Forwarder {
  private final BridgeEndpoint owner;
  private final Supplier<Routes> routes;
  private final BridgeCounters counters;

  /** Videos whose first packet came; bounded by the sources that were signalled. */
  private final Set<Ssrc> begun = ConcurrentHashMap.newKeySet();

  Forwarder(BridgeEndpoint owner, Supplier<Routes> routes, BridgeCounters counters) {
    this.owner = owner;
    this.routes = routes;
    this.counters = counters;
  }

  void sourcesChanged() {
    begun.clear();
  }

  /** A new receiver can decode nothing before a keyframe of each sender. */
  void connected() {
    for (Route route : routes.get().videoFor(owner)) {
      relayKeyframeRequest(route);
    }
  }

  void rtp(byte[] buffer, int offset, int length) {
    counters.packetsIn.increment();
    counters.bytesIn.add(length);
    RtpHeader header = RtpHeader.parse(buffer, offset, length);
    Routes now = routes.get();
    Route route = header == null ? null : now.find(header.ssrc());
    if (header == null || route == null || route.owner() != owner) {
      counters.unroutable.increment();
      return;
    }
    if (route.muted()) {
      counters.muted.increment();
      return;
    }
    if (route.kind() == MediaKind.VIDEO && begun.add(route.ssrc())) {
      requestUnlessKeyframe(route, buffer, header);
    }
    byte[] packet = ForwardedPacket.of(buffer, offset, header);
    for (BridgeEndpoint receiver : now.receiversOf(owner)) {
      receiver.forwardRtp(packet);
    }
  }

  /** The first keyframe may have come before the source was signalled; then nobody has it. */
  private void requestUnlessKeyframe(Route route, byte[] buffer, RtpHeader header) {
    if (!Vp8Payload.beginsKeyframe(buffer, header.payloadOffset(), header.payloadLength())) {
      owner.requestKeyframe(route.ssrc());
    }
  }

  /** Of RTCP only sender reports go on, without what the sender says about others. */
  void rtcp(byte[] buffer, int offset, int length) {
    Routes now = routes.get();
    for (RtcpPacket packet : RtcpCompound.parse(buffer, offset, length)) {
      if (packet instanceof RtcpSenderReport report) {
        Route route = now.find(report.sender());
        if (route != null && route.owner() == owner && !route.muted()) {
          byte[] stripped = RtcpCompound.write(List.of(withoutBlocks(report)));
          now.receiversOf(owner).forEach(receiver -> receiver.forwardRtcp(stripped));
        }
      }
    }
  }

  private static RtcpSenderReport withoutBlocks(RtcpSenderReport report) {
    return new RtcpSenderReport(
        report.sender(),
        report.ntp(),
        report.rtpTimestamp(),
        report.packetCount(),
        report.octetCount(),
        List.of());
  }

  /** The owner wants a keyframe of somebody else's video. */
  void keyframeRequested(Ssrc ssrc) {
    Route route = routes.get().find(ssrc);
    if (route != null && route.owner() != owner && route.kind() == MediaKind.VIDEO) {
      relayKeyframeRequest(route);
    }
  }

  private void relayKeyframeRequest(Route route) {
    counters.keyframesRelayed.increment();
    route.owner().requestKeyframe(route.ssrc());
  }
}
