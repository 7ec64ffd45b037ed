package heyi.recording.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.media.ConferenceId;
import heyi.media.MediaKind;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.SessionClock;
import heyi.recording.Track;
import heyi.recording.capture.Capture;
import heyi.recording.capture.CaptureException;
import heyi.recording.capture.PacketSink;
import heyi.recording.chunk.Spool;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.ledger.LedgerReader;
import heyi.recording.media.SyntheticTalker;
import heyi.recording.packaging.RecordingEvents;
import heyi.recording.sealing.EvidenceSeals;
import heyi.recording.sealing.TestSeals;
import heyi.recording.store.DirectoryObjectStore;
import heyi.recording.store.ObjectStore;
import heyi.recording.verify.EvidenceVerifier;
import heyi.recording.verify.VerificationReport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a kill leaves is copied while the recording runs; the copy goes on, or is given up. */
@Timeout(120)
@DisplayName("R26: a recording whose server was killed goes on as the same recording")
final class ResumedRecordingTest {
  private static final RecordingId ID = new RecordingId("rec-1");
  private static final ConferenceId ROOM = new ConferenceId("room-1");
  private static final Instant START = Instant.parse("2026-11-21T01:00:00Z");
  private static final long TALKED_SECONDS = 2;

  private final Vertx vertx = Vertx.vertx();

  @TempDir private Path directory;

  @AfterEach
  void closeVertx() {
    await(vertx.close());
  }

  @Test
  void theSameLedgerAndChainOfChunksGoOnAndTheGapIsDisclosed() throws IOException {
    leaveKilledRecording();
    RecordingService service = service(START.plusSeconds(60));
    SuspendedRecording suspended = onlySuspended(service);

    talk(resumed(service, suspended));

    VerificationReport report = verified(service);
    assertThat(report.findings()).isEmpty();
    assertThat(report.disclosed())
        .filteredOn(line -> line.en().startsWith(RecordingEvents.GAP))
        .singleElement()
        .asString()
        .contains("\"cause\":\"server-restart\"")
        .contains("\"fromMillis\":" + suspended.lastPacketMillis());
    assertThat(suspended.lastPacketMillis()).isBetween(1_900L, 2_100L);
    assertThat(await(service.sealed(ID)).interrupted()).isFalse();
    List<Track> tracks = await(service.sealed(ID)).tracks();
    assertThat(tracks).hasSize(2);
    assertThat(tracks.getLast().offset()).isBetween(Duration.ofSeconds(61), Duration.ofSeconds(63));
  }

  @Test
  void anotherKillBeforeAnythingCameLosesNothingOfTheFirstGap() throws IOException {
    leaveKilledRecording();
    RecordingService killedAgain = service(START.plusSeconds(30));
    SuspendedRecording first = onlySuspended(killedAgain);
    Capture.Connector declined = sink -> Future.failedFuture(new CaptureException("no bridge"));
    assertThatThrownBy(
            () -> await(killedAgain.launch(launch(first, Duration.ofSeconds(30), declined))))
        .hasMessageContaining("no bridge");

    RecordingService service = service(START.plusSeconds(60));
    SuspendedRecording second = onlySuspended(service);
    assertThat(second.lastPacketMillis()).isEqualTo(first.lastPacketMillis());
    talk(resumed(service, second));

    assertThat(verified(service).findings()).isEmpty();
  }

  @Test
  void theSessionClockNeverRunsBackwardsThoughTheWallClockWasSetBack() throws IOException {
    leaveKilledRecording();
    RecordingService service = service(START.minusSeconds(3600));
    SuspendedRecording suspended = onlySuspended(service);
    SessionClock clock =
        SessionClock.goingOn(START, suspended.last(), START.minusSeconds(3600), System::nanoTime);
    assertThat(clock.offset()).isGreaterThanOrEqualTo(suspended.last().offset());

    Recording recording =
        await(service.launch(launch(suspended, clock, sink -> connect(sink, Promise.promise()))));
    await(recording.event(new LedgerEvent("seat-joined", CanonicalJson.object())));
    byte[] ledger = Files.readAllBytes(Spool.of(directory.resolve("killed"), ID).ledger());
    await(recording.close());

    List<Duration> offsets =
        LedgerReader.read(ledger).entries().stream().map(LedgerEntry::offset).toList();
    assertThat(offsets).isSorted();
    assertThat(verified(service).findings()).isEmpty();
  }

