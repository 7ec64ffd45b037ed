package heyi.recording.verify;

import static org.assertj.core.api.Assertions.assertThat;

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
import heyi.recording.store.DirectoryObjectStore;
import heyi.recording.store.ObjectContent;
import heyi.recording.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Change anything in a package and the verifier names it. */
@Timeout(120)
final class EvidenceVerifierTest {
  private static final RecordingId ID = new RecordingId("rec-1");
  private static final Instant START = Instant.parse("2026-11-21T01:00:00Z");
  private static final int MUTATIONS = 400;
  private static final Map<String, byte[]> ENTRIES = new LinkedHashMap<>();

  @TempDir private Path directory;

  @BeforeAll
  static void makePackage(@TempDir Path directory) throws IOException {
    ObjectStore store = new DirectoryObjectStore(directory.resolve("store"));
    seal(store, directory);
    Path zip = directory.resolve("package.zip");
    byte[] agreement = "an agreement of both parties".getBytes(StandardCharsets.UTF_8);
    new PackageWriter(store)
        .write(
            StoreLayout.root(RecordingClass.JOINT, ID),
            List.of(new PackageDocument("agreement.pdf", agreement)),
            zip);
    ENTRIES.clear();
    ENTRIES.putAll(entries(zip));
  }

  @Test
  void anUntouchedPackageIsIntact() throws IOException {
    VerificationReport report = verify(ENTRIES);

    assertThat(report.findings()).isEmpty();
    assertThat(report.intact()).isTrue();
    assertThat(report.recordingId()).isEqualTo("rec-1");
    assertThat(report.objectsChecked()).isEqualTo(ENTRIES.size());
    assertThat(report.proven()).anyMatch(sentence -> sentence.contains("3 chunks"));
  }

  @Test
  void sha256sumAgrees() throws IOException {
    Map<String, byte[]> sums = new LinkedHashMap<>(ENTRIES);
    String text = new String(sums.remove("SHA256SUMS"), StandardCharsets.UTF_8);
    StringBuilder expected = new StringBuilder();
    sums.forEach(
        (name, bytes) -> expected.append(Sha256.of(bytes)).append("  ").append(name).append('\n'));

    assertThat(text).isEqualTo(expected.toString());
  }

  @Test
  void aChangedByteAnywhereNamesTheObject() throws IOException {
    SplittableRandom random = new SplittableRandom(2026);
    List<String> names = List.copyOf(ENTRIES.keySet());
    for (int i = 0; i < MUTATIONS; i++) {
      String name = names.get(i % names.size());
      Map<String, byte[]> changed = new LinkedHashMap<>(ENTRIES);
      byte[] bytes = changed.getOrDefault(name, new byte[0]).clone();
      int at = random.nextInt(bytes.length);
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      changed.put(name, bytes);

      assertThat(verify(changed).findings())
          .as("%s, byte %d", name, at)
          .extracting(Finding::object)
          .contains(name);
    }
  }

  @Test
  void aTruncatedOrGrownObjectIsNamed() throws IOException {
    for (String name : ENTRIES.keySet()) {
      byte[] bytes = ENTRIES.getOrDefault(name, new byte[0]);
      for (int length : new int[] {bytes.length - 1, bytes.length + 1}) {
        Map<String, byte[]> changed = new LinkedHashMap<>(ENTRIES);
        changed.put(name, Arrays.copyOf(bytes, length));

        assertThat(verify(changed).findings())
            .as("%s with %d bytes", name, length)
            .extracting(Finding::object)
            .contains(name);
      }
    }
  }

  @Test
  void aMissingObjectIsNamed() throws IOException {
    for (String name : ENTRIES.keySet()) {
      Map<String, byte[]> changed = new LinkedHashMap<>(ENTRIES);
      changed.remove(name);

      assertThat(verify(changed).findings())
          .as("without %s", name)
          .extracting(Finding::object)
          .contains(name);
    }
  }

  @Test
  void anAddedObjectIsNamed() throws IOException {
    for (String name : List.of("documents/forged.pdf", "tracks/more.webm", "notes.txt")) {
      Map<String, byte[]> changed = new LinkedHashMap<>(ENTRIES);
      changed.put(name, new byte[] {1, 2, 3});

      assertThat(verify(changed).findings()).extracting(Finding::object).contains(name);
    }
  }

  @Test
  void swappedObjectsAreFound() throws IOException {
    List<String> names = List.copyOf(ENTRIES.keySet());
    for (int i = 1; i < names.size(); i++) {
      List<String> order = new ArrayList<>(names);
      Collections.swap(order, i - 1, i);
      Map<String, byte[]> changed = new LinkedHashMap<>();
      order.forEach(name -> changed.put(name, ENTRIES.getOrDefault(name, new byte[0])));

      assertThat(verify(changed).findings())
          .as("%s before %s", names.get(i), names.get(i - 1))
          .extracting(Finding::kind)
          .contains(Finding.Kind.REORDERED);
    }
  }

  @Test
  void swappedContentsAreFound() throws IOException {
    Map<String, byte[]> changed = new LinkedHashMap<>(ENTRIES);
    String first = "recording/chunks/000000.journal";
    String second = "recording/chunks/000001.journal";
    changed.put(first, ENTRIES.getOrDefault(second, new byte[0]));
    changed.put(second, ENTRIES.getOrDefault(first, new byte[0]));

    assertThat(verify(changed).findings()).extracting(Finding::object).contains(first, second);
  }

  @Test
  void whatIsNoPackageGetsFindings() throws IOException {
    Path file = Files.write(directory.resolve("no.zip"), new byte[] {1, 2, 3});

    VerificationReport report = EvidenceVerifier.verify(file);

    assertThat(report.intact()).isFalse();
    assertThat(report.findings()).extracting(Finding::object).contains("package");
    assertThat(EvidenceVerifier.verify(directory.resolve("absent.zip")).intact()).isFalse();
  }

  private VerificationReport verify(Map<String, byte[]> entries) throws IOException {
    Path zip = directory.resolve("checked.zip");
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file, StandardCharsets.UTF_8)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    return EvidenceVerifier.verify(zip);
  }

  private static Map<String, byte[]> entries(Path zip) throws IOException {
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

  private static void append(Ledger ledger, String type, String payload) throws IOException {
    ledger.append(
        START,
        Duration.ZERO,
        new LedgerEvent(type, CanonicalJson.read(payload.getBytes(StandardCharsets.UTF_8))));
  }
}
