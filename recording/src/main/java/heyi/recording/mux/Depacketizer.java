package heyi.recording.mux;

import java.util.function.Consumer;

/** Makes frames out of ordered packets. */
sealed interface Depacketizer permits OpusDepacketizer, Vp8Depacketizer {
  /** Takes the next packet in the order of sending; gives whole frames to the consumer. */
  void add(Reordering.Ordered packet, Consumer<EncodedFrame> frames);
}