  @Test
  void oneThatNobodyGoesOnWithIsSealedAsInterrupted() throws IOException {
    leaveKilledRecording();
    RecordingService service = service(START.plusSeconds(60));
    onlySuspended(service);
    assertThat(await(service.recoverUnfinished(Set.of(ID)))).isEmpty();

    SealedRecording sealed = await(service.giveUp(ID));

    assertThat(sealed.interrupted()).isTrue();
    assertThat(await(service.suspended())).isEmpty();
    assertThat(verified(service).findings()).isEmpty();
  }

  @Test
  void whatWasStoppedInOrderIsNotSuspended() throws IOException {
    leaveKilledRecording();
    RecordingService service = service(START.plusSeconds(60));
    await(service.giveUp(ID));

    assertThat(await(service.suspended())).isEmpty();
    assertThatThrownBy(() -> await(service.giveUp(ID))).isInstanceOf(RecordingException.class);
  }

  @Test
  void oneThatLostItsFactsIsKeptForPeopleToLookAt() throws IOException {
    leaveKilledRecording();
    Spool spool = Spool.of(directory.resolve("killed"), ID);
    Files.delete(spool.facts());
    RecordingService service = service(START.plusSeconds(60));

    assertThat(await(service.recoverUnfinished(Set.of()))).isEmpty();

    assertThat(spool.leftOpen()).isPresent();
    assertThat(spool.ledger()).isNotEmptyFile();
  }

  @Test
  void whatAKillLeftOfARemovedSpoolIsNoRecording() throws IOException {
    leaveKilledRecording();
    Path spools = directory.resolve("killed");
    Files.move(spools.resolve(ID.value()), spools.resolve(".removed-" + ID));
    RecordingService service = service(START.plusSeconds(60));

    assertThat(await(service.recoverUnfinished(Set.of()))).isEmpty();

    assertThat(spools).isEmptyDirectory();
  }

