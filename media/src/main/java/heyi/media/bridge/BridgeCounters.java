package heyi.media.bridge;

import java.util.concurrent.atomic.LongAdder;

/** What passed through the bridge since its start. Threads: any. */
final class BridgeCounters {
  final LongAdder packetsIn = new LongAdder();
  final LongAdder bytesIn = new LongAdder();
  final LongAdder packetsOut = new LongAdder();
  final LongAdder bytesOut = new LongAdder();

  /** RTP that no signalled source explains, or of a source that somebody else owns. */
  final LongAdder unroutable = new LongAdder();

  /** RTP stopped by a force-mute. */
  final LongAdder muted = new LongAdder();

  /** Packets dropped for receivers that were too slow. */
  final LongAdder overflowed = new LongAdder();

  /** Video packets left out for receivers on narrow lines. */
  final LongAdder thinned = new LongAdder();

  final LongAdder keyframesRelayed = new LongAdder();
  final LongAdder endpointsExpiredIdle = new LongAdder();
  final LongAdder requestsRefused = new LongAdder();
}
