package heyi.media.rtp;

import org.jspecify.annotations.Nullable;

/**
 * Finds and writes RTP header extension elements.
 *
 * <p><b>Source:</b> <a href="https://www.rfc-editor.org/rfc/rfc8285#section-4">RFC 8285 §4</a>
 *
 * <pre>
 * one-byte form, profile 0xBEDE        two-byte form, profile 0x100x
 * +-+-+-+-+-+-+-+-+----------          +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+------
 * |  ID   | len-1 | data ...           |      ID       |    length     | data
 * +-+-+-+-+-+-+-+-+----------          +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+------
 * </pre>
 */
public final class RtpExtensions {
  /** Profile of the one-byte form. */
  public static final int ONE_BYTE_PROFILE = 0xBEDE;

  private static final int TWO_BYTE_PROFILE = 0x1000;
  private static final int TWO_BYTE_PROFILE_MASK = 0xFFF0;
  private static final int STOP_ID = 15;

  private RtpExtensions() {}

  /**
   * Where the data of an element are.
   *
   * @param offset in the buffer
   * @param length in bytes
   */
  public record Element(int offset, int length) {}

  /**
   * Finds an element.
   *
   * @param id 1 to 14; 0 finds nothing
   * @return null when the packet has no such element
   */
  public static @Nullable Element find(byte[] buffer, RtpHeader header, int id) {
    if (id == 0 || header.extensionLength() == 0) {
      return null;
    }
    if (header.extensionProfile() == ONE_BYTE_PROFILE) {
      return findOneByte(buffer, header, id);
    }
    if ((header.extensionProfile() & TWO_BYTE_PROFILE_MASK) == TWO_BYTE_PROFILE) {
      return findTwoByte(buffer, header, id);
    }
    return null;
  }

  private static @Nullable Element findOneByte(byte[] buffer, RtpHeader header, int id) {
    final int end = header.extensionOffset() + header.extensionLength();
    int at = header.extensionOffset();
    while (at < end) {
      final int first = Bits.u8(buffer, at);
      final int found = first >> 4;
      if (found == STOP_ID) {
        return null;
      }
      if (found == 0) {
        at++;
        continue;
      }
      final int length = (first & 0x0F) + 1;
      if (at + 1 + length > end) {
        return null;
      }
      if (found == id) {
        return new Element(at + 1, length);
      }
      at += 1 + length;
    }
    return null;
  }

  private static @Nullable Element findTwoByte(byte[] buffer, RtpHeader header, int id) {
    final int end = header.extensionOffset() + header.extensionLength();
    int at = header.extensionOffset();
    while (at + 1 < end) {
      final int found = Bits.u8(buffer, at);
      if (found == 0) {
        at++;
        continue;
      }
      final int length = Bits.u8(buffer, at + 1);
      if (at + 2 + length > end) {
        return null;
      }
      if (found == id) {
        return new Element(at + 2, length);
      }
      at += 2 + length;
    }
    return null;
  }
}
