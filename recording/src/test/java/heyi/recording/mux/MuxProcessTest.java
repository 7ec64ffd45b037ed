package heyi.recording.mux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.recording.RecordingId;
import heyi.recording.chunk.Spool;
import heyi.recording.media.SyntheticJournal;
import heyi.recording.media.SyntheticTalker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The worker is a process of its own: its end is told, whatever the reason. */
@Timeout(120)
final class MuxProcessTest {
  private static final RecordingId ID = new RecordingId("rec-1");

  @TempDir private Path directory;

  @Test
  void tracksAreMadeAndProgressIsTold() throws IOException {
    Spool spool = Spool.of(directory, ID);
    spool.create();
    SyntheticTalker talker = new SyntheticTalker("party-1", 4_000_000_000L, 1, 1);
    new SyntheticJournal().talker(talker).arrive(talker.audio(0, 3), packet -> 0).write(spool, ID);
    List<Integer> progress = new ArrayList<>();

    List<MadeTrack> tracks =
        new MuxProcess(Duration.ofSeconds(60), 128)
            .run(spool.chunks(), spool.tracks(), progress::add);

    assertThat(tracks).extracting(MadeTrack::fileName).containsExactly("party-1-audio-1.webm");
    assertThat(progress).isSorted().endsWith(100);
  }

  @Test
  void aDamagedChunkIsNamedAndNothingIsInvented() throws IOException {
    Spool spool = Spool.of(directory, ID);
    spool.create();
    Files.write(spool.chunk(0), new byte[200]);

    assertThatThrownBy(
            () ->
                new MuxProcess(Duration.ofSeconds(60), 128)
                    .run(spool.chunks(), spool.tracks(), percent -> {}))
        .isInstanceOf(MuxException.class)
        .hasMessageContaining("not a journal file");
    assertThat(spool.tracks().resolve(MuxMain.RESULT)).doesNotExist();
  }

  @Test
  void aWorkerThatTakesTooLongIsKilled() throws IOException {
    Spool spool = Spool.of(directory, ID);
    spool.create();

    assertThatThrownBy(
            () ->
                new MuxProcess(Duration.ofMillis(1), 128)
                    .run(spool.chunks(), spool.tracks(), percent -> {}))
        .isInstanceOf(MuxException.class)
        .hasMessageContaining("killed");
  }
}
