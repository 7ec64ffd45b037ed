package heyi.media.bot;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * When a packet was sent, written into its own filler, so that a bot of the same process can tell
 * how long it was on the way. Decoders do not read it, see {@link MediaLoop#filled}.
 *
 * <pre>
 * | magic (8 bytes) | System.nanoTime() of the sender (8 bytes) |   the end of the payload
 * </pre>
 */
final class SendStamp {
  static final int BYTES = 2 * Long.BYTES;
  private static final long MAGIC = 0x6865_7969_5374_6D70L;

  private SendStamp() {}

  /** Overwrites the end of a payload that has at least as much filler. */
  static void write(byte[] payload, long nanos) {
    ByteBuffer.wrap(payload, payload.length - BYTES, BYTES).putLong(MAGIC).putLong(nanos);
  }

  /** Reads the end of a payload; empty when there is no stamp. */
  static OptionalLong read(byte[] buffer, int offset, int length) {
    if (length < BYTES) {
      return OptionalLong.empty();
    }
    ByteBuffer end = ByteBuffer.wrap(buffer, offset + length - BYTES, BYTES);
    return end.getLong() == MAGIC ? OptionalLong.of(end.getLong()) : OptionalLong.empty();
  }
}
