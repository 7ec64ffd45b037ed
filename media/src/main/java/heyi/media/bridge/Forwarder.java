package heyi.media.bridge;

import heyi.media.MediaKind;
import heyi.media.MediaProfile;
import heyi.media.Ssrc;
import heyi.media.bridge.Routes.Route;
import heyi.media.colibri2.ChannelMessage;
import heyi.media.rtcp.RtcpCompound;
import heyi.media.rtcp.RtcpPacket;
import heyi.media.rtcp.RtcpSenderReport;
import heyi.media.rtp.RtpExtensions;
import heyi.media.rtp.RtpHeader;
import heyi.media.rtp.Vp8Payload;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
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
  private final DominantSpeaker speaker;
  private final LongSupplier nanoClock;

  /** Videos whose first packet came; bounded by the sources that were signalled. */
  private final Set<Ssrc> begun = ConcurrentHashMap.newKeySet();

  Forwarder(BridgeEndpoint owner, ConferenceMedia media) {
    this.owner = owner;
    this.routes = media.routes();
    this.counters = media.counters();
    this.speaker = media.speaker();
    this.nanoClock = media.nanoClock();
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
    switch (route.kind()) {
      case VIDEO -> {
        if (begun.add(route.ssrc())) {
          requestUnlessKeyframe(route, buffer, header);
        }
      }
      case AUDIO -> listen(now, buffer, header);
    }
    List<BridgeEndpoint> receivers = route.receivers();
    if (receivers.isEmpty()) {
      return;
    }
    byte[] packet = ForwardedPacket.of(buffer, offset, header);
    for (BridgeEndpoint receiver : receivers) {
      receiver.forwardRtp(packet);
    }
  }

  private void listen(Routes now, byte[] buffer, RtpHeader header) {
    RtpExtensions.Element level =
        RtpExtensions.find(buffer, header, MediaProfile.AUDIO_LEVEL_EXTENSION);
    if (level != null && speaker.heard(owner.id(), buffer[level.offset()], nanoClock.getAsLong())) {
      now.endpoints().forEach(each -> each.tell(new ChannelMessage.DominantSpeaker(owner.id())));
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
          route.receivers().forEach(receiver -> receiver.forwardRtcp(stripped));
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
