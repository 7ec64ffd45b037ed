package heyi.recording.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The bytes of a journal file: a header, then records without padding. All numbers are big-endian.
 *
 * <pre>
 * file header, 16 bytes
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+---------------+---------------+
 * |      'H'      |      'Y'      |      'J'      |      '1'      |
 * +---------------+---------------+---------------+---------------+
 * |                         chunk number                          |
 * +---------------------------------------------------------------+
 * |                      reserved, zero (64 bits)                 |
 * |                                                               |
 * +---------------------------------------------------------------+
 *
 * record, 28 bytes + payload
 * +---------------------------------------------------------------+
 * |                     length of the payload                     |
 * +---------------+-----------------------------------------------+
 * |     kind      |                reserved, zero                 |
 * +---------------+-----------------------------------------------+
 * |             arrival, nanoseconds on the session clock         |
 * |                            (64 bits)                          |
 * +---------------------------------------------------------------+
 * |          arrival, microseconds since 1970 on the wall clock   |
 * |                            (64 bits)                          |
 * +---------------------------------------------------------------+
 * |        CRC32C (RFC 3720 B.4) of the 24 bytes above + payload  |
 * +---------------------------------------------------------------+
 * |                            payload                            |
 * +---------------------------------------------------------------+
 * </pre>
 */
final class RecordFormat {
  static final int FILE_HEADER_BYTES = 16;
  static final int RECORD_HEADER_BYTES = 28;

  /** Meta records describe up to 64 sources; packets are far smaller. */
  static final int MAX_PAYLOAD_BYTES = 256 * 1024;

  private static final int MAGIC = 0x48594A31;
  private static final int CRC_OFFSET = 24;

  private RecordFormat() {}

  static byte[] fileHeader(int chunkNumber) {
    return ByteBuffer.allocate(FILE_HEADER_BYTES)
        .putInt(MAGIC)
        .putInt(chunkNumber)
        .putLong(0)
        .array();
  }

  static int readChunkNumber(ByteBuffer header) throws JournalDamage {
    if (header.remaining() < FILE_HEADER_BYTES) {
      throw new JournalDamage("the file ends within its header");
    }
    int at = header.position();
    if (header.getInt(at) != MAGIC) {
      throw new JournalDamage("not a journal file: the first bytes are not HYJ1");
    }
    if (header.getLong(at + 8) != 0) {
      throw new JournalDamage("reserved bytes of the file header are not zero");
    }
    return header.getInt(at + 4);
  }

  /**
   * Writes header and payload at the buffer's position; the caller has checked the space.
   *
   * @param target on the heap
   */
  static void put(
      ByteBuffer target,
      RecordKind kind,
      long sessionNanos,
      long wallMicros,
      byte[] payload,
      int offset,
      int length) {
    int start = target.position();
    target.putInt(length);
    target.putInt(kind.code() << 24);
    target.putLong(sessionNanos);
    target.putLong(wallMicros);
    CRC32C crc = new CRC32C();
    crc.update(target.array(), target.arrayOffset() + start, CRC_OFFSET);
    crc.update(payload, offset, length);
    target.putInt((int) crc.getValue());
    target.put(payload, offset, length);
  }

  /** The checksum that the record at {@code start} should have. */
  static int checksum(ByteBuffer source, int start, int length) {
    CRC32C crc = new CRC32C();
    crc.update(source.duplicate().limit(start + CRC_OFFSET).position(start));
    int payload = start + RECORD_HEADER_BYTES;
    crc.update(source.duplicate().limit(payload + length).position(payload));
    return (int) crc.getValue();
  }

  static int storedChecksum(ByteBuffer source, int start) {
    return source.getInt(start + CRC_OFFSET);
  }
}
