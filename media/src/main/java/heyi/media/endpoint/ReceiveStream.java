package heyi.media.endpoint;

import heyi.media.MediaKind;
import heyi.media.Ssrc;
import heyi.media.rtcp.NtpTimestamp;
import heyi.media.rtcp.RtcpReportBlock;
import heyi.media.rtp.RtpHeader;
import heyi.media.rtp.SequenceWindow;
import heyi.media.rtp.Vp8Payload;
import java.util.List;

/**
 * State of one received stream, its retransmissions included.
 *
 * <p><b>Threads:</b> guarded by its owner.
 */
final class ReceiveStream {
  private static final long AUDIO_CLOCK_HERTZ = 48_000;
  private static final long VIDEO_CLOCK_HERTZ = 90_000;

  private final Ssrc ssrc;
  private final MediaKind kind;
  private final SequenceWindow window = new SequenceWindow();
  private final LossTracker losses = new LossTracker();
  private final KeyframeRequests keyframes = new KeyframeRequests();
  private final LossBehind behind = new LossBehind();
  private final ReceiveQuality quality;
  private final EndpointCounters counters;

  ReceiveStream(Ssrc ssrc, MediaKind kind, EndpointCounters counters) {
    this.ssrc = ssrc;
    this.kind = kind;
    this.counters = counters;
    quality =
        new ReceiveQuality(ssrc, kind == MediaKind.AUDIO ? AUDIO_CLOCK_HERTZ : VIDEO_CLOCK_HERTZ);
  }

  Ssrc ssrc() {
    return ssrc;
  }

  MediaKind kind() {
    return kind;
  }

  /**
   * Takes a packet of the stream.
   *
   * @param repeated it came as a retransmission
   * @return false when it is a duplicate
   */
  boolean accept(byte[] buffer, RtpHeader header, boolean repeated, long nowNanos) {
    final long before = window.highest();
    final long extended = window.extend(header.sequenceNumber());
    if (!window.add(extended)) {
      return false;
    }
    losses.received();
    if (before >= 0 && extended > before + 1) {
      counters.packetsMissed.add(extended - before - 1);
      if (kind == MediaKind.VIDEO) {
        losses.missed(before + 1, extended - 1, nowNanos);
      }
    } else if (extended < before) {
      if (losses.arrived(extended, nowNanos) || kind == MediaKind.AUDIO) {
        counters.packetsRecovered.increment();
      }
    }
    if (!repeated) {
      // A report is about the line: what had to be repeated was lost on it.
      quality.packet(extended, header.timestamp(), nowNanos);
    }
    if (kind == MediaKind.VIDEO) {
      noteKeyframe(buffer, header, before < 0);
    }
    return true;
  }

  private void noteKeyframe(byte[] buffer, RtpHeader header, boolean first) {
    if (Vp8Payload.beginsKeyframe(buffer, header.payloadOffset(), header.payloadLength())) {
      keyframes.keyframeArrived();
    } else if (first) {
      keyframes.want();
    }
  }

  void senderReport(NtpTimestamp ntp, long nowNanos) {
    quality.senderReport(ntp, nowNanos);
  }

  void wantKeyframe() {
    if (kind == MediaKind.VIDEO) {
      keyframes.want();
    }
  }

  /** Whether a PLI is to be sent now. */
  boolean keyframeDue(long nowNanos) {
    if (losses.takeGivenUp()) {
      wantKeyframe();
    }
    return keyframes.due(nowNanos);
  }

  /** What to ask for again now. */
  List<Integer> nacksDue(long nowNanos) {
    return losses.due(nowNanos);
  }

  boolean heard() {
    return quality.heard();
  }

  /** Somebody to whom the stream goes on reports what he lost of it, in 1/256. */
  void lostBehind(int fraction, long nowNanos) {
    behind.report(fraction, nowNanos);
  }

  /**
   * What the sender is told. Of sound he is told also of the losses behind this endpoint, since
   * only he can protect against them, by Opus' error correction (RFC 6716 §2.1.7).
   */
  RtcpReportBlock report(long nowNanos) {
    final RtcpReportBlock own = quality.report(nowNanos);
    final int worst = kind == MediaKind.AUDIO ? behind.worst(nowNanos) : 0;
    return worst <= own.fractionLost() ? own : own.withFractionLost(worst);
  }
}
