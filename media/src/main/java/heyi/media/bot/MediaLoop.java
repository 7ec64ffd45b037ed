package heyi.media.bot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The ten seconds that every bot repeats: a white flash and a beep in the first 100 ms of each
 * second.
 *
 * @param frames VP8 frames, the first a keyframe
 * @param framesPerSecond {@value #FRAMES_PER_SECOND}, unless another camera is used
 * @param packets Opus packets of 20 ms
 */
record MediaLoop(List<byte[]> frames, int framesPerSecond, List<byte[]> packets) {
  private static final int FRAMES_PER_SECOND = 15;
  static final int AUDIO_PACKETS_PER_SECOND = 50;

  /** Samples that the encoder's first packet is early; the decoder hears everything later. */
  static final int AUDIO_PRE_SKIP = 312;

  private static final int SECONDS = 10;
  private static final int IVF_HEADER_BYTES = 32;
  private static final int IVF_FRAME_HEADER_BYTES = 12;
  private static final int OGG_HEADER_BYTES = 27;
  private static final int OGG_HEADER_PACKETS = 2;
  private static final int LACING_FULL = 255;

  MediaLoop {
    frames = List.copyOf(frames);
    packets = List.copyOf(packets);
  }

  /** Reads the resources; both files hold whole loops. */
  static MediaLoop load() {
    List<byte[]> frames = ivfFrames(resource("video.ivf"));
    List<byte[]> packets = oggPackets(resource("audio.ogg"));
    return new MediaLoop(
        frames.subList(0, SECONDS * FRAMES_PER_SECOND),
        FRAMES_PER_SECOND,
        packets.subList(
            OGG_HEADER_PACKETS, OGG_HEADER_PACKETS + SECONDS * AUDIO_PACKETS_PER_SECOND));
  }

  /**
   * The same pictures at a higher rate: bytes after the last partition of a frame, whose length is
   * not written anywhere, are not read by decoders (RFC 6386 §9.5).
   *
   * @param bitsPerSecond to fill up to; larger frames get room for a {@link SendStamp} only; 0
   *     changes nothing
   */
  MediaLoop filled(int bitsPerSecond) {
    if (bitsPerSecond == 0) {
      return this;
    }
    int size = bitsPerSecond / Byte.SIZE / framesPerSecond;
    return new MediaLoop(
        frames.stream().map(frame -> filled(frame, size)).toList(), framesPerSecond, packets);
  }

  /** The same sound with other pictures. */
  MediaLoop of(BotCamera camera) {
    return new MediaLoop(camera.frames(), camera.framesPerSecond(), packets);
  }

  private static byte[] filled(byte[] frame, int size) {
    int length = Math.max(size, frame.length + SendStamp.BYTES);
    int inLastPayload = length % Vp8Packetizer.MAX_PAYLOAD_BYTES;
    boolean torn = inLastPayload > 0 && inLastPayload < SendStamp.BYTES;
    return Arrays.copyOf(frame, torn ? length + SendStamp.BYTES : length);
  }

  byte[] frame(long index) {
    return frames.get((int) (index % frames.size()));
  }

  byte[] packet(long index) {
    return packets.get((int) (index % packets.size()));
  }

  private static ByteBuffer resource(String name) {
    try (InputStream in = MediaLoop.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource is missing: " + name);
      }
      return ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** IVF: a header, then per frame its size (4 bytes), its time (8 bytes) and the frame. */
  static List<byte[]> ivfFrames(ByteBuffer file) {
    List<byte[]> frames = new ArrayList<>();
    file.position(IVF_HEADER_BYTES);
    while (file.remaining() >= IVF_FRAME_HEADER_BYTES) {
      byte[] frame = new byte[file.getInt()];
      file.getLong();
      file.get(frame);
      frames.add(frame);
    }
    return frames;
  }

  /** Ogg (RFC 3533 §6): pages of segments; a packet ends with a segment shorter than 255. */
  private static List<byte[]> oggPackets(ByteBuffer file) {
    List<byte[]> packets = new ArrayList<>();
    ByteBuffer packet = ByteBuffer.allocate(file.remaining());
    while (file.remaining() >= OGG_HEADER_BYTES) {
      file.position(file.position() + OGG_HEADER_BYTES - 1);
      byte[] lacing = new byte[file.get() & 0xFF];
      file.get(lacing);
      for (byte lace : lacing) {
        int size = lace & 0xFF;
        packet.put(file.slice(file.position(), size));
        file.position(file.position() + size);
        if (size < LACING_FULL) {
          byte[] whole = new byte[packet.position()];
          packet.flip().get(whole);
          packet.clear();
          packets.add(whole);
        }
      }
    }
    return packets;
  }
}
