package heyi.media.rtp;

import org.jspecify.annotations.Nullable;

/**
 * What the descriptor before each VP8 payload says of the frame and its temporal layer.
 *
 * <p><b>Source:</b> <a href="https://www.rfc-editor.org/rfc/rfc7741#section-4.2">RFC 7741 §4.2</a>;
 * {@link Vp8Payload} has the diagram.
 *
 * @param keyframe the payload begins a keyframe
 * @param pictureIdOffset where the picture id is in the buffer, -1 without one
 * @param pictureIdBits 7 or 15
 * @param pictureId number of the frame, 0 without one
 * @param temporalLayer 0 is the base, which needs no other; 0 too for a stream without layers
 * @param layerSync the frame needs nothing but the base layer, so the layer may be joined here
 */
public record Vp8Descriptor(
    boolean keyframe,
    int pictureIdOffset,
    int pictureIdBits,
    int pictureId,
    int temporalLayer,
    boolean layerSync) {
  /** The descriptor counts layers in two bits. */
  public static final int TOP_LAYER = 3;

  private static final int EXTENDED = 0x80;
  private static final int HAS_PICTURE_ID = 0x80;
  private static final int HAS_BASE_INDEX = 0x40;
  private static final int HAS_LAYER = 0x20;
  private static final int LONG_ID = 0x80;
  private static final int SYNC = 0x20;

  /**
   * Reads the descriptor of a payload.
   *
   * @return null when the payload is broken or empty
   */
  public static @Nullable Vp8Descriptor read(byte[] buffer, int offset, int length) {
    if (Vp8Payload.descriptorLength(buffer, offset, length) < 0) {
      return null;
    }
    final boolean keyframe = Vp8Payload.beginsKeyframe(buffer, offset, length);
    final int flags = (buffer[offset] & EXTENDED) == 0 ? 0 : Bits.u8(buffer, offset + 1);
    int at = offset + 2;
    int idOffset = -1;
    int idBits = 0;
    int id = 0;
    if ((flags & HAS_PICTURE_ID) != 0) {
      idOffset = at;
      final boolean isLong = (buffer[at] & LONG_ID) != 0;
      idBits = isLong ? 15 : 7;
      id = isLong ? Bits.u16(buffer, at) & 0x7FFF : buffer[at] & 0x7F;
      at += isLong ? 2 : 1;
    }
    if ((flags & HAS_BASE_INDEX) != 0) {
      at++;
    }
    final boolean layered = (flags & HAS_LAYER) != 0;
    return new Vp8Descriptor(
        keyframe,
        idOffset,
        idBits,
        id,
        layered ? Bits.u8(buffer, at) >> 6 : 0,
        layered && (buffer[at] & SYNC) != 0);
  }

  /**
   * Writes another picture id in place of the one that is there.
   *
   * @param buffer the one that was read, or a copy
   * @param id low bits are used
   */
  public void putPictureId(byte[] buffer, int id) {
    if (pictureIdBits == 15) {
      Bits.put16(buffer, pictureIdOffset, 0x8000 | id & 0x7FFF);
    } else if (pictureIdBits == 7) {
      buffer[pictureIdOffset] = (byte) (id & 0x7F);
    }
  }
}
