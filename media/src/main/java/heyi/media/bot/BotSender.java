package heyi.media.bot;

import heyi.media.MediaKind;
import heyi.media.MediaProfile;
import heyi.media.MediaSource;
import heyi.media.Ssrc;
import heyi.media.endpoint.WebRtcEndpoint;
import heyi.media.rtp.RtpPacketWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Sends the media loop in real time, from the moment it is started.
 *
 * <p>Frame k is due at k/15 s, or as its camera has it, and audio packet n at n/50 s of a monotonic
 * clock; so sound and picture stay in step however late the thread wakes up.
 *
 * <p><b>Threads:</b> one virtual thread of its own.
 */
final class BotSender implements AutoCloseable {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final int SAMPLES_PER_PACKET =
      MediaProfile.OPUS_CLOCK_HZ / MediaLoop.AUDIO_PACKETS_PER_SECOND;

  /** Packets of the beep in each second: 100 ms. */
  private static final int BEEP_PACKETS = 5;

  private static final byte BEEP_LEVEL = 10;

  /**
   * A quiet room, in -dBov. 127 is what a muted microphone says, and Jitsi Videobridge drops such
   * packets after the third unless told otherwise.
   */
  private static final byte QUIET_LEVEL = 90;

  /** One syllable of 200 ms: detectors of speech look for its ups and downs. */
  private static final byte[] SPEECH_LEVELS = {45, 30, 20, 12, 10, 12, 18, 26, 36, 46};

  private final MediaLoop loop;
  private final Instant beginWall;
  private final long beginNanos;
  private final BotStream audio;
  private final BotStream video;
  private final long audioTimestamp;
  private final long videoTimestamp;
  private final Vp8Packetizer packetizer;
  private final boolean stamped;
  private final Thread thread;
  private volatile boolean audioMuted;
  private volatile boolean speaking;
  private volatile boolean closed;

  BotSender(
      MediaLoop loop, WebRtcEndpoint endpoint, BotOptions options, List<MediaSource> sources) {
    RandomGenerator random = options.random();
    String cname = options.id().value();
    this.loop = loop;
    this.stamped = options.pictureBitsPerSecond() > 0;
    this.beginWall = options.clock().instant();
    this.beginNanos = System.nanoTime();
    this.audioTimestamp = random.nextLong(1L << 32);
    this.videoTimestamp = random.nextLong(1L << 32);
    this.packetizer = new Vp8Packetizer(random.nextInt(1 << 15));
    long preSkipNanos = MediaLoop.AUDIO_PRE_SKIP * SECOND_NANOS / MediaProfile.OPUS_CLOCK_HZ;
    this.audio =
        new BotStream(
            endpoint,
            ssrc(sources, MediaKind.AUDIO),
            cname,
            MediaProfile.OPUS_CLOCK_HZ,
            audioTimestamp,
            beginWall.minus(Duration.ofNanos(preSkipNanos)));
    this.video =
        new BotStream(
            endpoint,
            ssrc(sources, MediaKind.VIDEO),
            cname,
            MediaProfile.VP8_CLOCK_HZ,
            videoTimestamp,
            beginWall);
    this.thread = Thread.ofVirtual().name("bot-" + cname).unstarted(this::run);
  }

  private static Ssrc ssrc(List<MediaSource> sources, MediaKind kind) {
    return sources.stream()
        .filter(source -> source.kind() == kind)
        .map(MediaSource::primary)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no source of kind " + kind));
  }

  void start() {
    thread.start();
  }

  /** Stops or resumes the sound; time goes on. */
  void muteAudio(boolean muted) {
    audioMuted = muted;
  }

  /** Marks every packet as loud, or only the beeps. */
  void speak(boolean on) {
    speaking = on;
  }

  private long ticksPerFrame() {
    return MediaProfile.VP8_CLOCK_HZ / loop.framesPerSecond();
  }

  private void run() {
    long packets = 0;
    long frames = 0;
    while (!closed) {
      long audioDue = packets * SECOND_NANOS / MediaLoop.AUDIO_PACKETS_PER_SECOND;
      long videoDue = frames * SECOND_NANOS / loop.framesPerSecond();
      if (!reached(Math.min(audioDue, videoDue))) {
        continue;
      }
      if (audioDue <= videoDue) {
        sendAudio(packets++);
      } else {
        sendVideo(frames++);
      }
    }
  }

  /** Waits until a moment of the media's time; false when woken before it. */
  private boolean reached(long dueNanos) {
    long waitNanos = dueNanos - elapsedNanos();
    if (waitNanos <= 0) {
      return true;
    }
    LockSupport.parkNanos(waitNanos);
    return false;
  }

  private long elapsedNanos() {
    return System.nanoTime() - beginNanos;
  }

  private void sendAudio(long index) {
    boolean beep = index % MediaLoop.AUDIO_PACKETS_PER_SECOND < BEEP_PACKETS;
    if (!audioMuted) {
      RtpPacketWriter writer =
          audio
              .packet(MediaProfile.OPUS_PAYLOAD_TYPE)
              .marked(index == 0)
              .extension(MediaProfile.AUDIO_LEVEL_EXTENSION, level(index, beep))
              .extension(MediaProfile.TRANSPORT_CC_EXTENSION, (byte) 0, (byte) 0);
      audio.send(writer, audioTimestamp + index * SAMPLES_PER_PACKET, loop.packet(index));
    }
    audio.reportWhenDue(now());
  }

  private byte level(long index, boolean beep) {
    if (speaking) {
      return SPEECH_LEVELS[(int) (index % SPEECH_LEVELS.length)];
    }
    return beep ? BEEP_LEVEL : QUIET_LEVEL;
  }

  private void sendVideo(long index) {
    List<byte[]> payloads = packetizer.payloads(loop.frame(index));
    if (stamped) {
      SendStamp.write(payloads.getLast(), System.nanoTime());
    }
    for (int i = 0; i < payloads.size(); i++) {
      RtpPacketWriter writer =
          video
              .packet(MediaProfile.VP8_PAYLOAD_TYPE)
              .marked(i == payloads.size() - 1)
              .extension(MediaProfile.ABS_SEND_TIME_EXTENSION, (byte) 0, (byte) 0, (byte) 0)
              .extension(MediaProfile.TRANSPORT_CC_EXTENSION, (byte) 0, (byte) 0);
      video.send(writer, videoTimestamp + index * ticksPerFrame(), payloads.get(i));
    }
    video.reportWhenDue(now());
  }

  private Instant now() {
    return beginWall.plusNanos(elapsedNanos());
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
