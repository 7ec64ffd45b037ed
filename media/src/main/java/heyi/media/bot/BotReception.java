package heyi.media.bot;

import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.SourceName;
import heyi.media.Ssrc;
import heyi.media.rtcp.RtcpCompound;
import heyi.media.rtcp.RtcpPacket;
import heyi.media.rtcp.RtcpSenderReport;
import heyi.media.rtp.RtpHeader;
import heyi.media.rtp.Vp8Payload;
import heyi.media.sdp.RemoteSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts what a bot receives, by the sources that were offered to it.
 *
 * <p><b>Threads:</b> any; its own lock, held for the counting only. <b>Bounds:</b> keeps {@value
 * #MAX_DELAYS} delays at most until they are taken.
 */
final class BotReception {
  /** Some minutes of eight senders. */
  private static final int MAX_DELAYS = 1 << 15;

  private final LongSupplier nanoClock;
  private final long beginNanos;
  private final Map<Ssrc, SourceName> names = new HashMap<>();
  private final Map<SourceName, ReceivedSource> counts = new LinkedHashMap<>();
  private final List<Duration> delays = new ArrayList<>();

  BotReception(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.beginNanos = nanoClock.getAsLong();
  }

  Duration sinceBegin() {
    return Duration.ofNanos(nanoClock.getAsLong() - beginNanos);
  }

  synchronized void expect(List<RemoteSource> remote) {
    names.clear();
    for (RemoteSource source : remote) {
      MediaSource media = source.source();
      names.put(media.primary(), media.name());
      counts.putIfAbsent(media.name(), ReceivedSource.nothing(media.kind()));
    }
  }

  synchronized void rtp(byte[] buffer, int offset, int length) {
    RtpHeader header = RtpHeader.parse(buffer, offset, length);
    SourceName name = header == null ? null : names.get(header.ssrc());
    ReceivedSource before = name == null ? null : counts.get(name);
    if (header == null || name == null || before == null || header.payloadLength() == 0) {
      return;
    }
    if (header.marker() && delays.size() < MAX_DELAYS) {
      SendStamp.read(buffer, header.payloadOffset(), header.payloadLength())
          .ifPresent(sent -> delays.add(Duration.ofNanos(nanoClock.getAsLong() - sent)));
    }
    boolean keyframe =
        before.kind() == MediaKind.VIDEO
            && Vp8Payload.beginsKeyframe(buffer, header.payloadOffset(), header.payloadLength());
    counts.put(name, before.withPacket(header.payloadLength(), keyframe, sinceBegin()));
  }

  synchronized void rtcp(byte[] buffer, int offset, int length) {
    for (RtcpPacket packet : RtcpCompound.parse(buffer, offset, length)) {
      if (packet instanceof RtcpSenderReport report) {
        SourceName name = names.get(report.sender());
        if (name != null) {
          counts.computeIfPresent(name, (_, before) -> before.withSenderReport());
        }
      }
    }
  }

  /** How long stamped packets were on the way, since the last call. */
  synchronized List<Duration> takeDelays() {
    List<Duration> taken = List.copyOf(delays);
    delays.clear();
    return taken;
  }

  synchronized Map<SourceName, ReceivedSource> snapshot() {
    return new LinkedHashMap<>(counts);
  }
}
