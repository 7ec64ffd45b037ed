package heyi.media.endpoint;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counters that several threads add to. */
final class EndpointCounters {
  final LongAdder packetsReceived = new LongAdder();
  final LongAdder bytesReceived = new LongAdder();
  final LongAdder packetsSent = new LongAdder();
  final LongAdder bytesSent = new LongAdder();
  final LongAdder packetsMissed = new LongAdder();
  final LongAdder packetsRecovered = new LongAdder();
  final LongAdder nacksSent = new LongAdder();
  final LongAdder nacksReceived = new LongAdder();
  final LongAdder packetsResent = new LongAdder();
  final LongAdder keyframesRequested = new LongAdder();
  final LongAdder keyframesAsked = new LongAdder();
  final LongAdder transportFeedbacksSent = new LongAdder();
  private final Map<DropReason, LongAdder> dropped = new EnumMap<>(DropReason.class);

  EndpointCounters() {
    for (final DropReason reason : DropReason.values()) {
      dropped.put(reason, new LongAdder());
    }
  }

  void drop(DropReason reason) {
    final LongAdder counter = dropped.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  EndpointStatistics snapshot(boolean connected) {
    final Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
    dropped.forEach(
        (reason, counter) -> {
          if (counter.sum() > 0) {
            drops.put(reason, counter.sum());
          }
        });
    return new EndpointStatistics(
        connected,
        packetsReceived.sum(),
        bytesReceived.sum(),
        packetsSent.sum(),
        bytesSent.sum(),
        packetsMissed.sum(),
        packetsRecovered.sum(),
        nacksSent.sum(),
        nacksReceived.sum(),
        packetsResent.sum(),
        keyframesRequested.sum(),
        keyframesAsked.sum(),
        transportFeedbacksSent.sum(),
        drops);
  }
}
