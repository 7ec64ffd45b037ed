package heyi.recording.session;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.ConferenceId;
import heyi.media.MediaKind;
import heyi.recording.RecordingId;
import heyi.recording.capture.Capture;
import heyi.recording.capture.PacketSink;
import heyi.recording.media.SyntheticTalker;
import heyi.recording.sealing.TestSeals;
import heyi.recording.session.SourceReception.Standing;
import heyi.recording.store.DirectoryObjectStore;
import heyi.recording.store.ObjectStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A person whose sound stays away while the picture comes, in a tenth of the time. */
@Timeout(60)
@DisplayName("R26: of every single source it is told whether it is received")
final class SilentSourceTest {
  private static final long TIMES_FASTER = 10;
  private static final long SEND_MILLIS = 20;
  private static final int SECONDS = 30;

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<PacketSink> connections = new LinkedBlockingQueue<>();
  private final BlockingQueue<SourceReception> told = new LinkedBlockingQueue<>();
  private final AtomicReference<PacketSink> sink = new AtomicReference<>();

  @TempDir private Path directory;

  @AfterEach
  void closeVertx() {
    await(vertx.close());
  }

  @Test
  void aSilentSourceIsToldFetchedAnewGivenUpAndReceivedAgain() throws Exception {
    SyntheticTalker talker = new SyntheticTalker("party-1", 4_000_000_000L, 1, 1);
    Recording recording =
        await(
            service()
                .start(
                    new RecordingId("rec-1"),
                    "session-1",
                    new ConferenceId("room-1"),
                    this::connect));
    recording.listen(new Listener());
    connection();
    await(recording.sourceAdded(talker.source(MediaKind.VIDEO)));
    await(recording.sourceAdded(talker.source(MediaKind.AUDIO)));
    send(talker.video(0, SECONDS));

    sound(Standing.SILENT);
    assertThat(recording.state()).as("the picture comes").isEqualTo(RecordingState.RECEIVING);
    connection();
    sound(Standing.GIVEN_UP);
    send(talker.audio(0, SECONDS));
    assertThat(sound(Standing.RECEIVED).bytes()).isPositive();

    assertThat(connections).as("it came anew once").isEmpty();
    await(((ActiveRecording) recording).letGo());
  }

  private RecordingService service() {
    ObjectStore store = new DirectoryObjectStore(directory.resolve("store"));
    return RecordingService.create(
        vertx,
        RecordingOptions.in(directory.resolve("spool")),
        store,
        TestSeals.in(store, directory),
        Clock.systemUTC(),
        SilentSourceTest::nanos);
  }

  private static long nanos() {
    return System.nanoTime() * TIMES_FASTER;
  }

  private Future<Capture> connect(PacketSink made) {
    connections.add(made);
    return Future.succeededFuture(new NoConnection());
  }

  /** The recorder comes, or comes anew: packets go there from now on. */
  private void connection() throws InterruptedException {
    PacketSink next = connections.poll(SECONDS, TimeUnit.SECONDS);
    assertThat(next).as("the recorder connects").isNotNull();
    sink.set(next);
  }

  private void send(List<SyntheticTalker.Packet> packets) {
    Deque<SyntheticTalker.Packet> left = new ArrayDeque<>(packets);
    vertx.setPeriodic(
        SEND_MILLIS,
        timer -> {
          SyntheticTalker.Packet packet = left.pollFirst();
          PacketSink to = sink.get();
          if (packet != null && to != null && !packet.rtcp()) {
            to.rtp(packet.bytes(), 0, packet.bytes().length, nanos());
          }
        });
  }

  /** Waits until this is told of the sound; of the picture nothing else than that it comes. */
  private SourceReception sound(Standing standing) throws InterruptedException {
    while (true) {
      SourceReception next = told.poll(SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("told that the sound is %s", standing).isNotNull();
      if (next.kind() == MediaKind.VIDEO) {
        assertThat(next.standing()).isEqualTo(Standing.RECEIVED);
      } else if (next.standing() == standing) {
        return next;
      }
    }
  }

  private static <T> T await(Future<T> future) {
    return future.timeout(SECONDS, TimeUnit.SECONDS).await();
  }

  private final class Listener implements RecordingListener {
    @Override
    public void onReception(List<SourceReception> sources) {
      told.addAll(sources);
    }
  }
}
