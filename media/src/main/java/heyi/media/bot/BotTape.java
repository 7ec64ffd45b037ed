package heyi.media.bot;

import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.MediaProfile;
import heyi.media.MediaSource;
import heyi.media.Ssrc;
import heyi.media.rtcp.RtcpCompound;
import heyi.media.rtcp.SenderReportClock;
import heyi.media.rtp.RtpPacketWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a bot sends, packet by packet, without a network and without waiting for the time to pass:
 * an hour of talk in seconds, to measure what is done with it.
 *
 * <p><b>Threads:</b> one.
 */
public final class BotTape {
  private static final int SAMPLES_PER_PACKET =
      MediaProfile.OPUS_CLOCK_HZ / MediaLoop.AUDIO_PACKETS_PER_SECOND;
  private static final int PICTURE_IDS = 1 << 15;

  private final MediaLoop loop;
  private final Instant begin;
  private final List<MediaSource> sources;
  private final Stream audio;
  private final Stream video;
  private final Vp8Packetizer packetizer;
  private long audioPackets;
  private long frames;

  /** Takes the packets in the order of sending. */
  public interface Receiver {
    /** An RTP packet, sent so long after the begin. */
    void rtp(byte[] packet, Duration at);

    /** A compound RTCP packet, sent so long after the begin. */
    void rtcp(byte[] packet, Duration at);
  }

  /**
   * A talker at the begin of his talk.
   *
   * @param id names his two sources
   * @param begin wall clock time of the first packet
   * @param random makes SSRCs and first timestamps
   * @param camera by which he is seen
   */
  public BotTape(EndpointId id, Instant begin, RandomGenerator random, BotCamera camera) {
    this.loop = MediaLoop.load().of(camera);
    this.begin = begin;
    this.audio = new Stream(MediaProfile.OPUS_CLOCK_HZ, begin, random);
    this.video = new Stream(MediaProfile.VP8_CLOCK_HZ, begin, random);
    this.packetizer = new Vp8Packetizer(random.nextInt(PICTURE_IDS));
    this.sources =
        List.of(
            new MediaSource(
                id.source(MediaKind.AUDIO, 0), MediaKind.AUDIO, List.of(audio.ssrc), List.of()),
            new MediaSource(
                id.source(MediaKind.VIDEO, 0), MediaKind.VIDEO, List.of(video.ssrc), List.of()));
  }

  /** Microphone and camera. */
  public List<MediaSource> sources() {
    return sources;
  }

  /** Gives everything that is sent before {@code until} and was not given yet. */
  public void play(Duration until, Receiver receiver) {
    while (true) {
      Duration audioDue =
          Duration.ofSeconds(audioPackets).dividedBy(MediaLoop.AUDIO_PACKETS_PER_SECOND);
      Duration videoDue = Duration.ofSeconds(frames).dividedBy(loop.framesPerSecond());
      boolean soundFirst = audioDue.compareTo(videoDue) <= 0;
      Duration due = soundFirst ? audioDue : videoDue;
      if (due.compareTo(until) >= 0) {
        return;
      }
      if (soundFirst) {
        RtpPacketWriter writer = new RtpPacketWriter(MediaProfile.OPUS_PAYLOAD_TYPE, audio.ssrc);
        audio.send(
            writer, audioPackets * SAMPLES_PER_PACKET, loop.packet(audioPackets), due, receiver);
        audio.report(audioPackets % MediaLoop.AUDIO_PACKETS_PER_SECOND == 0, due, receiver);
        audioPackets++;
      } else {
        picture(due, receiver);
        video.report(frames % loop.framesPerSecond() == 0, due, receiver);
        frames++;
      }
    }
  }

  private void picture(Duration due, Receiver receiver) {
    List<byte[]> payloads = packetizer.payloads(loop.frame(frames));
    for (int i = 0; i < payloads.size(); i++) {
      RtpPacketWriter writer =
          new RtpPacketWriter(MediaProfile.VP8_PAYLOAD_TYPE, video.ssrc)
              .marked(i == payloads.size() - 1);
      video.send(
          writer,
          frames * MediaProfile.VP8_CLOCK_HZ / loop.framesPerSecond(),
          payloads.get(i),
          due,
          receiver);
    }
  }

  private final class Stream {
    private final Ssrc ssrc;
    private final long firstTimestamp;
    private final SenderReportClock clock;
    private int sequenceNumber;

    Stream(int clockHz, Instant begin, RandomGenerator random) {
      this.ssrc = new Ssrc(random.nextLong(1, 1L << 32));
      this.firstTimestamp = random.nextLong(1L << 32);
      this.clock = new SenderReportClock(ssrc, clockHz, firstTimestamp, begin);
      this.sequenceNumber = (int) (firstTimestamp & 0x7FFF);
    }

    void send(RtpPacketWriter writer, long ticks, byte[] payload, Duration at, Receiver receiver) {
      byte[] packet = writer.write(sequenceNumber, firstTimestamp + ticks, payload);
      sequenceNumber = (sequenceNumber + 1) & 0xFFFF;
      clock.sent(payload.length);
      receiver.rtp(packet, at);
    }

    void report(boolean isDue, Duration at, Receiver receiver) {
      if (isDue) {
        receiver.rtcp(RtcpCompound.write(List.of(clock.report(begin.plus(at)))), at);
      }
    }
  }
}
