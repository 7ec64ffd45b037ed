package heyi.recording.verify;

import heyi.recording.ObjectKey;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.Sha256;
import heyi.recording.chunk.SealedChunk;
import heyi.recording.chunk.Spool;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.Ledger;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.media.SyntheticJournal;
import heyi.recording.media.SyntheticTalker;
import heyi.recording.packaging.Manifest;
import heyi.recording.packaging.PackageDocument;
import heyi.recording.packaging.PackageWriter;
import heyi.recording.packaging.RecordingEvents;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.packaging.ZipFileWriter;
import heyi.recording.sealing.EvidenceSeals;
import heyi.recording.store.DirectoryObjectStore;
import heyi.recording.store.ObjectContent;
import heyi.recording.store.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A small evidence package to change. */
public final class SamplePackage {
  private static final RecordingId ID = new RecordingId("rec-1");
  private static final Instant START = Instant.parse("2026-11-21T01:00:00Z");
  private static final byte[] AGREEMENT =
      "an agreement of both parties".getBytes(StandardCharsets.UTF_8);

  private SamplePackage() {}

  /** Where its recording is in the store. */
  public static ObjectKey root() {
    return StoreLayout.root(RecordingClass.JOINT, ID);
  }

  /** Puts a closed recording into a fresh store. */
  public static ObjectStore store(Path directory) throws IOException {
    ObjectStore store = new DirectoryObjectStore(directory.resolve("store"));
    seal(store, directory);
    return store;
  }

  /** Makes the recording, seals it, and packs it. */
  public static Path make(Path directory, Function<ObjectStore, EvidenceSeals> seals)
      throws IOException {
    ObjectStore store = store(directory);
    EvidenceSeals keeper = seals.apply(store);
    keeper.seal(root());
    keeper.accessed(root(), new LedgerEvent("replay-opened", CanonicalJson.object()));
    return pack(store, keeper, directory.resolve("package.zip"));
  }

  /** Packs the sealed recording. */
  public static Path pack(ObjectStore store, EvidenceSeals seals, Path zip) throws IOException {
    new PackageWriter(store, seals)
        .write(root(), List.of(new PackageDocument("agreement.pdf", AGREEMENT)), zip);
    return zip;
  }

