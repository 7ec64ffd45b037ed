package heyi.recording.mux;

import heyi.recording.PixelSize;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Joins the packets of a VP8 frame. <b>Source:</b> <a
 * href="https://www.rfc-editor.org/rfc/rfc7741#section-4.2">RFC 7741 §4.2</a> for the descriptor,
 * <a href="https://www.rfc-editor.org/rfc/rfc6386#section-9.1">RFC 6386 §9.1</a> for the frame
 * header.
 *
 * <pre>
 *  0 1 2 3 4 5 6 7
 * +-+-+-+-+-+-+-+-+
 * |X|R|N|S|R| PID |  S = start of a partition, PID = its number
 * |I|L|T|K| RSV   |  when X
 * |M| PictureID   |  when I: 1 byte, 2 when M
 * |   TL0PICIDX   |  when L
 * |TID|Y| KEYIDX  |  when T or K
 * +-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>After a loss frames are left out until the next keyframe, because a decoder would show what
 * was never sent; the hole stays visible in the timestamps.
 */
final class Vp8Depacketizer implements Depacketizer {
  private static final int KEYFRAME_HEADER_BYTES = 10;
  private static final int MAX_FRAME_BYTES = 8 * 1024 * 1024;

  private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
  private boolean inFrame;
  private boolean awaitingKeyframe = true;
  private int timestamp;

  @Override
  public void add(Reordering.Ordered ordered, Consumer<EncodedFrame> frames) {
    RtpPacket packet = ordered.packet();
    if (ordered.afterLoss()) {
      inFrame = false;
      awaitingKeyframe = true;
    }
    int descriptor = descriptorBytes(packet.payload());
    if (descriptor < 0) {
      return; // padding, or not VP8
    }
    boolean start = startsFrame(packet.payload());
    if (start) {
      frame.reset();
      timestamp = packet.timestamp();
      inFrame = true;
    } else if (!inFrame || timestamp != packet.timestamp()) {
      inFrame = false;
      return;
    }
    append(packet.payload(), descriptor);
    if (packet.marker() && inFrame) {
      inFrame = false;
      emit(ordered.arrivalNanos(), frames);
    }
  }

  /** Size of the picture when the packet starts a keyframe, for a first look at a stream. */
  static @Nullable PixelSize keyframeSize(RtpPacket packet) {
    ByteBuffer payload = packet.payload();
    int descriptor = descriptorBytes(payload);
    if (descriptor < 0 || !startsFrame(payload)) {
      return null;
    }
    byte[] header = new byte[Math.min(KEYFRAME_HEADER_BYTES, payload.remaining() - descriptor)];
    payload.get(payload.position() + descriptor, header);
    return sizeOf(header);
  }

  private static boolean startsFrame(ByteBuffer payload) {
    int first = payload.get(payload.position());
    return (first & 0x10) != 0 && (first & 0x07) == 0;
  }

  private void append(ByteBuffer payload, int descriptor) {
    int length = payload.remaining() - descriptor;
    if (frame.size() + length > MAX_FRAME_BYTES) {
      inFrame = false;
      awaitingKeyframe = true;
      return;
    }
    byte[] part = new byte[length];
    payload.get(payload.position() + descriptor, part);
    frame.write(part, 0, length);
  }

  private void emit(long arrivalNanos, Consumer<EncodedFrame> frames) {
    byte[] data = frame.toByteArray();
    PixelSize size = sizeOf(data);
    if (size == null && awaitingKeyframe) {
      return;
    }
    awaitingKeyframe = false;
    frames.accept(
        new EncodedFrame(data, timestamp, arrivalNanos, size != null, size, RtpPacket.NO_LEVEL));
  }

  /** Null when it is not the head of a keyframe. */
  private static @Nullable PixelSize sizeOf(byte[] head) {
    boolean keyframe =
        head.length >= KEYFRAME_HEADER_BYTES
            && (head[0] & 1) == 0
            && head[3] == (byte) 0x9D
            && head[4] == 0x01
            && head[5] == 0x2A;
    if (!keyframe) {
      return null;
    }
    int width = (Byte.toUnsignedInt(head[6]) | Byte.toUnsignedInt(head[7]) << 8) & 0x3FFF;
    int height = (Byte.toUnsignedInt(head[8]) | Byte.toUnsignedInt(head[9]) << 8) & 0x3FFF;
    return width == 0 || height == 0 ? null : new PixelSize(width, height);
  }

  /** Length of the descriptor; negative when the payload holds nothing behind it. */
  private static int descriptorBytes(ByteBuffer payload) {
    int size = payload.remaining();
    int at = payload.position();
    if (size < 2) {
      return -1;
    }
    int length = 1;
    if ((payload.get(at) & 0x80) != 0) {
      int extension = payload.get(at + 1);
      length = 2;
      if ((extension & 0x80) != 0) {
        boolean twoBytes = size > length && (payload.get(at + length) & 0x80) != 0;
        length += twoBytes ? 2 : 1;
      }
      length += (extension & 0x40) != 0 ? 1 : 0;
      length += (extension & 0x30) != 0 ? 1 : 0;
    }
    return length < size ? length : -1;
  }
}
