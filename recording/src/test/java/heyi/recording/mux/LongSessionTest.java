package heyi.recording.mux;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.MediaKind;
import heyi.recording.RecordingId;
import heyi.recording.chunk.SealedChunk;
import heyi.recording.chunk.Spool;
import heyi.recording.media.MediaCheck;
import heyi.recording.media.SyntheticJournal;
import heyi.recording.media.SyntheticTalker;
import heyi.recording.media.SyntheticTalker.Packet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three hours, written faster than they pass: every five minutes people talk for twenty seconds,
 * and nobody's quartz agrees with another's. Judged by the beeps and flashes of the finished files.
 */
@Timeout(240)
@DisplayName("R26: sound, picture and speakers are in step for hours")
final class LongSessionTest {
  private static final int SESSION_SECONDS = 3 * 3600;
  private static final int TALK_EVERY_SECONDS = 300;
  private static final int TALK_SECONDS = 20;
  private static final int AUDIO_RATE = 48_000;
  private static final int AUDIO_PACKETS_PER_SECOND = 50;
  private static final int VIDEO_RATE = 90_000;
  private static final long NTP_2026 = 4_000_000_000L;
  private static final long MILLI = 1_000_000;

  /** Cheap oscillators are within 50 ppm; twice that between two devices. */
  private static final double PPM = 1e-6;

  /** What the issue asks for, at p95. */
  private static final long MAX_OFFSET_MILLIS = 80;

  private static final int TIMESTAMP_AT = 4;
  private static final int REPORT_TIMESTAMP_AT = 16;
  private static final int SEQUENCE_AT = 2;

  @TempDir private Path directory;
  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void clocksThatDriftApartAreBroughtTogether() throws IOException {
    SyntheticTalker fast = new SyntheticTalker("party-1", NTP_2026, 1, 1);
    SyntheticTalker slow = new SyntheticTalker("party-2", NTP_2026 + 3600, 9, 99);
    SyntheticJournal journal = new SyntheticJournal().talker(fast).talker(slow);
    // Devices gain or lose on the session clock; their sound cards gain or lose on the devices.
    journal.arrive(audio(fast, 100 * PPM, -80 * PPM), packet -> jitter(25));
    journal.arrive(video(fast, 100 * PPM), packet -> jitter(60));
    journal.arrive(audio(slow, -100 * PPM, 60 * PPM), packet -> jitter(40));

    List<MadeTrack> tracks = mux(journal);

    assertThat(tracks).extracting(MadeTrack::clock).containsOnly("sender-reports");
    List<Long> beeps = marks(tracks, "party-1", MediaKind.AUDIO);
    List<Long> flashes = marks(tracks, "party-1", MediaKind.VIDEO);
    List<Long> others = marks(tracks, "party-2", MediaKind.AUDIO);
    int expected = SESSION_SECONDS / TALK_EVERY_SECONDS * TALK_SECONDS;
    assertThat(beeps).hasSize(expected);
    assertThat(flashes).hasSize(expected);
    assertThat(others).hasSize(expected);
    List<Long> soundAndPicture = new ArrayList<>();
    List<Long> speakers = new ArrayList<>();
    for (int i = 0; i < expected; i++) {
      int second =
          i / TALK_SECONDS * TALK_EVERY_SECONDS + i % TALK_SECONDS; // of the senders' clocks
      soundAndPicture.add(Math.abs(beeps.get(i) - flashes.get(i)));
      long apart = Math.round(second * 200 * PPM * 1000);
      speakers.add(Math.abs(beeps.get(i) - others.get(i) - apart));
    }
    assertThat(p95(soundAndPicture)).as("A/V offset").isLessThanOrEqualTo(MAX_OFFSET_MILLIS);
    assertThat(p95(speakers)).as("between speakers").isLessThanOrEqualTo(MAX_OFFSET_MILLIS);
    assertThat(beeps.getLast() - others.getLast())
        .as("without correction they would be two seconds apart or in the wrong place")
        .isBetween(1_900L, 2_300L);
  }

  private List<Packet> audio(SyntheticTalker talker, double drift, double soundCard) {
    List<Packet> packets = new ArrayList<>();
    for (int from = 0; from < SESSION_SECONDS; from += TALK_EVERY_SECONDS) {
      long ticks = (long) from * AUDIO_RATE;
      int sequence = from * AUDIO_PACKETS_PER_SECOND;
      for (Packet packet : talker.audio(from, from + TALK_SECONDS)) {
        packets.add(moved(packet, drift, soundCard, ticks, sequence));
      }
    }
    return packets;
  }

  private List<Packet> video(SyntheticTalker talker, double drift) {
    List<Packet> packets = new ArrayList<>();
    int sequence = 0;
    for (int from = 0; from < SESSION_SECONDS; from += TALK_EVERY_SECONDS) {
      List<Packet> burst = talker.video(from, from + TALK_SECONDS);
      for (Packet packet : burst) {
        packets.add(moved(packet, drift, 0, (long) from * VIDEO_RATE, sequence));
      }
      sequence += (int) burst.stream().filter(packet -> !packet.rtcp()).count();
    }
    return packets;
  }

  /**
   * The packet as one of a long stream.
   *
   * @param drift how much longer a second of the sender takes on the session clock
   * @param clock how much faster his media clock runs than he thinks
   */
  private static Packet moved(
      Packet packet, double drift, double clock, long ticksBefore, int sequenceBefore) {
    byte[] bytes = packet.bytes().clone();
    ByteBuffer view = ByteBuffer.wrap(bytes);
    int at = packet.rtcp() ? REPORT_TIMESTAMP_AT : TIMESTAMP_AT;
    long ticks = view.getInt(at) + ticksBefore;
    view.putInt(at, (int) Math.round(ticks * (1 + clock)));
    if (!packet.rtcp()) {
      view.putShort(SEQUENCE_AT, (short) (view.getShort(SEQUENCE_AT) + sequenceBefore));
    }
    long sent = Math.round(packet.sentNanos() * (1 + drift));
    return new Packet(packet.rtcp(), packet.video(), sent, bytes);
  }

  private long jitter(int leastMillis) {
    return (leastMillis + random.nextInt(40)) * MILLI;
  }

  private List<MadeTrack> mux(SyntheticJournal journal) throws IOException {
    Spool spool = new Spool(directory.resolve("spool"));
    spool.create();
    List<Path> chunks = new ArrayList<>();
    for (SealedChunk chunk : journal.write(spool, new RecordingId("rec-1"))) {
      chunks.add(spool.chunk(chunk.number()));
    }
    assertThat(chunks.size()).isGreaterThan(SESSION_SECONDS / 3);
    return new JournalMux(chunks, spool.tracks(), percent -> {}).run();
  }

  /** Where the marks of a track are on the session clock. */
  private List<Long> marks(List<MadeTrack> tracks, String seat, MediaKind kind) throws IOException {
    List<Long> all = new ArrayList<>();
    for (MadeTrack track : tracks) {
      if (track.seatId().equals(seat) && track.kind() == kind) {
        Path file = directory.resolve("spool").resolve("tracks").resolve(track.fileName());
        MediaCheck.decode(file).marksMillis().forEach(mark -> all.add(mark + track.offsetMillis()));
      }
    }
    return all;
  }

  private static long p95(List<Long> values) {
    List<Long> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() * 95 / 100);
  }
}
