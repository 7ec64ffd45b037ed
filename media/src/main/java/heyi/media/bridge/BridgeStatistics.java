package heyi.media.bridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/**
 * Makes the answer of {@code /colibri/stats} under the names that Jitsi Videobridge uses, so that
 * one pool reads both; what only this bridge counts begins with {@code heyi_}.
 *
 * <p><b>Threads:</b> the control thread only.
 */
final class BridgeStatistics {
  private static final double BITS_PER_BYTE = 8;
  private static final double KILO = 1000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final BridgeCounters counters;
  private final BridgeLimits limits;
  private Sample last;
  private boolean draining;
  private double packetsInPerSecond;
  private double packetsOutPerSecond;
  private double kilobitsInPerSecond;
  private double kilobitsOutPerSecond;

  private record Sample(long nanos, long packetsIn, long bytesIn, long packetsOut, long bytesOut) {}

  BridgeStatistics(BridgeCounters counters, BridgeLimits limits, long nowNanos) {
    this.counters = counters;
    this.limits = limits;
    this.last = new Sample(nowNanos, 0, 0, 0, 0);
  }

  /** Wants no new conferences, which is for others to honour: they are still taken. */
  void drain(boolean on) {
    draining = on;
  }

  boolean isDraining() {
    return draining;
  }

  /** Computes rates since the last call. */
  void sample(long nowNanos) {
    double seconds = (nowNanos - last.nanos()) / NANOS_PER_SECOND;
    if (seconds <= 0) {
      return;
    }
    Sample now =
        new Sample(
            nowNanos,
            counters.packetsIn.sum(),
            counters.bytesIn.sum(),
            counters.packetsOut.sum(),
            counters.bytesOut.sum());
    packetsInPerSecond = (now.packetsIn() - last.packetsIn()) / seconds;
    packetsOutPerSecond = (now.packetsOut() - last.packetsOut()) / seconds;
    kilobitsInPerSecond = (now.bytesIn() - last.bytesIn()) * BITS_PER_BYTE / KILO / seconds;
    kilobitsOutPerSecond = (now.bytesOut() - last.bytesOut()) * BITS_PER_BYTE / KILO / seconds;
    last = now;
  }

  ObjectNode write(Collection<Conference> conferences) {
    int endpoints = conferences.stream().mapToInt(each -> each.endpoints().size()).sum();
    int largest = conferences.stream().mapToInt(each -> each.endpoints().size()).max().orElse(0);
    double capacity = (double) limits.conferences() * limits.endpointsPerConference();
    return JsonNodeFactory.instance
        .objectNode()
        .put("conferences", conferences.size())
        .put("endpoints", endpoints)
        .put("local_endpoints", endpoints)
        .put("participants", endpoints)
        .put("largest_conference", largest)
        .put(
            "endpoints_sending_video",
            conferences.stream().mapToLong(Conference::sendingVideo).sum())
        .put("bit_rate_download", Math.round(kilobitsInPerSecond))
        .put("bit_rate_upload", Math.round(kilobitsOutPerSecond))
        .put("packet_rate_download", Math.round(packetsInPerSecond))
        .put("packet_rate_upload", Math.round(packetsOutPerSecond))
        .put("stress_level", endpoints / capacity)
        .put("healthy", true)
        .put("drain", draining)
        .put("graceful_shutdown", false)
        .put("shutting_down", false)
        .put("version", "heyi-embedded")
        .put("heyi_packets_received", counters.packetsIn.sum())
        .put("heyi_packets_forwarded", counters.packetsOut.sum())
        .put("heyi_packets_unroutable", counters.unroutable.sum())
        .put("heyi_packets_muted", counters.muted.sum())
        .put("heyi_packets_overflowed", counters.overflowed.sum())
        .put("heyi_packets_thinned", counters.thinned.sum())
        .put("heyi_keyframe_requests_relayed", counters.keyframesRelayed.sum())
        .put("heyi_endpoints_expired_idle", counters.endpointsExpiredIdle.sum())
        .put("heyi_requests_refused", counters.requestsRefused.sum());
  }
}
