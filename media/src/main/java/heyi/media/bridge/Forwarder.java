package heyi.media.bridge;

import heyi.media.MediaKind;
import heyi.media.MediaProfile;
import heyi.media.Ssrc;
import heyi.media.bridge.Routes.Route;
import heyi.media.colibri2.ChannelMessage;
import heyi.media.rtcp.RtcpCompound;
import heyi.media.rtcp.RtcpPacket;
import heyi.media.rtcp.RtcpReceiverReport;
import heyi.media.rtcp.RtcpReportBlock;
import heyi.media.rtcp.RtcpSenderReport;
import heyi.media.rtp.RtpExtensions;
import heyi.media.rtp.RtpHeader;
import heyi.media.rtp.Vp8Descriptor;
import heyi.media.rtp.Vp8Payload;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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

  /** Bounded in the same way. */
  private final Map<Ssrc, LayerRates> rates = new ConcurrentHashMap<>();

  Forwarder(BridgeEndpoint owner, ConferenceMedia media) {
    this.owner = owner;
    this.routes = media.routes();
    this.counters = media.counters();
    this.speaker = media.speaker();
    this.nanoClock = media.nanoClock();
  }

  void sourcesChanged(Set<Ssrc> present) {
    begun.clear();
    rates.keySet().retainAll(present);
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
    if (route.kind() == MediaKind.AUDIO) {
      listen(now, buffer, header);
    } else if (begun.add(route.ssrc())) {
      requestUnlessKeyframe(route, buffer, header);
    }
    if (!route.receivers().isEmpty() || !route.passedOver().isEmpty()) {
      forward(route, ForwardedPacket.of(buffer, offset, header));
    }
  }

  private void forward(Route route, byte[] packet) {
    Vp8Descriptor descriptor = route.kind() == MediaKind.VIDEO ? descriptor(packet) : null;
    int layer = descriptor == null ? 0 : descriptor.temporalLayer();
    rates(route.ssrc()).add(layer, packet.length, nanoClock.getAsLong());
    for (BridgeEndpoint receiver : route.receivers()) {
      if (route.kind() == MediaKind.VIDEO) {
        receiver.forwardVideo(route, packet, descriptor);
      } else {
        receiver.forwardAudio(packet);
      }
    }
    for (BridgeEndpoint other : route.passedOver()) {
      other.passOver(route, packet, descriptor);
    }
  }

  private static @Nullable Vp8Descriptor descriptor(byte[] packet) {
    RtpHeader header = RtpHeader.parse(packet, 0, packet.length);
    return header == null
        ? null
        : Vp8Descriptor.read(packet, header.payloadOffset(), header.payloadLength());
  }

  /** What a stream of the owner takes on a line. */
  LayerRates rates(Ssrc ssrc) {
    return rates.computeIfAbsent(ssrc, _ -> new LayerRates());
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
      switch (packet) {
        case RtcpSenderReport report -> {
          senderReport(now, report);
          lost(now, report.blocks());
        }
        case RtcpReceiverReport report -> lost(now, report.blocks());
        default -> {}
      }
    }
  }

  private void senderReport(Routes now, RtcpSenderReport report) {
    Route route = now.find(report.sender());
    if (route != null && route.owner() == owner && !route.muted()) {
      byte[] stripped = RtcpCompound.write(List.of(withoutBlocks(report)));
      route.receivers().forEach(receiver -> receiver.forwardRtcp(stripped));
    }
  }

  /** Who speaks can protect his words against what the owner loses of them. */
  private void lost(Routes now, List<RtcpReportBlock> blocks) {
    for (RtcpReportBlock block : blocks) {
      Route route = now.find(block.ssrc());
      if (route != null && route.kind() == MediaKind.AUDIO && route.receivers().contains(owner)) {
        route.owner().lostBehind(block.ssrc(), block.fractionLost());
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
