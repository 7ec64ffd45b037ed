package heyi.media.endpoint;

import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.Ssrc;
import heyi.media.SsrcGroup;
import heyi.media.rtcp.NtpTimestamp;
import heyi.media.rtcp.RtcpNack;
import heyi.media.rtcp.RtcpPacket;
import heyi.media.rtcp.RtcpPictureLossIndication;
import heyi.media.rtcp.RtcpReceiverReport;
import heyi.media.rtcp.RtcpReportBlock;
import heyi.media.rtcp.RtcpTransportFeedback;
import heyi.media.rtp.Bits;
import heyi.media.rtp.RtpExtensions;
import heyi.media.rtp.RtpHeader;
import heyi.media.rtp.RtpRetransmission;
import heyi.media.srtp.PacketBuffer;
import heyi.media.srtp.SrtpOutcome;
import heyi.media.srtp.SrtpSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of an endpoint: decrypts, tells new from known packets, unwraps
 * retransmissions, and makes the feedback.
 *
 * <p><b>Threads:</b> all methods lock the receiver; no foreign code runs under the lock.
 *
 * <p><b>Bounds:</b> only packets of expected SSRCs are looked at, {@value #MAX_SSRCS} at most.
 */
final class Receiver {
  static final int MAX_SSRCS = 64;

  /** Often enough for the bitrate to rise fast; libwebrtc uses 50 to 250 ms. */
  private static final long TRANSPORT_FEEDBACK_NANOS = 45_000_000;

  private static final long REPORT_NANOS = 500_000_000;
  private static final int MAX_BLOCKS = 31;

  /** A packet for the owner. */
  record Received(byte[] buffer, int offset, int length) {}

  private record Route(ReceiveStream stream, boolean retransmission) {}

  private final RtpParameters rtp;
  private final Ssrc own;
  private final EndpointCounters counters;
  private final TransportFeedbackCollector feedback;
  private final PacketBuffer packet = new PacketBuffer();
  private Map<Ssrc, Route> routes = Map.of();
  private Ssrc lastMedia;
  private long lastFeedbackNanos;
  private long lastReportNanos;

  Receiver(RtpParameters rtp, Ssrc own, EndpointCounters counters, long nowNanos) {
    this.rtp = rtp;
    this.own = own;
    this.counters = counters;
    feedback = new TransportFeedbackCollector(nowNanos);
    lastMedia = own;
    lastFeedbackNanos = nowNanos;
    lastReportNanos = nowNanos;
  }

  synchronized void expect(List<MediaSource> sources) {
    final Map<Ssrc, Route> next = new HashMap<>();
    for (final MediaSource source : sources) {
      final Map<Ssrc, Ssrc> mediaOfRtx = new HashMap<>();
      for (final SsrcGroup group : source.groups()) {
        if (group.semantics() == SsrcGroup.Semantics.FID) {
          mediaOfRtx.put(group.ssrcs().getLast(), group.ssrcs().getFirst());
        }
      }
      for (final Ssrc ssrc : source.ssrcs()) {
        final Ssrc media = mediaOfRtx.getOrDefault(ssrc, ssrc);
        final Route known = next.get(media);
        final ReceiveStream stream =
            known == null ? streamFor(media, source.kind()) : known.stream();
        next.put(media, new Route(stream, false));
        if (!media.equals(ssrc)) {
          next.put(ssrc, new Route(stream, true));
        }
      }
    }
    if (next.size() > MAX_SSRCS) {
      throw new IllegalArgumentException(
          "at most " + MAX_SSRCS + " ssrcs may be expected but got " + next.size());
    }
    routes = next;
  }

  private ReceiveStream streamFor(Ssrc media, MediaKind kind) {
    final Route known = routes.get(media);
    return known != null && !known.retransmission() && known.stream().kind() == kind
        ? known.stream()
        : new ReceiveStream(media, kind, counters);
  }

  /** Takes an SRTP packet; null when there is nothing for the owner. */
  synchronized @Nullable Received receiveRtp(
      SrtpSession srtp, byte[] buffer, int offset, int length, long nowNanos) {
    final RtpHeader encrypted = RtpHeader.parseEncrypted(buffer, offset, length);
    if (encrypted == null) {
      return drop(DropReason.MALFORMED);
    }
    final Route route = routes.get(encrypted.ssrc());
    if (route == null) {
      return drop(DropReason.UNEXPECTED_SSRC);
    }
    final SrtpOutcome outcome = srtp.unprotectRtp(packet.wrap(buffer, offset, length));
    if (outcome != SrtpOutcome.OK) {
      return drop(dropReason(outcome));
    }
    final byte[] plain = packet.getBuffer();
    final RtpHeader header = RtpHeader.parse(plain, packet.getOffset(), packet.getLength());
    if (header == null) {
      return drop(DropReason.MALFORMED);
    }
    noteArrival(plain, header, nowNanos);
    return route.retransmission()
        ? unwrapped(route.stream(), plain, header, nowNanos)
        : original(route.stream(), plain, header, nowNanos);
  }

  private void noteArrival(byte[] plain, RtpHeader header, long nowNanos) {
    final RtpExtensions.Element element = RtpExtensions.find(plain, header, rtp.transportCcId());
    if (element != null && element.length() >= 2) {
      feedback.arrived(Bits.u16(plain, element.offset()), nowNanos);
      lastMedia = header.ssrc();
    }
  }

  private @Nullable Received original(
      ReceiveStream stream, byte[] plain, RtpHeader header, long nowNanos) {
    if (!stream.accept(plain, header, false, nowNanos)) {
      return drop(DropReason.DUPLICATE);
    }
    return new Received(plain, packet.getOffset(), packet.getLength());
  }

  private @Nullable Received unwrapped(
      ReceiveStream stream, byte[] plain, RtpHeader header, long nowNanos) {
    final byte[] original =
        RtpRetransmission.unwrap(plain, packet.getOffset(), header, stream.ssrc(), rtp.vp8());
    if (original == null) {
      return null;
    }
    final RtpHeader restored = RtpHeader.parse(original, 0, original.length);
    if (restored == null) {
      return drop(DropReason.MALFORMED);
    }
    if (!stream.accept(original, restored, true, nowNanos)) {
      return drop(DropReason.DUPLICATE);
    }
    return new Received(original, 0, original.length);
  }

  /** Takes an SRTCP packet; null when there is nothing for the owner. */
  synchronized @Nullable Received receiveRtcp(
      SrtpSession srtp, byte[] buffer, int offset, int length) {
    final SrtpOutcome outcome = srtp.unprotectRtcp(packet.wrap(buffer, offset, length));
    if (outcome != SrtpOutcome.OK) {
      return drop(dropReason(outcome));
    }
    return new Received(packet.getBuffer(), packet.getOffset(), packet.getLength());
  }

  synchronized void senderReport(Ssrc ssrc, NtpTimestamp ntp, long nowNanos) {
    final Route route = routes.get(ssrc);
    if (route != null) {
      route.stream().senderReport(ntp, nowNanos);
    }
  }

  synchronized void lostBehind(Ssrc ssrc, int fraction, long nowNanos) {
    final Route route = routes.get(ssrc);
    if (route != null) {
      route.stream().lostBehind(fraction, nowNanos);
    }
  }

  synchronized void wantKeyframe(Ssrc ssrc) {
    final Route route = routes.get(ssrc);
    if (route != null) {
      route.stream().wantKeyframe();
    }
  }

  /** Feedback that is due; each list is one compound. */
  synchronized List<List<RtcpPacket>> takeFeedback(long nowNanos) {
    final List<List<RtcpPacket>> compounds = new ArrayList<>();
    if (nowNanos - lastFeedbackNanos >= TRANSPORT_FEEDBACK_NANOS) {
      lastFeedbackNanos = nowNanos;
      for (final RtcpTransportFeedback report : feedback.take(own, lastMedia)) {
        counters.transportFeedbacksSent.increment();
        compounds.add(List.of(report));
      }
    }
    final List<RtcpPacket> requests = new ArrayList<>();
    for (final Route route : routes.values()) {
      if (!route.retransmission() && route.stream().kind() == MediaKind.VIDEO) {
        addRequests(route.stream(), nowNanos, requests);
      }
    }
    if (nowNanos - lastReportNanos >= REPORT_NANOS) {
      lastReportNanos = nowNanos;
      addReports(nowNanos, compounds);
    }
    requests.forEach(request -> compounds.add(List.of(request)));
    return compounds;
  }

  private void addRequests(ReceiveStream stream, long nowNanos, List<RtcpPacket> requests) {
    final List<Integer> lost = stream.nacksDue(nowNanos);
    if (!lost.isEmpty()) {
      counters.nacksSent.add(lost.size());
      requests.add(new RtcpNack(own, stream.ssrc(), lost));
    }
    if (stream.keyframeDue(nowNanos)) {
      counters.keyframesRequested.increment();
      requests.add(new RtcpPictureLossIndication(own, stream.ssrc()));
    }
  }

  private void addReports(long nowNanos, List<List<RtcpPacket>> compounds) {
    final List<RtcpReportBlock> blocks =
        routes.values().stream()
            .filter(route -> !route.retransmission() && route.stream().heard())
            .map(route -> route.stream().report(nowNanos))
            .toList();
    for (int from = 0; from < blocks.size(); from += MAX_BLOCKS) {
      final int to = Math.min(from + MAX_BLOCKS, blocks.size());
      compounds.add(List.of(new RtcpReceiverReport(own, blocks.subList(from, to))));
    }
  }

  private @Nullable Received drop(DropReason reason) {
    counters.drop(reason);
    return null;
  }

  private static DropReason dropReason(SrtpOutcome outcome) {
    return switch (outcome) {
      case NOT_AUTHENTIC -> DropReason.NOT_AUTHENTIC;
      case REPLAYED -> DropReason.REPLAYED;
      case OK, MALFORMED -> DropReason.MALFORMED;
    };
  }
}
