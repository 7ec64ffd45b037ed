package heyi.recording.media;

import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.SourceName;
import heyi.media.Ssrc;
import heyi.media.bot.MediaBot;
import heyi.recording.RecordedSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a bot sends, as packets with exact times and without a network: a beep and a flash each
 * second of its own clock.
 */
public final class SyntheticTalker {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int VIDEO_RATE = 90_000;
  private static final int AUDIO_RATE = 48_000;
  private static final int FRAMES_PER_SECOND = 15;
  private static final int PACKETS_PER_SECOND = 50;
  private static final int MAX_PAYLOAD_BYTES = 1000;
  private static final int RTP_HEADER_BYTES = 12;

  private final String label;
  private int connection;
  private final long ntpSeconds;
  private final int firstSequence;
  private final int firstTimestamp;
  private final List<byte[]> frames;
  private final List<byte[]> opus;

  /**
   * A packet on its way.
   *
   * @param rtcp whether it is a sender report
   * @param video whether it belongs to the camera
   * @param sentNanos on the session clock
   * @param bytes the packet
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
  public record Packet(boolean rtcp, boolean video, long sentNanos, byte[] bytes) {
    /** RTP sequence number. */
    public int sequence() {
      return Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(2));
    }
  }

  /**
   * A talker.
   *
   * @param label the role
   * @param ntpSeconds what his wall clock shows when the session starts
   * @param firstSequence first sequence number of both streams
   * @param firstTimestamp first timestamp of both streams
   */
  public SyntheticTalker(String label, long ntpSeconds, int firstSequence, int firstTimestamp)
      throws IOException {
    this.label = label;
    this.ntpSeconds = ntpSeconds;
    this.firstSequence = firstSequence;
    this.firstTimestamp = firstTimestamp;
    this.frames = ivf(resource("video.ivf"));
    this.opus = ogg(resource("audio.ogg"));
  }

  /** The same sources under other SSRCs from now on, as after a new connection. */
  public SyntheticTalker withOtherSsrcs() {
    connection++;
    return this;
  }

  /** His microphone or camera. */
  public RecordedSource source(MediaKind kind) {
    String suffix = kind == MediaKind.AUDIO ? "-a0" : "-v0";
    return new RecordedSource(
        new EndpointId(label + "-1"),
        label,
        label,
        new MediaSource(
            new SourceName(label + "-1" + suffix),
            kind,
            List.of(new Ssrc(ssrc(kind == MediaKind.VIDEO))),
            List.of()));
  }

  /** His camera from one moment of the session to another, with a sender report each second. */
  public List<Packet> video(double fromSecond, double toSecond) {
    List<Packet> packets = new ArrayList<>();
    int sequence = firstSequence;
    for (int i = 0; i < (toSecond - fromSecond) * FRAMES_PER_SECOND; i++) {
      long elapsed = i * NANOS_PER_SECOND / FRAMES_PER_SECOND;
      long sent = (long) (fromSecond * NANOS_PER_SECOND) + elapsed;
      int timestamp = firstTimestamp + (int) (i * (long) VIDEO_RATE / FRAMES_PER_SECOND);
      if (i % FRAMES_PER_SECOND == 3) {
        packets.add(senderReport(true, sent, timestamp));
      }
      byte[] frame = frames.get(i % frames.size());
      for (int at = 0; at < frame.length; at += MAX_PAYLOAD_BYTES) {
        int end = Math.min(frame.length, at + MAX_PAYLOAD_BYTES);
        byte[] payload = new byte[end - at + 1];
        payload[0] = (byte) (at == 0 ? 0x10 : 0);
        System.arraycopy(frame, at, payload, 1, end - at);
        packets.add(rtp(true, sent, sequence++, timestamp, end == frame.length, payload));
      }
    }
    return packets;
  }

  /** His microphone from one moment of the session to another, with a sender report each second. */
  public List<Packet> audio(double fromSecond, double toSecond) {
    List<Packet> packets = new ArrayList<>();
    for (int i = 0; i < (toSecond - fromSecond) * PACKETS_PER_SECOND; i++) {
      long sent =
          (long) (fromSecond * NANOS_PER_SECOND) + i * NANOS_PER_SECOND / PACKETS_PER_SECOND;
      int timestamp = firstTimestamp + (int) (i * (long) AUDIO_RATE / PACKETS_PER_SECOND);
      if (i % PACKETS_PER_SECOND == 7) {
        packets.add(senderReport(false, sent, timestamp));
      }
      packets.add(rtp(false, sent, firstSequence + i, timestamp, false, opus.get(i % opus.size())));
    }
    return packets;
  }

  private long ssrc(boolean video) {
    return 0xF0000000L + connection * 0x20000L + (label.hashCode() & 0xFFFFL) * 2 + (video ? 1 : 0);
  }

  private Packet rtp(
      boolean video, long sent, int sequence, int timestamp, boolean marker, byte[] payload) {
    byte[] bytes =
        ByteBuffer.allocate(RTP_HEADER_BYTES + payload.length)
            .put((byte) 0x80)
            .put((byte) ((marker ? 0x80 : 0) | (video ? 100 : 111)))
            .putShort((short) sequence)
            .putInt(timestamp)
            .putInt((int) ssrc(video))
            .put(payload)
            .array();
    return new Packet(false, video, sent, bytes);
  }

  private Packet senderReport(boolean video, long sent, int timestamp) {
    long seconds = ntpSeconds + sent / NANOS_PER_SECOND;
    long fraction = ((sent % NANOS_PER_SECOND) << 32) / NANOS_PER_SECOND;
    byte[] bytes =
        ByteBuffer.allocate(28)
            .put((byte) 0x80)
            .put((byte) 200)
            .putShort((short) 6)
            .putInt((int) ssrc(video))
            .putInt((int) seconds)
            .putInt((int) fraction)
            .putInt(timestamp)
            .putLong(0)
            .array();
    return new Packet(true, video, sent, bytes);
  }

  private static ByteBuffer resource(String name) throws IOException {
    try (InputStream in = MediaBot.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("resource is missing: " + name);
      }
      return ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private static List<byte[]> ivf(ByteBuffer file) {
    List<byte[]> frames = new ArrayList<>();
    file.position(32);
    while (file.remaining() > 12) {
      byte[] frame = new byte[file.getInt()];
      file.getLong();
      file.get(frame);
      frames.add(frame);
    }
    return frames;
  }

  /** Packets of an Ogg file without the two headers and what the encoder adds at the end. */
  private static List<byte[]> ogg(ByteBuffer file) {
    List<byte[]> packets = new ArrayList<>();
    ByteBuffer packet = ByteBuffer.allocate(file.remaining());
    while (file.remaining() > 27) {
      file.position(file.position() + 26);
      byte[] lacing = new byte[Byte.toUnsignedInt(file.get())];
      file.get(lacing);
      for (byte lace : lacing) {
        byte[] segment = new byte[Byte.toUnsignedInt(lace)];
        file.get(segment);
        packet.put(segment);
        if (segment.length < 255) {
          packets.add(Arrays.copyOf(packet.array(), packet.position()));
          packet.clear();
        }
      }
    }
    return packets.subList(2, 2 + 10 * PACKETS_PER_SECOND);
  }
}
