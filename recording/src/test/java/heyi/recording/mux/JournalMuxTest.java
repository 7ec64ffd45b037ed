package heyi.recording.mux;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.SourceName;
import heyi.recording.RecordedSource;
import heyi.recording.RecordingId;
import heyi.recording.chunk.SealedChunk;
import heyi.recording.chunk.Spool;
import heyi.recording.media.MediaCheck;
import heyi.recording.media.SyntheticJournal;
import heyi.recording.media.SyntheticTalker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Journals with every trouble of a network, judged by the beeps and flashes of the files. */
@Timeout(60)
final class JournalMuxTest {
  private static final RecordingId ID = new RecordingId("rec-1");
  private static final long MILLI = 1_000_000;
  private static final int WRAPS_SOON = 65_500;
  private static final int TIMESTAMP_WRAPS_SOON = -200_000;
  private static final long NTP_2026 = 4_000_000_000L;

  /** A viewer does not notice sound and picture apart by less. */
  private static final long MAX_AV_OFFSET_MILLIS = 80;

  @TempDir private Path directory;

  @Test
  void differentPathsAndCountersThatWrapStayInStep() throws IOException {
    SyntheticTalker talker =
        new SyntheticTalker("party-1", NTP_2026, WRAPS_SOON, TIMESTAMP_WRAPS_SOON);
    SplittableRandom jitter = new SplittableRandom(1);
    ToLongFunction<SyntheticTalker.Packet> slowSound = packet -> (300 + jitter.nextInt(40)) * MILLI;
    ToLongFunction<SyntheticTalker.Packet> quickPicture =
        packet -> (20 + jitter.nextInt(40)) * MILLI;

    List<MadeTrack> tracks =
        mux(
            new SyntheticJournal()
                .talker(talker)
                .arrive(talker.audio(0.5, 6.5), slowSound)
                .arrive(talker.video(0.5, 6.5), quickPicture));

    assertThat(tracks).extracting(MadeTrack::clock).containsOnly("sender-reports");
    List<Long> beeps = marks(tracks.getFirst());
    List<Long> flashes = marks(tracks.getLast());
    assertThat(beeps).hasSize(6);
    assertThat(flashes).hasSize(6);
    for (int i = 0; i < beeps.size(); i++) {
      assertThat(Math.abs(beeps.get(i) - flashes.get(i))).isLessThan(MAX_AV_OFFSET_MILLIS);
    }
    assertThat(decode(tracks.getLast()).framesMillis()).hasSize(90);
    assertThat(tracks.getLast().gaps()).isEmpty();
  }

  @Test
  void talkersWhoseClocksDisagreeAreInStepWithEachOther() throws IOException {
    SyntheticTalker first = new SyntheticTalker("party-1", NTP_2026, 1, 1);
    SyntheticTalker second = new SyntheticTalker("party-2", NTP_2026 + 86_400, 7, 77);

    List<MadeTrack> tracks =
        mux(
            new SyntheticJournal()
                .talker(first)
                .talker(second)
                .arrive(first.audio(0, 4), packet -> 30 * MILLI)
                .arrive(second.audio(0, 4), packet -> 60 * MILLI));

    List<Long> mine = marks(tracks.getFirst());
    List<Long> theirs = marks(tracks.getLast());
    assertThat(mine).hasSize(4);
    for (int i = 0; i < mine.size(); i++) {
      assertThat(Math.abs(mine.get(i) - theirs.get(i))).isLessThan(MAX_AV_OFFSET_MILLIS);
    }
  }

