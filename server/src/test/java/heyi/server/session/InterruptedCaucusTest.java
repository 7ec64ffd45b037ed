package heyi.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.ObjectKey;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.chunk.Spool;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.Ledger;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.log.TransparencyLog;
import heyi.recording.log.WitnessedLog;
import heyi.recording.packaging.RecordingEvents;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.seal.EvidenceKey;
import heyi.recording.seal.SignatureScheme;
import heyi.recording.sealing.EvidenceSeals;
import heyi.recording.session.RecordingOptions;
import heyi.recording.session.RecordingService;
import heyi.recording.session.SealedRecording;
import heyi.recording.store.DirectoryObjectStore;
import heyi.recording.store.ObjectStore;
import heyi.server.casefile.SessionCommand;
import heyi.server.casefile.SessionId;
import heyi.server.casefile.SessionState;
import heyi.server.replay.RecordingStore;
import heyi.server.signing.SigningAuthority;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Spools as a killed server, or a store that was away, left them. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("民事调解规定 art. 5, R26: what is left of a caucus is sealed, and is never the session's")
class InterruptedCaucusTest {
  private static final Instant START = Instant.parse("2026-11-21T01:00:00Z");

  private ConductedRooms rooms;
  private Path folder;
  private Path spool;
  private ObjectStore store;
  private RecordingService recordings;

  @BeforeAll
  void start(@TempDir Path shared) throws Exception {
    rooms = new ConductedRooms(shared);
  }

  @AfterAll
  void stop() {
    rooms.close();
  }

  @BeforeEach
  void emptyStore(@TempDir Path own) throws Exception {
    folder = own;
    spool = own.resolve("spool");
    store = new DirectoryObjectStore(own.resolve("store"));
    recordings =
        RecordingService.create(
            rooms.vertx, RecordingOptions.in(spool), store, seals(), InstantSource.system());
  }

  @Test
  void theJointRecordingWaitsForItsPeopleAndTheCaucusIsSealedAsInterrupted() throws Exception {
    SessionId session = begun();
    RecordingId joint = left(session, "-1", RecordingClass.JOINT, START);
    RecordingId caucus = left(session, "-caucus-1", RecordingClass.SEALED, START.plusSeconds(60));
    InterruptedSessions interrupted = interrupted();

    interrupted.look().await();
    interrupted.sealOthers().await();

    PastSession past = interrupted.take(session);
    assertThat(past).isNotNull();
    assertThat(past.recording()).isNotNull();
    assertThat(past.recording().id()).isEqualTo(joint);
    assertThat(recordings.sealed(caucus).await().interrupted()).isTrue();
    assertThat(recordings.sealed(caucus).await().recordingClass()).isEqualTo(RecordingClass.SEALED);
    assertThat(inSpool()).containsExactly(joint.value());
    assertThat(stateOf(session)).isEqualTo(SessionState.LIVE);
    assertThat(rooms.recordings.sealed(session)).isNull();
  }

  @Test
  void aClosedSessionOfWhichOnlyACaucusIsLeftIsNotSealedWithThat() throws Exception {
    SessionId session = begun();
    rooms.records.close(session);
    RecordingId caucus =
        left(session, "-caucus-1", RecordingClass.SEALED, START, RecordingEvents.SEALED);
    InterruptedSessions interrupted = interrupted();

    interrupted.look().await();
    interrupted.sealOthers().await();

    assertThat(isSealed(caucus)).isTrue();
    assertThat(stateOf(session)).isEqualTo(SessionState.FAILED);
    assertThat(rooms.recordings.sealed(session)).isNull();
  }

