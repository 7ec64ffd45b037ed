package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.recording.mux.MuxMain;
import heyi.recording.packaging.RecordingEvents;
import heyi.server.bench.ChildServer;
import heyi.server.demo.Awaiting;
import heyi.signaling.room.Phase;
import heyi.testkit.S3ProxyProcess;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One session with sound and picture, and everything around it dies, at moments that a seed gives.
 *
 * <p>{@code -Dheyi.faults.rounds=N} strikes N times with each fault, {@code -Dheyi.faults.seed=S}
 * chooses other moments and another order, {@code -Dheyi.faults.report=FILE} writes down what was
 * found; {@code ./heyi bench faults} does all three.
 */
@DisplayName("R26: whatever dies, at most two seconds are lost, and the record says so")
class FaultTest {
  private static final int LEAST_TALK_MILLIS = 1_000;
  private static final int MORE_TALK_MILLIS = 2_000;
  private static final int SPOOL_MEGABYTES = 96;

  /** Far more than a session lasts, so that no two settings of the clock can be mixed up. */
  private static final int MOST_HOURS = 3;

  private static final long LOOK_AGAIN_MILLIS = 20;
  private static final String BUCKET = "evidence";

  /** Long for people who come back at once, short for a test that waits for those who do not. */
  private static final String RESUME_WITHIN = "PT6S";

  /** Each may come once; a bench asks for more. */
  private static final int ROUNDS = Integer.getInteger("heyi.faults.rounds", 1);

  private static final long SEED = Long.getLong("heyi.faults.seed", 20_261_121L);
  private static final String REPORT = System.getProperty("heyi.faults.report", "");

  @TempDir Path folder;
  private final Vertx people = Vertx.vertx();
  private final RandomGenerator random = new SplittableRandom(SEED);
  private final List<Strike> strikes = new ArrayList<>();

  /** The session that nobody comes back to. */
  private String abandoned = "";

  @AfterEach
  void closeVertx() throws Exception {
    Waiting.on(people.close());
  }