  @Test
  void aHoleStaysAHoleAndWhatFollowsIsInItsPlace() throws IOException {
    SyntheticTalker talker = new SyntheticTalker("party-1", NTP_2026, 1, 1);
    long holeFrom = 2_300 * MILLI;
    long holeTo = 4_300 * MILLI;
    ToLongFunction<SyntheticTalker.Packet> holed =
        packet -> packet.sentNanos() > holeFrom && packet.sentNanos() < holeTo ? -1 : 20 * MILLI;

    List<MadeTrack> tracks =
        mux(
            new SyntheticJournal()
                .talker(talker)
                .arrive(talker.audio(0, 7), packet -> 20 * MILLI)
                .arrive(talker.video(0, 7), holed));

    MadeTrack video = tracks.getLast();
    assertThat(video.gaps()).hasSize(1);
    assertThat(video.gaps().getFirst().fromMillis()).isBetween(2_250L, 2_450L);
    assertThat(video.gaps().getFirst().toMillis()).isBetween(4_250L, 4_750L);
    List<Long> beeps = marks(tracks.getFirst());
    assertThat(beeps).hasSize(7);
    List<Long> flashes = marks(video);
    assertThat(flashes).hasSize(5);
    assertThat(flashes.getLast() - beeps.getLast()).isBetween(-80L, 80L);
  }

  @Test
  void packetsOutOfOrderAndRepeatedLoseNothing() throws IOException {
    SyntheticTalker talker = new SyntheticTalker("party-1", NTP_2026, WRAPS_SOON, 1);
    SplittableRandom random = new SplittableRandom(3);
    List<SyntheticTalker.Packet> packets = talker.video(0, 4);

    List<MadeTrack> tracks =
        mux(
            new SyntheticJournal()
                .talker(talker)
                .arrive(packets, packet -> random.nextInt(10) == 0 ? 400 * MILLI : 20 * MILLI)
                .arrive(packets.subList(50, 100), packet -> 450 * MILLI));

    assertThat(decode(tracks.getFirst()).framesMillis()).hasSize(60);
    assertThat(tracks.getFirst().gaps()).isEmpty();
  }

  @Test
  void aLateCameraStartsLateOnTheSessionClock() throws IOException {
    SyntheticTalker talker = new SyntheticTalker("party-1", NTP_2026, 1, 1);

    List<MadeTrack> tracks =
        mux(
            new SyntheticJournal()
                .talker(talker)
                .arrive(talker.audio(1, 8), packet -> 20 * MILLI)
                .arrive(talker.video(4, 8), packet -> 20 * MILLI));

    assertThat(tracks.getFirst().offsetMillis()).isBetween(990L, 1_050L);
    assertThat(tracks.getLast().offsetMillis()).isBetween(3_990L, 4_050L);
    assertThat(tracks.getLast().durationMillis()).isBetween(3_900L, 4_100L);
    assertThat(tracks.getLast().id().value()).isEqualTo("party-1-video-1");
  }

  @Test
  void withoutSenderReportsArrivalPlacesThePackets() throws IOException {
    SyntheticTalker talker = new SyntheticTalker("party-1", NTP_2026, 1, 1);
    ToLongFunction<SyntheticTalker.Packet> noReports = packet -> packet.rtcp() ? -1 : 25 * MILLI;

    List<MadeTrack> tracks =
        mux(
            new SyntheticJournal()
                .talker(talker)
                .arrive(talker.audio(0, 3), noReports)
                .arrive(talker.video(0, 3), noReports));

    assertThat(tracks).extracting(MadeTrack::clock).containsOnly("arrival");
    List<Long> beeps = marks(tracks.getFirst());
    List<Long> flashes = marks(tracks.getLast());
    assertThat(Math.abs(beeps.get(1) - flashes.get(1))).isLessThan(MAX_AV_OFFSET_MILLIS);
  }

  @Test
  void aSourceNameThatComesAgainUnderAnotherSsrcBecomesATrackOfItsOwn() throws IOException {
    SyntheticTalker talker = new SyntheticTalker("party-1", NTP_2026, WRAPS_SOON, 1);
    SyntheticJournal journal =
        new SyntheticJournal().talker(talker).arrive(talker.audio(0, 3), packet -> 20 * MILLI);
    talker.withOtherSsrcs();
    journal.talkerFrom(5, talker).arrive(talker.audio(5, 9), packet -> 20 * MILLI);

    List<MadeTrack> tracks = mux(journal);

    assertThat(tracks)
        .extracting(track -> track.id().value())
        .containsExactly("party-1-audio-1", "party-1-audio-2");
    assertThat(tracks).extracting(MadeTrack::source).containsOnly(tracks.getFirst().source());
    assertThat(tracks.getFirst().durationMillis()).isBetween(2_900L, 3_100L);
    assertThat(tracks.getLast().offsetMillis()).isBetween(4_990L, 5_050L);
    assertThat(marks(tracks.getFirst())).hasSize(3);
    assertThat(marks(tracks.getLast())).hasSize(4);
  }

