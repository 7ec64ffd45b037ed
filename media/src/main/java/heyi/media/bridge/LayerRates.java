package heyi.media.bridge;

import heyi.media.endpoint.WebRtcEndpoint;
import heyi.media.rtp.RateMeter;
import heyi.media.rtp.Vp8Descriptor;
import java.util.ArrayList;
import java.util.List;

/**
 * What each temporal layer of one stream takes on a line, headers included. Sound and video without
 * layers have one.
 *
 * <p><b>Threads:</b> any.
 */
final class LayerRates {
  /** Longer than a burst of an encoder, shorter than anybody waits. */
  private static final long WHILE_NANOS = 2_000_000_000L;

  private final List<RateMeter> meters = new ArrayList<>();

  LayerRates() {
    for (int layer = 0; layer <= Vp8Descriptor.TOP_LAYER; layer++) {
      meters.add(new RateMeter(WHILE_NANOS));
    }
  }

  void add(int layer, int bytes, long nanos) {
    meters.get(layer).add(bytes + WebRtcEndpoint.OVERHEAD_BYTES, nanos);
  }

  /** Bits per second of each layer, the base first. */
  List<Long> bitsPerSecond(long nanos) {
    return meters.stream().map(meter -> meter.bitsPerSecond(nanos)).toList();
  }

  /** Bits per second of all layers. */
  long total(long nanos) {
    return meters.stream().mapToLong(meter -> meter.bitsPerSecond(nanos)).sum();
  }
}