  @Test
  @Timeout(3_600)
  @DisplayName(
      "kill -9 of server, store, database and muxing worker, a full disk, a clock that jumps")
  void everythingDiesInOneSession() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    try (FullDisk disk = FullDisk.mount(data.resolve("spool"), SPOOL_MEGABYTES);
        Surroundings around = new Surroundings(data, disk)) {
      around.room.talk(1);
      for (Fault fault : plan(disk.canBeFilled())) {
        talkFor(LEAST_TALK_MILLIS + random.nextInt(MORE_TALK_MILLIS));
        strike(fault, around);
      }
      talkFor(LEAST_TALK_MILLIS);
      around.room.advance(Phase.CLOSED);
      killWorker(around.server);
      around.room.see("recording", "verified");
      judge(around);
    }
  }

  /** Each fault so many times, in an order that the seed gives. */
  private List<Fault> plan(boolean diskToFill) {
    EnumSet<Fault> possible = EnumSet.complementOf(EnumSet.of(Fault.WORKER));
    if (!diskToFill) {
      possible.remove(Fault.DISK);
    }
    List<Fault> plan = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      List<Fault> shuffled = new ArrayList<>(possible);
      Collections.shuffle(shuffled, random);
      plan.addAll(shuffled);
    }
    return plan;
  }

  private void strike(Fault fault, Surroundings around) throws Exception {
    switch (fault) {
      case SERVER -> {
        if (abandoned.isEmpty()) {
          abandoned = around.talkOfOthers();
        }
        around.server.kill();
        strikes.add(new Strike(fault, around.clock.instant()));
        around.startServer();
        around.room = around.room.again(around.server.port(), around.server.mediatorPassword());
        goOn(around.room);
      }
      case STORE -> {
        around.store.kill();
        strikes.add(new Strike(fault, around.clock.instant()));
        talkFor(random.nextInt(MORE_TALK_MILLIS));
        around.store = around.store.again();
      }
      case DATABASE -> {
        around.server.database().destroyForcibly();
        strikes.add(new Strike(fault, around.clock.instant()));
      }
      case DISK -> {
        around.disk.fill();
        around.room.see("phase", "PAUSED");
        strikes.add(new Strike(fault, around.clock.instant()));
        around.disk.free();
        goOn(around.room);
      }
      case CLOCK -> {
        strikes.add(new Strike(fault, around.clock.instant()));
        around.jump(Duration.ofHours(random.nextInt(-MOST_HOURS, MOST_HOURS + 1)));
      }
      case WORKER -> throw new IllegalArgumentException("there is none in mid-talk");
    }
  }

  private static void goOn(RecordedRoom room) {
    room.see("recording", "receiving");
    room.see("phase", "JOINT");
  }

  /** The first process that makes the playable files; the second try must succeed. */
  private void killWorker(ChildServer server) {
    Instant limit = Clock.systemUTC().instant().plus(RecordedRoom.LIMIT);
    Optional<ProcessHandle> worker = worker(server);
    while (worker.isEmpty() && Clock.systemUTC().instant().isBefore(limit)) {
      talkFor(LOOK_AGAIN_MILLIS);
      worker = worker(server);
    }
    assertThat(worker).as("muxing worker").isPresent();
    assertThat(worker.orElseThrow().destroyForcibly()).isTrue();
  }

  private static Optional<ProcessHandle> worker(ChildServer server) {
    return server
        .descendants()
        .filter(
            process -> process.info().commandLine().orElse("").contains(MuxMain.class.getName()))
        .findFirst();
  }

  private void judge(Surroundings around) throws Exception {
    String session = around.room.session();
    SealedSession sealed =
        SealedSession.open(
            people, around.server.port(), around.server.auditorPassword(), session, folder);
    FaultReport report =
        FaultReport.of(
            RecordedTime.of(folder.resolve("evidence-" + session + ".zip")), strikes, SEED);
    if (!REPORT.isEmpty()) {
      report.write(Path.of(REPORT));
    }
    assertThat(sealed.state()).isEqualTo("SEALED");
    assertThat(sealed.report().findings()).isEmpty();
    assertThat(sealed.report().recordingId()).isEqualTo(session + "-1");
    assertThat(report.wrong()).as("seed %d", SEED).isEmpty();
    assertThat(around.data.resolve("objects")).doesNotExist();
    nobodyCameBack(around);
    assertThat(around.data.resolve("spool")).isEmptyDirectory();
  }

  private void nobodyCameBack(Surroundings around) throws Exception {
    String auditor = around.server.auditorPassword();
    SealedSession.awaitSealed(people, around.server.port(), auditor, abandoned);
    SealedSession sealed =
        SealedSession.open(people, around.server.port(), auditor, abandoned, folder);
    assertThat(sealed.report().findings()).isEmpty();
    assertThat(sealed.report().disclosed())
        .as("nobody came back to the other session")
        .anyMatch(line -> line.en().startsWith(RecordingEvents.INTERRUPTED));
    assertThat(sealed.trackIds()).hasSize(4);
  }

  /** Part of the plan: people talk for so long. */
  private void talkFor(long millis) {
    if (millis > 0) {
      Awaiting.get("time passes", RecordedRoom.LIMIT, people.timer(millis, TimeUnit.MILLISECONDS));
    }
  }

  /** What a session stands on, each a process of its own. */
  private final class Surroundings implements AutoCloseable {
    private final Path data;
    private final FullDisk disk;
    private final Path clockFile;
    private final JumpingClock clock;
    private S3ProxyProcess store;
    private ChildServer server;
    private RecordedRoom room;

    Surroundings(Path data, FullDisk disk) throws IOException {
      this.data = data;
      this.disk = disk;
      this.clockFile = folder.resolve("clock");
      this.clock = JumpingClock.open(clockFile);
      this.store = S3ProxyProcess.start(Files.createDirectory(folder.resolve("s3")));
      this.server = child();
      this.room = new RecordedRoom(people, server.port(), server.mediatorPassword(), 1);
    }

    void startServer() throws IOException {
      server = child();
    }

    private ChildServer child() throws IOException {
      Map<String, String> settings = new HashMap<>();
      settings.putAll(ShortLived.JAVA);
      settings.put(JumpingServer.CLOCK, clockFile.toString());
      settings.put("HEYI_RECORDING_STORE", "s3");
      settings.put("HEYI_RECORDING_S3_ENDPOINT", store.endpoint().toString());
      settings.put("HEYI_RECORDING_S3_BUCKET", BUCKET);
      settings.put("HEYI_RECORDING_S3_ACCESS_KEY", S3ProxyProcess.IDENTITY);
      settings.put("HEYI_RECORDING_S3_SECRET_KEY", S3ProxyProcess.CREDENTIAL);
      settings.put("HEYI_RECORDING_FREE_DISK_MEGABYTES", "8");
      settings.put("HEYI_RECORDING_RESUME_WITHIN", RESUME_WITHIN);
      return ChildServer.start(data, settings, JumpingServer.class.getName());
    }

    /** Another session on the same server; its people hang up when the server dies. */
    String talkOfOthers() throws IOException {
      try (RecordedRoom others =
          new RecordedRoom(people, server.port(), server.mediatorPassword(), 1)) {
        others.talk(1);
        talkFor(LEAST_TALK_MILLIS);
        return others.session();
      }
    }

    /** Sets the server's clock to so far from the right time; never to what it shows. */
    void jump(Duration ahead) {
      Duration by = ahead.minus(clock.ahead());
      clock.jump(by.isZero() ? Duration.ofHours(-MOST_HOURS - 1) : by);
    }

    @Override
    public void close() {
      room.close();
      server.close();
      store.close();
    }
  }
}