  /** Two seconds of sound, a whole chunk and an open one with a torn end. */
  private void leaveKilledRecording() throws IOException {
    SessionClock clock = SessionClock.startingAt(START, System::nanoTime);
    RecordingService service =
        RecordingService.create(
            vertx, options("spool"), store("first"), seals("first"), () -> START);
    Promise<PacketSink> connected = Promise.promise();
    RecordingFacts facts = new RecordingFacts(ID, "session-1", RecordingClass.JOINT, ROOM, START);
    Recording recording =
        await(service.start(facts, clock, sink -> connect(sink, connected), nowhere(), () -> {}));
    send(
        recording,
        await(connected.future()),
        clock,
        new SyntheticTalker("party-1", 4_000_000_000L, 1, 1),
        0);
    ActiveRecording running = (ActiveRecording) recording;
    await(
        running
            .lane()
            .run(
                running.context(),
                () -> KilledSpool.copy(directory.resolve("spool"), directory.resolve("killed"))));
    await(running.letGo());
    Path open =
        Spool.of(directory.resolve("killed"), ID)
            .openChunk(Spool.of(directory.resolve("killed"), ID).leftOpen().orElseThrow());
    Files.write(open, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
  }

  private record Resumed(Recording recording, PacketSink sink, SessionClock clock) {}

  private static Resumed resumed(RecordingService service, SuspendedRecording suspended) {
    Promise<PacketSink> connected = Promise.promise();
    SessionClock clock =
        SessionClock.goingOn(START, suspended.last(), START.plusSeconds(60), System::nanoTime);
    Recording recording =
        await(service.launch(launch(suspended, clock, sink -> connect(sink, connected))));
    return new Resumed(recording, await(connected.future()), clock);
  }

  private static Launch launch(
      SuspendedRecording suspended, Duration offset, Capture.Connector connector) {
    return launch(
        suspended,
        SessionClock.goingOn(START, suspended.last(), START.plus(offset), System::nanoTime),
        connector);
  }

  private static Launch launch(
      SuspendedRecording suspended, SessionClock clock, Capture.Connector connector) {
    RecordingFacts facts = new RecordingFacts(ID, "session-1", RecordingClass.JOINT, ROOM, START);
    return new Launch(facts, clock, connector, nowhere(), () -> {}, suspended);
  }

  /** The same person with a new connection: another SSRC. */
  private static void talk(Resumed resumed) throws IOException {
    SyntheticTalker talker = new SyntheticTalker("party-1", 4_000_000_000L, 1, 1).withOtherSsrcs();
    send(resumed.recording(), resumed.sink(), resumed.clock(), talker, 62);
    await(resumed.recording().close());
  }

  private static void send(
      Recording recording,
      PacketSink sink,
      SessionClock clock,
      SyntheticTalker talker,
      long fromSecond)
      throws IOException {
    await(recording.sourceAdded(talker.source(MediaKind.AUDIO)));
    for (SyntheticTalker.Packet packet : talker.audio(fromSecond, fromSecond + TALKED_SECONDS)) {
      long arrival = clock.startNanos() + packet.sentNanos();
      if (packet.rtcp()) {
        sink.rtcp(packet.bytes(), 0, packet.bytes().length, arrival);
      } else {
        sink.rtp(packet.bytes(), 0, packet.bytes().length, arrival);
      }
    }
    ActiveRecording running = (ActiveRecording) recording;
    await(
        running
            .lane()
            .run(
                running.context(),
                () -> {
                  running.journal().flush();
                  return running;
                }));
  }

  private static Future<Capture> connect(PacketSink sink, Promise<PacketSink> connected) {
    connected.tryComplete(sink);
    return Future.succeededFuture(new NoConnection());
  }

  private static Launch.Conferences nowhere() {
    return (conference, bridge) ->
        sink -> Future.failedFuture(new CaptureException("no such conference"));
  }

  private SuspendedRecording onlySuspended(RecordingService service) {
    List<SuspendedRecording> all = await(service.suspended());
    assertThat(all).hasSize(1);
    assertThat(all.getFirst().id()).isEqualTo(ID);
    assertThat(all.getFirst().sessionId()).isEqualTo("session-1");
    return all.getFirst();
  }

  private VerificationReport verified(RecordingService service) throws IOException {
    Path zip = directory.resolve("evidence.zip");
    await(service.writePackage(ID, List.of(), zip));
    return EvidenceVerifier.verify(zip);
  }

  private RecordingService service(Instant now) {
    return RecordingService.create(
        vertx, options("killed"), store("second"), seals("second"), InstantSource.fixed(now));
  }

  private EvidenceSeals seals(String name) {
    return TestSeals.in(store(name), directory.resolve("seals-" + name));
  }

  private ObjectStore store(String name) {
    return new DirectoryObjectStore(directory.resolve(name));
  }

  private RecordingOptions options(String spool) {
    RecordingOptions defaults = RecordingOptions.in(directory.resolve(spool));
    return new RecordingOptions(
        defaults.spool(),
        Duration.ofMillis(200),
        defaults.journalBufferBytes(),
        defaults.connectTimeout(),
        defaults.uploadTimeout(),
        defaults.workerDeadline(),
        defaults.workerMemoryMegabytes(),
        defaults.room());
  }

  private static <T> T await(Future<T> future) {
    return future.timeout(60, TimeUnit.SECONDS).await();
  }
}
