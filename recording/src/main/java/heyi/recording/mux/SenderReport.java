package heyi.recording.mux;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A pair of times from an RTCP sender report: when the sender's clock showed {@code ntpNanos}, its
 * media clock showed {@code rtpTimestamp}. <b>Source:</b> <a
 * href="https://www.rfc-editor.org/rfc/rfc3550#section-6.4.1">RFC 3550 §6.4.1</a>.
 *
 * <pre>
 * |V=2|P|    RC   |   PT=SR=200   |             length            |
 * |                         SSRC of sender                        |
 * |              NTP timestamp, most significant word             |
 * |             NTP timestamp, least significant word             |
 * |                         RTP timestamp                         |
 * </pre>
 *
 * @param ssrc of the stream
 * @param ntpNanos nanoseconds since 1900 on the sender's clock
 * @param rtpTimestamp 32 bits
 */
record SenderReport(long ssrc, long ntpNanos, int rtpTimestamp) {
  private static final int PACKET_TYPE = 200;
  private static final int BYTES = 20;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** All sender reports in a compound packet; malformed rest is ignored. */
  static List<SenderReport> parse(ByteBuffer compound) {
    List<SenderReport> reports = new ArrayList<>();
    int at = compound.position();
    int end = compound.limit();
    while (end - at >= 4) {
      int length = 4 * (Short.toUnsignedInt(compound.getShort(at + 2)) + 1);
      boolean whole = length >= BYTES && at + length <= end;
      if (Byte.toUnsignedInt(compound.get(at + 1)) == PACKET_TYPE && whole) {
        long seconds = Integer.toUnsignedLong(compound.getInt(at + 8));
        long fraction = Integer.toUnsignedLong(compound.getInt(at + 12));
        if (seconds != 0) {
          long nanos = seconds * NANOS_PER_SECOND + ((fraction * NANOS_PER_SECOND) >>> 32);
          reports.add(
              new SenderReport(
                  Integer.toUnsignedLong(compound.getInt(at + 4)),
                  nanos,
                  compound.getInt(at + 16)));
        }
      }
      at += length;
    }
    return reports;
  }
}
