package heyi.recording.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.media.ConferenceId;
import heyi.media.MediaKind;
import heyi.recording.ObjectKey;
import heyi.recording.RecordedSource;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.SessionClock;
import heyi.recording.StreamHash;
import heyi.recording.capture.Capture;
import heyi.recording.capture.CaptureException;
import heyi.recording.capture.PacketSink;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.media.SyntheticTalker;
import heyi.recording.packaging.RecordingEvents;
import heyi.recording.sealing.TestSeals;
import heyi.recording.store.DirectoryObjectStore;
import heyi.recording.store.ForwardingStore;
import heyi.recording.store.ObjectContent;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.StoreException;
import heyi.recording.store.StoredObject;
import heyi.recording.verify.EvidenceVerifier;
import heyi.recording.verify.VerificationReport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recordings from start to seal, without a bridge: packets are handed in. */
@Timeout(120)
@DisplayName("R26: what was received is sealed, whatever happens")
final class RecordingServiceTest {
  private static final RecordingId ID = new RecordingId("rec-1");
  private static final Instant START = Instant.parse("2026-11-21T01:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(START.plusSeconds(60));

  private final Vertx vertx = Vertx.vertx();
  private final Promise<Void> secondChunkStored = Promise.promise();
  private final Promise<PacketSink> connected = Promise.promise();

  @TempDir private Path directory;

  @AfterEach
  void closeVertx() {
    await(vertx.close());
  }

  @Test
  void aKilledServersRecordingIsSealedAtTheNextStart() throws IOException {
    NotifyingStore store = new NotifyingStore();
    SessionClock clock = SessionClock.startingAt(START, System::nanoTime);
    RecordingService first = service("spool", store);
    Recording recording = await(first.start(facts(), clock, this::connect, nowhere(), () -> {}));
    SyntheticTalker talker = new SyntheticTalker("party-1", 4_000_000_000L, 1, 1);
    await(recording.sourceAdded(talker.source(MediaKind.AUDIO)));
    PacketSink sink = await(connected.future());
    for (SyntheticTalker.Packet packet : talker.audio(0, 2)) {
      long arrival = clock.startNanos() + packet.sentNanos();
      if (packet.rtcp()) {
        sink.rtcp(packet.bytes(), 0, packet.bytes().length, arrival);
      } else {
        sink.rtp(packet.bytes(), 0, packet.bytes().length, arrival);
      }
    }
    await(secondChunkStored.future());
    ActiveRecording running = (ActiveRecording) recording;
    await(
        running
            .lane()
            .run(
                running.context(),
                () -> KilledSpool.copy(directory.resolve("spool"), directory.resolve("killed"))));
    await(recording.close());

    ObjectStore kept = new DirectoryObjectStore(directory.resolve("kept"));
    List<SealedRecording> sealed = await(service("killed", kept).recoverUnfinished());

    assertThat(sealed).hasSize(1);
    assertThat(sealed.getFirst().interrupted()).isTrue();
    assertThat(sealed.getFirst().tracks()).hasSize(1);
    assertThat(sealed.getFirst().tracks().getFirst().duration())
        .isGreaterThan(Duration.ofSeconds(1));
    Path zip = directory.resolve("evidence.zip");
    await(service("killed", kept).writePackage(ID, List.of(), zip));
    VerificationReport report = EvidenceVerifier.verify(zip);
    assertThat(report.findings()).isEmpty();
    assertThat(report.disclosed())
        .anyMatch(sentence -> sentence.en().startsWith(RecordingEvents.INTERRUPTED));
    assertThat(directory.resolve("killed").resolve("rec-1")).doesNotExist();
    assertThat(await(service("killed", kept).recoverUnfinished())).isEmpty();
  }

  @Test
  void aRecordingWithoutMediaIsSealedToo() {
    RecordingService service = service("spool", new NotifyingStore());
    SessionClock clock = SessionClock.startingAt(START, System::nanoTime);
    Recording recording = await(service.start(facts(), clock, this::connect, nowhere(), () -> {}));
    LedgerEvent joined = new LedgerEvent("seat-joined", CanonicalJson.object());
    assertThat(await(recording.event(joined)).sequence()).isPositive();

    SealedRecording sealed = await(recording.close());

    assertThat(sealed.tracks()).isEmpty();
    assertThat(await(recording.close())).isSameAs(sealed);
    assertThat(await(service.sealed(ID))).isEqualTo(sealed);
    assertThatThrownBy(() -> await(recording.event(joined))).isInstanceOf(RecordingException.class);
  }

  @Test
  void aStartThatFailsLeavesNothing() {
    RecordingService service = service("spool", new NotifyingStore());
    SessionClock clock = SessionClock.startingAt(START, System::nanoTime);
    Promise<Void> ended = Promise.promise();
    Capture.Connector declined = sink -> Future.failedFuture(new CaptureException("full"));

    Future<Recording> started = service.start(facts(), clock, declined, nowhere(), ended::complete);

    assertThatThrownBy(() -> await(started))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("full");
    await(ended.future());
    assertThat(directory.resolve("spool").resolve("rec-1")).doesNotExist();
  }

  @Test
  void whatIsNotSeenBecauseAStoreIsAwayIsToldOnce() {
    NotifyingStore store = new NotifyingStore();
    RecordingService service = service("spool", store);
    SessionClock clock = SessionClock.startingAt(START, System::nanoTime);
    Recording recording = await(service.start(facts(), clock, this::connect, nowhere(), () -> {}));
    await(recording.close());
    ObjectStore away =
        new ForwardingStore(store) {
          @Override
          public StreamHash digest(ObjectKey key) {
            throw new StoreException.Unreachable("no answer", new IOException("refused"));
          }
        };

    StoreReport report = new StoreCheck(away, RecordingClass.JOINT, ID).run();

    assertThat(report.differences())
        .singleElement()
        .satisfies(
            difference -> assertThat(difference.message()).contains("were not seen", "no answer"));
  }

  @Test
  void whatIsPublishedWhileTheRoomLetsNothingThroughNeedsNoTrack() throws IOException {
    AtomicLong nanos = new AtomicLong();
    RecordingService service = service("spool", new NotifyingStore());
    SessionClock clock = SessionClock.startingAt(START, nanos::get);
    Recording recording = await(service.start(facts(), clock, this::connect, nowhere(), () -> {}));
    RecordedSource before = published(recording, new SyntheticTalker("party-1", 1_000, 1, 1));
    await(recording.event(new LedgerEvent("held-back", CanonicalJson.object().put("held", true))));
    published(recording, new SyntheticTalker("party-2", 1_000, 1, 1).withOtherSsrcs());
    nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    await(recording.close());

    assertThat(await(service.check(ID)).differences())
        .extracting(StoreReport.Difference::object)
        .containsExactly(before.source().name().value());
  }

  /** Publishes a microphone of which nothing will come, which is no alarm. */
  private static RecordedSource published(Recording recording, SyntheticTalker talker) {
    RecordedSource source = talker.source(MediaKind.AUDIO);
    await(recording.sourceAdded(source));
    await(recording.sourceMuted(source.source().name(), true));
    return source;
  }

  private Future<Capture> connect(PacketSink sink) {
    connected.tryComplete(sink);
    return Future.succeededFuture(new NoConnection());
  }

  private static Launch.Conferences nowhere() {
    return (conference, bridge) ->
        sink -> Future.failedFuture(new CaptureException("no such conference"));
  }

  private RecordingService service(String spool, ObjectStore store) {
    RecordingOptions defaults = RecordingOptions.in(directory.resolve(spool));
    RecordingOptions quick =
        new RecordingOptions(
            defaults.spool(),
            Duration.ofMillis(200),
            defaults.journalBufferBytes(),
            defaults.connectTimeout(),
            defaults.uploadTimeout(),
            defaults.workerDeadline(),
            defaults.workerMemoryMegabytes(),
            defaults.room());
    return RecordingService.create(vertx, quick, store, TestSeals.in(store, directory), CLOCK);
  }

  private static RecordingFacts facts() {
    return new RecordingFacts(
        ID, "session-1", RecordingClass.JOINT, new ConferenceId("room-1"), START);
  }

  private static <T> T await(Future<T> future) {
    return future.timeout(60, TimeUnit.SECONDS).await();
  }

  /** A directory that tells when the second chunk came. */
  private final class NotifyingStore extends ForwardingStore {
    NotifyingStore() {
      super(new DirectoryObjectStore(directory.resolve("store")));
    }

    @Override
    public StoredObject put(ObjectKey key, ObjectContent content) {
      StoredObject stored = super.put(key, content);
      if (key.name().equals("000001.journal")) {
        secondChunkStored.tryComplete();
      }
      return stored;
    }
  }
}