  @Test
  void aCaucusThatIsOverIsSealedLateThoughItsSessionIsSealedAndOneThatGoesOnIsLeftAlone()
      throws Exception {
    SessionId first = begun();
    SessionId later = begun();
    while (later.value().compareTo(first.value()) < 0) {
      later = begun();
    }
    rooms.records.close(later);
    RecordingId over =
        left(first, "-caucus-1", RecordingClass.SEALED, START, RecordingEvents.SEALED);
    RecordingId goesOn = left(first, "-caucus-2", RecordingClass.SEALED, START);
    RecordingId joint = left(later, "-1", RecordingClass.JOINT, START, RecordingEvents.SEALED);
    Promise<SealedRecording> told = Promise.promise();

    Runnable stop = interrupted().keepSealing(Duration.ofMillis(50), told::tryComplete);
    SealedRecording sealed = told.future().await();
    stop.run();

    assertThat(sealed.id()).isEqualTo(joint);
    assertThat(isSealed(over)).isTrue();
    assertThat(inSpool()).containsExactly(goesOn.value());
    assertThat(stateOf(first)).isEqualTo(SessionState.LIVE);
    RecordingStore.Sealed kept = rooms.recordings.sealed(later);
    assertThat(kept).isNotNull();
    assertThat(kept.recordingId()).isEqualTo(joint.value());
  }

  @Test
  void nobodyCanAttachACaucusToItsSession() throws Exception {
    SessionId session = begun();
    RecordingId caucus =
        left(session, "-caucus-1", RecordingClass.SEALED, START, RecordingEvents.SEALED);
    SealedRecording sealed = recordings.giveUp(caucus).await();

    assertThatThrownBy(() -> rooms.records.seal(session, sealed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SEALED");
    assertThat(rooms.recordings.sealed(session)).isNull();
  }

  private InterruptedSessions interrupted() {
    return new InterruptedSessions(
        rooms.vertx, recordings, rooms.records, rooms.blocking, Duration.ofMinutes(10));
  }

  private SessionId begun() {
    SessionId session = rooms.newSession();
    rooms.records.apply(session, new SessionCommand.Begin());
    return session;
  }

  private SessionState stateOf(SessionId session) {
    return Stream.of(SessionState.values())
        .filter(state -> rooms.sessions().inState(state).contains(session))
        .findFirst()
        .orElseThrow();
  }

  private boolean isSealed(RecordingId caucus) {
    ObjectKey root = StoreLayout.root(RecordingClass.SEALED, caucus);
    return store.stat(StoreLayout.manifest(root)).isPresent();
  }

  private List<String> inSpool() throws IOException {
    try (Stream<Path> left = Files.list(spool)) {
      return left.map(path -> String.valueOf(path.getFileName())).toList();
    }
  }

  /** Leaves a recording in the spool in which nobody said anything. */
  private RecordingId left(
      SessionId session, String suffix, RecordingClass recordingClass, Instant start, String... end)
      throws IOException {
    RecordingId id = new RecordingId(session.value() + suffix);
    ObjectNode facts = CanonicalJson.object();
    facts.put("recordingId", id.value());
    facts.put("sessionId", session.value());
    facts.put("class", recordingClass.name());
    facts.put("conference", id.value());
    facts.put("startedAt", start.toString());
    Spool left = Spool.of(spool, id);
    left.create();
    left.writeAtomically(left.facts(), CanonicalJson.write(facts));
    try (Ledger ledger = Ledger.open(left.ledger())) {
      ledger.append(start, Duration.ZERO, new LedgerEvent(RecordingEvents.STARTED, facts));
      for (String type : end) {
        ObjectNode payload = CanonicalJson.object();
        payload.put("chunks", 0).put("tracks", 0).put("durationMillis", 0);
        payload.put("interrupted", false);
        ledger.append(start, Duration.ZERO, new LedgerEvent(type, payload));
      }
    }
    return id;
  }

  private EvidenceSeals seals() throws IOException {
    SecureRandom random = new SecureRandom();
    return new EvidenceSeals(
        store,
        EvidenceKey.fresh(SignatureScheme.ECDSA_P256, random),
        SigningAuthority.open(folder.resolve("keys.p12"), InstantSource.system(), random)
            .evidenceStamps(random),
        new WitnessedLog(
            TransparencyLog.open(
                store,
                folder.resolve("log"),
                EvidenceKey.fresh(SignatureScheme.ED25519, random),
                "test.example/log"),
            List.of()),
        folder.resolve("pending"),
        InstantSource.system(),
        new byte[0]);
  }
}