  /** Its entries in their order. */
  public static Map<String, byte[]> entries(Path zip) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (InputStream file = Files.newInputStream(zip);
        ZipInputStream in = new ZipInputStream(file, StandardCharsets.UTF_8)) {
      ZipEntry entry = in.getNextEntry();
      while (entry != null) {
        entries.put(entry.getName(), in.readAllBytes());
        entry = in.getNextEntry();
      }
    }
    return entries;
  }

  /** Writes entries into a ZIP of the right form. */
  public static Path write(Map<String, byte[]> entries, Path zip) throws IOException {
    try (ZipFileWriter out = ZipFileWriter.create(zip)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        byte[] content = entry.getValue();
        out.add(entry.getKey(), content.length, new ByteArrayInputStream(content));
      }
      out.finish();
    }
    return zip;
  }

  /** What a forger without the key does last: the list of hashes is right again. */
  public static void listAgain(Map<String, byte[]> entries) {
    StringBuilder sums = new StringBuilder();
    entries.forEach(
        (name, bytes) -> {
          if (!name.startsWith("SHA256SUMS")) {
            sums.append(Sha256.of(bytes)).append("  ").append(name).append('\n');
          }
        });
    entries.put("SHA256SUMS", sums.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A sealed recording of five seconds; its one track is any bytes, for hashes are all it needs.
   */
  private static void seal(ObjectStore store, Path directory) throws IOException {
    Spool spool = Spool.of(directory.resolve("spool"), ID);
    spool.create();
    SyntheticTalker talker = new SyntheticTalker("party-1", 4_000_000_000L, 1, 1);
    List<SealedChunk> chunks =
        new SyntheticJournal()
            .talker(talker)
            .arrive(talker.audio(0, 5), packet -> 0)
            .write(spool, ID);
    byte[] track = new byte[3000];
    new SplittableRandom(5).nextBytes(track);
    try (Ledger ledger = Ledger.open(spool.ledger())) {
      append(
          ledger,
          RecordingEvents.STARTED,
          String.format(
              Locale.ROOT,
              """
          {"recordingId":"rec-1","sessionId":"s-1","class":"JOINT","startedAt":"%s"}
          """,
              START));
      for (SealedChunk chunk : chunks) {
        ledger.append(START, Duration.ofMillis(chunk.toMillis()), chunk.toEvent());
      }
      transcript(ledger);
      append(
          ledger,
          RecordingEvents.TRACK_MADE,
          String.format(
              Locale.ROOT,
              """
          {"trackId":"party-1-audio-1","seatId":"party-1","label":"party-1","kind":"audio",\
          "source":"party-1-1-a0","sizeBytes":3000,"sha256":"%s","contentType":"audio/webm",\
          "offsetMillis":0,"durationMillis":5000,"clock":"sender-reports","gaps":[]}
          """,
              Sha256.of(track)));
      append(
          ledger,
          RecordingEvents.SEALED,
          "{\"chunks\":3,\"tracks\":1,\"durationMillis\":5000,\"interrupted\":false}");
    }
    ObjectKey root = StoreLayout.root(RecordingClass.JOINT, ID);
    for (SealedChunk chunk : chunks) {
      store.put(
          StoreLayout.chunks(root).child(chunk.name()),
          ObjectContent.ofFile(spool.chunk(chunk.number()), "x/y"));
    }
    byte[] ledgerBytes = Files.readAllBytes(spool.ledger());
    store.put(
        StoreLayout.tracks(root).child("party-1-audio-1.webm"),
        ObjectContent.ofBytes(track, "audio/webm"));
    store.put(StoreLayout.ledger(root), ObjectContent.ofBytes(ledgerBytes, "x/y"));
    store.put(
        StoreLayout.manifest(root),
        ObjectContent.ofBytes(Manifest.ofLedger(ledgerBytes).write(), "x/y"));
  }

  /** Lines as a room writes them, one entry of each kind. */
  private static void transcript(Ledger ledger) throws IOException {
    append(
        ledger,
        "transcript-line",
        """
        {"number":1,"key":"k-1","spokenAt":"2026-11-21T01:00:01.250Z","speaker":"party-1",\
        "text":"欠款一万元。","source":"typed","at":"2026-11-21T01:00:02Z","seatId":"mediator"}
        """);
    append(
        ledger,
        "transcript-line",
        """
        {"number":2,"key":"k-2","spokenAt":"2026-11-21T01:00:02Z","text":"核对证据。",\
        "source":"typed","at":"2026-11-21T01:00:02Z","seatId":"mediator"}
        """);
    append(
        ledger,
        "transcript-objection",
        """
        {"number":3,"line":1,"text":"是两万元。","at":"2026-11-21T01:00:03Z","seatId":"party-1"}
        """);
    append(
        ledger,
        "transcript-correction",
        """
        {"number":4,"replaces":1,"speaker":"party-1","text":"欠款两万元。","reason":"笔误",\
        "objection":3,"at":"2026-11-21T01:00:03Z","seatId":"mediator"}
        """);
    append(
        ledger,
        "transcript-objection",
        """
        {"number":5,"line":4,"text":"还有利息。","at":"2026-11-21T01:00:03Z","seatId":"party-1"}
        """);
    append(
        ledger,
        "transcript-refusal",
        """
        {"number":6,"objection":5,"reason":"经回放无误","at":"2026-11-21T01:00:04Z",\
        "seatId":"mediator"}
        """);
    append(
        ledger,
        "transcript-strike",
        """
        {"number":7,"replaces":2,"reason":"误记","at":"2026-11-21T01:00:04Z","seatId":"mediator"}
        """);
    append(
        ledger,
        "transcript-reading",
        """
        {"number":8,"upTo":7,"at":"2026-11-21T01:00:04Z","seatId":"party-1"}
        """);
  }

  private static void append(Ledger ledger, String type, String payload) throws IOException {
    ledger.append(
        START,
        Duration.ZERO,
        new LedgerEvent(type, CanonicalJson.read(payload.getBytes(StandardCharsets.UTF_8))));
  }
}
