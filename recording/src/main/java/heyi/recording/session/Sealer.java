package heyi.recording.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.ObjectKey;
import heyi.recording.Track;
import heyi.recording.chunk.ChunkUploads;
import heyi.recording.chunk.SealedChunk;
import heyi.recording.chunk.Spool;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.Ledger;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.mux.MadeTrack;
import heyi.recording.mux.MuxProcess;
import heyi.recording.packaging.Manifest;
import heyi.recording.packaging.RecordingEvents;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.sealing.EvidenceSeals;
import heyi.recording.store.ObjectContent;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Turns a spool into sealed evidence, in steps that can each be done again after a kill.
 *
 * <p><b>Threads:</b> blocks; {@link #closeLedger} on the thread that owns the ledger.
 */
final class Sealer {
  private static final String LEDGER_TYPE = "application/jsonl";
  private static final String MANIFEST_TYPE = "application/json";

  /** While one waits for the disk others encrypt and hash. */
  private static final int TRACKS_AT_A_TIME = 4;

  private final ObjectStore store;
  private final MuxProcess worker;
  private final EvidenceSeals seals;

  Sealer(ObjectStore store, MuxProcess worker, EvidenceSeals seals) {
    this.store = store;
    this.worker = worker;
    this.seals = seals;
  }

  /** Playable tracks out of the closed chunks; may go on while these are stored. */
  List<MadeTrack> makeTracks(Spool spool, Consumer<SealingProgress> progress) {
    return worker.run(
        spool.chunks(),
        spool.tracks(),
        percent -> tell(progress, SealingProgress.Stage.MAKING_TRACKS, percent));
  }

  /** Every chunk is in the store afterwards; those that are there already are only looked at. */
  void storeChunks(Spool spool, RecordingFacts facts, List<SealedChunk> chunks) throws IOException {
    ObjectKey chunkDirectory = StoreLayout.chunks(facts.root());
    for (SealedChunk chunk : chunks) {
      ObjectContent content =
          ObjectContent.ofFile(
              spool.chunk(chunk.number()), chunk.sha256(), ChunkUploads.CONTENT_TYPE);
      store.put(chunkDirectory.child(chunk.name()), content);
    }
  }

  /**
   * Every track is in the store afterwards.
   *
   * @throws RuntimeException the first that a put failed with, the others with it: whoever tries
   *     again later has to know whether the store was away
   */
  void storeTracks(
      Spool spool, RecordingFacts facts, List<MadeTrack> made, Consumer<SealingProgress> progress)
      throws IOException {
    ObjectKey directory = StoreLayout.tracks(facts.root());
    AtomicInteger stored = new AtomicInteger();
    List<Future<?>> puts = new ArrayList<>();
    try (ExecutorService side = Executors.newFixedThreadPool(TRACKS_AT_A_TIME)) {
      for (MadeTrack track : made) {
        ObjectContent content =
            ObjectContent.ofFile(
                spool.tracks().resolve(track.fileName()), track.sha256(), track.contentType());
        puts.add(
            side.submit(
                () -> {
                  store.put(directory.child(track.fileName()), content);
                  int percent = 100 * stored.incrementAndGet() / made.size();
                  tell(progress, SealingProgress.Stage.UPLOADING_TRACKS, percent);
                }));
      }
    }
    List<Throwable> failures =
        puts.stream()
            .filter(put -> put.state() == Future.State.FAILED)
            .map(Future::exceptionNow)
            .toList();
    if (!failures.isEmpty()) {
      failures.stream().skip(1).forEach(failures.getFirst()::addSuppressed);
      throw failures.getFirst() instanceof RuntimeException told
          ? told
          : new RecordingException("could not store the tracks", failures.getFirst());
    }
  }

  /** The last entries, when chunks and tracks are stored; nothing may be appended after them. */
  static void closeLedger(Ledger ledger, List<MadeTrack> made, Instant at, Duration offset)
      throws IOException {
    List<LedgerEntry> entries = ledger.entries();
    if (sealed(entries)) {
      return;
    }
    List<ObjectNode> known = new ArrayList<>();
    long lastMillis = 0;
    long chunks = 0;
    boolean interrupted = false;
    for (LedgerEntry entry : entries) {
      interrupted |= entry.type().equals(RecordingEvents.INTERRUPTED);
      if (entry.type().equals(RecordingEvents.TRACK_MADE)) {
        known.add(entry.payload());
      }
      if (entry.type().equals(SealedChunk.EVENT_TYPE)) {
        chunks++;
        lastMillis = SealedChunk.ofJson(entry.payload()).toMillis();
      }
    }
    for (MadeTrack track : made) {
      ObjectNode json = track.toJson();
      if (known.stream().noneMatch(seen -> sameJson(seen, json))) {
        ledger.append(at, offset, new LedgerEvent(RecordingEvents.TRACK_MADE, json));
      }
    }
    for (LedgerEvent hole : SourceGaps.of(entries, made)) {
      boolean told =
          entries.stream()
              .anyMatch(e -> e.type().equals(hole.type()) && sameJson(e.payload(), hole.payload()));
      if (!told) {
        ledger.append(at, offset, hole);
      }
    }
    ObjectNode payload = CanonicalJson.object();
    payload.put("chunks", chunks);
    payload.put("tracks", made.size());
    payload.put("durationMillis", lastMillis);
    payload.put("interrupted", interrupted);
    ledger.append(at, offset, new LedgerEvent(RecordingEvents.SEALED, payload));
  }

  /** Ledger and manifest are stored and signed; the spool is not needed any more. */
  SealedRecording store(Spool spool, RecordingFacts facts, Consumer<SealingProgress> progress)
      throws IOException {
    byte[] ledger = Files.readAllBytes(spool.ledger());
    Manifest manifest = Manifest.ofLedger(ledger);
    ObjectKey root = facts.root();
    store.put(StoreLayout.ledger(root), ObjectContent.ofBytes(ledger, LEDGER_TYPE));
    StoredObject stored =
        store.put(
            StoreLayout.manifest(root), ObjectContent.ofBytes(manifest.write(), MANIFEST_TYPE));
    seals.seal(root);
    tell(progress, SealingProgress.Stage.CLOSING_LEDGER, 100);
    return sealedRecording(manifest, stored);
  }

  /** What the manifest describes. */
  static SealedRecording sealedRecording(Manifest manifest, StoredObject stored) {
    ObjectKey tracks =
        StoreLayout.tracks(StoreLayout.root(manifest.recordingClass(), manifest.id()));
    List<Track> playable = new ArrayList<>();
    for (MadeTrack made : manifest.tracks()) {
      playable.add(
          new Track(
              made.id(),
              made.seatId(),
              made.label(),
              made.kind(),
              made.source(),
              tracks.child(made.fileName()),
              made.contentType(),
              made.sizeBytes(),
              made.sha256(),
              Duration.ofMillis(made.offsetMillis()),
              Duration.ofMillis(made.durationMillis()),
              made.size(),
              made.speech()));
    }
    return new SealedRecording(
        manifest.id(),
        manifest.sessionId(),
        manifest.recordingClass(),
        manifest.ledger().rootHash(),
        manifest.start(),
        Duration.ofMillis(manifest.durationMillis()),
        playable,
        stored.key(),
        stored.sha256(),
        manifest.interrupted());
  }

  /** The chunks that a ledger names. */
  static List<SealedChunk> chunks(List<LedgerEntry> entries) {
    return entries.stream()
        .filter(entry -> entry.type().equals(SealedChunk.EVENT_TYPE))
        .map(entry -> SealedChunk.ofJson(entry.payload()))
        .toList();
  }

  /** Whether the last entry is there already. */
  static boolean sealed(List<LedgerEntry> entries) {
    return !entries.isEmpty() && entries.getLast().type().equals(RecordingEvents.SEALED);
  }

  /** Numbers read back may be of another Java type, so compare the one spelling. */
  private static boolean sameJson(ObjectNode a, ObjectNode b) {
    return Arrays.equals(CanonicalJson.write(a), CanonicalJson.write(b));
  }

  private static void tell(
      Consumer<SealingProgress> progress, SealingProgress.Stage stage, int percent) {
    progress.accept(new SealingProgress(stage, percent));
  }
}
