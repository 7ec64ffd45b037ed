package heyi.recording.mux;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * One packet is one Opus packet. <b>Source:</b> <a
 * href="https://www.rfc-editor.org/rfc/rfc7587#section-4.2">RFC 7587 §4.2</a>; durations from <a
 * href="https://www.rfc-editor.org/rfc/rfc6716#section-3.1">RFC 6716 §3.1</a>.
 */
final class OpusDepacketizer implements Depacketizer {
  private static final int[] SILK_MICROS = {10_000, 20_000, 40_000, 60_000};
  private static final int[] CELT_MICROS = {2_500, 5_000, 10_000, 20_000};
  private static final int MICROS_PER_MILLI = 1000;

  @Override
  public void add(Reordering.Ordered ordered, Consumer<EncodedFrame> frames) {
    ByteBuffer payload = ordered.packet().payload();
    if (!payload.hasRemaining()) {
      return;
    }
    byte[] data = new byte[payload.remaining()];
    payload.duplicate().get(data);
    frames.accept(
        new EncodedFrame(
            data,
            ordered.packet().timestamp(),
            ordered.arrivalNanos(),
            true,
            null,
            ordered.packet().audioLevel()));
  }

  /** How long an Opus packet plays; at least one millisecond. */
  static int durationMillis(byte[] packet) {
    int toc = Byte.toUnsignedInt(packet[0]);
    int config = toc >>> 3;
    int micros;
    if (config < 12) {
      micros = SILK_MICROS[config & 3];
    } else if (config < 16) {
      micros = (config & 1) == 0 ? 10_000 : 20_000;
    } else {
      micros = CELT_MICROS[config & 3];
    }
    int code = toc & 3;
    int count = code == 0 ? 1 : 2;
    if (code == 3) {
      count = packet.length > 1 ? packet[1] & 0x3F : 1;
    }
    return Math.max(1, micros * count / MICROS_PER_MILLI);
  }
}