  @Test
  void anSsrcThatAnotherSourceUsesLaterMixesNothing() throws IOException {
    SyntheticTalker first = new SyntheticTalker("party-1", NTP_2026, 1, 1);
    SyntheticTalker second = new SyntheticTalker("party-1", NTP_2026, 30_000, 1_000_000);
    RecordedSource later = second.source(MediaKind.AUDIO);
    RecordedSource renamed =
        new RecordedSource(
            new EndpointId("party-2-1"),
            "party-2",
            "party-2",
            new MediaSource(
                new SourceName("party-2-1-a0"),
                MediaKind.AUDIO,
                later.source().ssrcs(),
                later.source().groups()));

    List<MadeTrack> tracks =
        mux(
            new SyntheticJournal()
                .talker(first)
                .arrive(first.audio(0, 3), packet -> 20 * MILLI)
                .sourceFrom(4, renamed)
                .arrive(second.audio(4, 6), packet -> 20 * MILLI));

    assertThat(tracks)
        .extracting(track -> track.id().value())
        .containsExactly("party-1-audio-1", "party-2-audio-1");
    assertThat(marks(tracks.getFirst())).hasSize(3);
    assertThat(tracks.getFirst().gaps()).isEmpty();
    assertThat(marks(tracks.getLast())).hasSize(2);
    assertThat(tracks.getLast().offsetMillis()).isBetween(3_990L, 4_050L);
  }

  @Test
  void aPlayerThatSeeksInSoundDecodesNoMoreThanASecondBefore() throws IOException {
    SyntheticTalker talker = new SyntheticTalker("party-1", NTP_2026, 1, 1);

    MadeTrack sound =
        mux(new SyntheticJournal().talker(talker).arrive(talker.audio(0, 8), packet -> 20 * MILLI))
            .getFirst();

    Path file = Spool.of(directory, ID).tracks().resolve(sound.fileName());
    for (long millis : new long[] {950, 2_450, 4_900, 7_300}) {
      assertThat(MediaCheck.seekLandsAt(file, millis)).isBetween(millis - 1_020, millis);
    }
  }

  @Test
  void muxingAgainGivesTheSameBytes() throws IOException {
    SyntheticTalker talker = new SyntheticTalker("party-1", NTP_2026, 1, 1);
    SyntheticJournal journal =
        new SyntheticJournal().talker(talker).arrive(talker.video(0, 2), packet -> 20 * MILLI);
    List<MadeTrack> first = mux(journal);

    Spool spool = new Spool(directory.resolve("rec-1"));
    List<MadeTrack> again =
        new JournalMux(List.of(spool.chunk(0)), directory.resolve("again"), percent -> {}).run();

    assertThat(again).isEqualTo(first);
    assertThat(directory.resolve("again").resolve(again.getFirst().fileName()))
        .hasSameBinaryContentAs(spool.tracks().resolve(first.getFirst().fileName()));
  }

  private List<MadeTrack> mux(SyntheticJournal journal) throws IOException {
    Spool spool = Spool.of(directory, ID);
    spool.create();
    List<SealedChunk> chunks = journal.write(spool, ID);
    List<Path> files = chunks.stream().map(chunk -> spool.chunk(chunk.number())).toList();
    return new JournalMux(files, spool.tracks(), percent -> {}).run();
  }

  private List<Long> marks(MadeTrack track) throws IOException {
    return decode(track).marksMillis().stream().map(at -> at + track.offsetMillis()).toList();
  }

  private MediaCheck.Content decode(MadeTrack track) throws IOException {
    return MediaCheck.decode(Spool.of(directory, ID).tracks().resolve(track.fileName()));
  }
}
