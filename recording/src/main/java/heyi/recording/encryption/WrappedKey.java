package heyi.recording.encryption;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A session key under a master key.
 *
 * @param masterKeyId which master key wrapped it, at most {@value #MAX_ID_BYTES} bytes of ASCII
 * @param bytes what only the key management understands, at most {@value #MAX_WRAPPED_BYTES}
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record WrappedKey(String masterKeyId, byte[] bytes) {
  static final int MAX_ID_BYTES = 63;
  static final int MAX_WRAPPED_BYTES = 350;

  /** Room that it takes in a header: each part with its length, padded. */
  static final int FIELD_BYTES = 1 + MAX_ID_BYTES + 2 + MAX_WRAPPED_BYTES;

  /** Checks the lengths. */
  public WrappedKey {
    if (masterKeyId.length() > MAX_ID_BYTES || bytes.length > MAX_WRAPPED_BYTES) {
      throw new IllegalArgumentException("a wrapped key or its id is too long");
    }
  }

  void write(ByteBuffer header) {
    int end = header.position() + FIELD_BYTES;
    byte[] id = masterKeyId.getBytes(StandardCharsets.US_ASCII);
    header.put((byte) id.length).put(id).position(end - 2 - MAX_WRAPPED_BYTES);
    header.putShort((short) bytes.length).put(bytes).position(end);
  }

  /**
   * Reads what was written.
   *
   * @throws UndecryptableException when a length is impossible
   */
  static WrappedKey read(ByteBuffer header) {
    byte[] id = field(header, Byte.toUnsignedInt(header.get()), MAX_ID_BYTES);
    byte[] bytes = field(header, Short.toUnsignedInt(header.getShort()), MAX_WRAPPED_BYTES);
    return new WrappedKey(new String(id, StandardCharsets.US_ASCII), bytes);
  }

  private static byte[] field(ByteBuffer header, int length, int most) {
    if (length > most) {
      throw new UndecryptableException("a header has a changed session key");
    }
    byte[] bytes = new byte[length];
    header.get(bytes).position(header.position() + most - length);
    return bytes;
  }
}
