package heyi.recording.composite;

import heyi.recording.RecordingId;
import heyi.recording.chunk.Spool;
import heyi.recording.media.SyntheticJournal;
import heyi.recording.media.SyntheticTalker;
import heyi.recording.mux.MadeTrack;
import heyi.recording.mux.MuxProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Twelve seconds of two people. The mediator is there from the start, his camera is away from
 * second 4 to 7; the party comes at 2.5 s and leaves at 9 s; both beep and flash each second of
 * their own.
 */
record SampleSession(Path directory, List<MadeTrack> tracks) {
  static final long END_MILLIS = 12_000;

  /** The one that the server brings. */
  static final Path FONT =
      Path.of("../server/src/main/resources/heyi/server/document/wqy-microhei.ttf")
          .toAbsolutePath()
          .normalize();

  private static final RecordingId ID = new RecordingId("rec-1");
  private static final long NTP_2026 = 4_000_000_000L;

  static SampleSession record(Path directory) throws IOException {
    Spool spool = Spool.of(directory, ID);
    spool.create();
    SyntheticTalker mediator = new SyntheticTalker("mediator", NTP_2026, 100, 5000);
    SyntheticTalker party = new SyntheticTalker("party-1", NTP_2026, 1, 1);
    new SyntheticJournal()
        .talker(mediator)
        .talkerFrom(2.5, party)
        .arrive(
            mediator.video(0, END_MILLIS / 1000.0),
            packet -> packet.sentNanos() >= 4e9 && packet.sentNanos() < 7e9 ? -1 : 0)
        .arrive(mediator.audio(0, END_MILLIS / 1000.0), packet -> 0)
        .arrive(party.video(2.5, 9), packet -> 0)
        .arrive(party.audio(2.5, 9), packet -> 0)
        .write(spool, ID);
    List<MadeTrack> tracks =
        new MuxProcess(Duration.ofSeconds(60), 128)
            .run(spool.chunks(), spool.tracks(), percent -> {});
    return new SampleSession(spool.tracks().toAbsolutePath(), tracks);
  }

  List<CompositePlan.Person> people(String mediator, String party) {
    return List.of(
        new CompositePlan.Person(
            mediator,
            media("mediator"),
            List.of(new CompositePlan.Told(new CompositePlan.Span(5_500, 7_000), "mute"))),
        new CompositePlan.Person(party, media("party-1"), List.of()));
  }

  private List<CompositePlan.Media> media(String label) {
    return tracks.stream()
        .filter(track -> track.label().equals(label))
        .map(
            track ->
                new CompositePlan.Media(
                    track.kind(),
                    directory.resolve(track.fileName()),
                    track.offsetMillis(),
                    track.durationMillis(),
                    track.gaps().stream()
                        .map(gap -> new CompositePlan.Span(gap.fromMillis(), gap.toMillis()))
                        .toList()))
        .toList();
  }
}
