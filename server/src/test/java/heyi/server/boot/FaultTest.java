package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.recording.mux.MuxMain;
import heyi.server.bench.ChildServer;
import heyi.server.demo.Awaiting;
import heyi.signaling.room.Phase;
import heyi.testkit.S3ProxyProcess;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
 * chooses other moments and another order; {@code ./heyi bench faults} does both.
 */
@DisplayName("R26: whatever dies, at most two seconds are lost, and the record says so")
class FaultTest {
  /** What may be lost of what people said. */
  private static final long MAY_BE_LOST_MILLIS = 2_000;

  /** Longer than people pause between packets: bots send without end. */
  private static final long HOLE_MILLIS = 2_000;

  private static final int QUIET_MILLIS = 3_000;
  private static final int LEAST_TALK_MILLIS = 1_500;
  private static final int SPOOL_MEGABYTES = 96;
  private static final long LOOK_AGAIN_MILLIS = 20;
  private static final String BUCKET = "evidence";

  /** Each may come once; a bench asks for more. */
  private static final int ROUNDS = Integer.getInteger("heyi.faults.rounds", 1);

  private static final long SEED = Long.getLong("heyi.faults.seed", 20_261_121L);

  @TempDir Path folder;
  private final Vertx people = Vertx.vertx();
  private final List<Instant> serverKills = new ArrayList<>();
  private final List<Instant> harmless = new ArrayList<>();

  private enum Fault {
    SERVER,
    STORE,
    DATABASE,
    DISK
  }

  @AfterEach
  void closeVertx() throws Exception {
    Waiting.on(people.close());
  }

  @Test
  @Timeout(3_600)
  @DisplayName("kill -9 of server, store, database and muxing worker, and a full disk")
  void everythingDiesInOneSession() throws Exception {
    RandomGenerator random = new SplittableRandom(SEED);
    Path data = Files.createDirectories(folder.resolve("data"));
    Optional<FullDisk> disk = FullDisk.mount(data.resolve("spool"), SPOOL_MEGABYTES);
    S3ProxyProcess store = S3ProxyProcess.start(Files.createDirectory(folder.resolve("s3")));
    ChildServer server = ChildServer.start(data, settings(store));
    RecordedRoom room = new RecordedRoom(people, server.port(), server.mediatorPassword(), 1);
    try {
      room.talk(1);
      for (Fault fault : plan(random, disk.isPresent())) {
        pause(LEAST_TALK_MILLIS + random.nextInt(QUIET_MILLIS));
        switch (fault) {
          case SERVER -> {
            server.kill();
            serverKills.add(now());
            server = ChildServer.start(data, settings(store));
            room = room.again(server.port(), server.mediatorPassword());
            goOn(room);
          }
          case STORE -> {
            store.kill();
            harmless.add(now());
            pause(random.nextInt(QUIET_MILLIS));
            store = store.again();
          }
          case DATABASE -> {
            server.database().destroyForcibly();
            harmless.add(now());
          }
          case DISK -> {
            disk.orElseThrow().fill();
            room.see("phase", "PAUSED");
            disk.orElseThrow().free();
            goOn(room);
          }
        }
      }
      pause(QUIET_MILLIS);
      room.advance(Phase.CLOSED);
      killWorker(server);
      room.see("recording", "sealed");
      judge(server, room.session());
    } finally {
      room.close();
      server.close();
      store.close();
      if (disk.isPresent()) {
        disk.get().close();
      }
    }
  }

  /** Each fault so many times, in an order that the seed gives. */
  private static List<Fault> plan(RandomGenerator random, boolean diskToFill) {
    EnumSet<Fault> possible = EnumSet.allOf(Fault.class);
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

  private static void goOn(RecordedRoom room) {
    room.see("phase", "PAUSED");
    room.see("recording", "receiving");
    room.advance(Phase.JOINT);
  }

  /** The first process that makes the playable files; the second try must succeed. */
  private void killWorker(ChildServer server) {
    Instant limit = now().plus(RecordedRoom.LIMIT);
    Optional<ProcessHandle> worker = worker(server);
    while (worker.isEmpty() && now().isBefore(limit)) {
      pause(LOOK_AGAIN_MILLIS);
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

  private void judge(ChildServer server, String session) throws Exception {
    SealedSession sealed =
        SealedSession.open(people, server.port(), server.auditorPassword(), session, folder);
    assertThat(sealed.state()).isEqualTo("SEALED");
    assertThat(sealed.report().findings()).isEmpty();
    assertThat(sealed.report().recordingId()).isEqualTo(session + "-1");
    RecordedTime time = RecordedTime.of(folder.resolve("evidence-" + session + ".zip"));
    List<RecordedTime.Hole> holes = time.holes(HOLE_MILLIS);
    assertThat(holes)
        .as("seed %d: every hole is told by the ledger", SEED)
        .allMatch(hole -> time.explained(hole, MAY_BE_LOST_MILLIS));
    assertThat(time.gaps("server-restart")).hasSameSizeAs(serverKills);
    for (int i = 0; i < serverKills.size(); i++) {
      long killed = time.millisOf(serverKills.get(i));
      assertThat(time.gaps("server-restart").get(i).path("fromMillis").asLong())
          .as("what was recorded before kill %d of the server at %d ms", i, killed)
          .isBetween(killed - MAY_BE_LOST_MILLIS, killed);
    }
    for (Instant strike : harmless) {
      long at = time.millisOf(strike);
      assertThat(holes)
          .as("neither store nor database at %d ms interrupts the talk", at)
          .noneMatch(hole -> hole.fromMillis() > at - 100 && hole.fromMillis() < at + 1_000);
    }
  }

  private static Map<String, String> settings(S3ProxyProcess store) {
    Map<String, String> settings = new HashMap<>();
    settings.put("HEYI_RECORDING_STORE", "s3");
    settings.put("HEYI_RECORDING_S3_ENDPOINT", store.endpoint().toString());
    settings.put("HEYI_RECORDING_S3_BUCKET", BUCKET);
    settings.put("HEYI_RECORDING_S3_ACCESS_KEY", S3ProxyProcess.IDENTITY);
    settings.put("HEYI_RECORDING_S3_SECRET_KEY", S3ProxyProcess.CREDENTIAL);
    settings.put("HEYI_RECORDING_FREE_DISK_MEGABYTES", "8");
    return settings;
  }

  /** Part of the plan: people talk for so long. */
  private void pause(long millis) {
    if (millis > 0) {
      Awaiting.get("time passes", RecordedRoom.LIMIT, people.timer(millis, TimeUnit.MILLISECONDS));
    }
  }

  private static Instant now() {
    return Clock.systemUTC().instant();
  }
}
