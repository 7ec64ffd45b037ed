package heyi.server.export;

import heyi.recording.ObjectKey;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.Sha256;
import heyi.recording.composite.CompositeException;
import heyi.recording.composite.CompositeFile;
import heyi.recording.composite.CompositePlan;
import heyi.recording.composite.CompositeProcess;
import heyi.recording.composite.CompositeProgress;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.ledger.LedgerReader;
import heyi.recording.mux.MadeTrack;
import heyi.recording.packaging.Manifest;
import heyi.recording.packaging.RecordingEvents;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.store.ObjectContent;
import heyi.recording.store.ObjectStore;
import heyi.server.casefile.CaseFile;
import heyi.server.casefile.CaseStore;
import heyi.server.document.DocumentFont;
import heyi.server.replay.RecordingStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Makes one film: fetches the tracks and checks their hashes against the manifest, has the worker
 * process make the file, stores it under a key of its own.
 *
 * <p><b>Threads:</b> blocks; interrupt to cancel. What was made stays in the film's folder until
 * {@link #forget}, so that a later try goes on from there.
 */
final class FilmMaker {
  /** Below the root of the recording, so that a film is encrypted as the tracks are. */
  private static final String FILMS = "films";

  private final CaseStore cases;
  private final RecordingStore recordings;
  private final ObjectStore objects;
  private final Path folder;
  private final ExportOptions options;
  private final CompositeProcess process;

  /** Works in the folder, a folder of its own for each film. */
  FilmMaker(
      ExportQueue.Sources sources, Path folder, ExportOptions options, LongSupplier nanoClock) {
    this.cases = sources.cases();
    this.recordings = sources.recordings();
    this.objects = sources.objects();
    this.folder = folder;
    this.options = options;
    this.process = new CompositeProcess(options.process(), nanoClock);
  }

  /**
   * Makes and stores the film.
   *
   * @throws CompositeException when it cannot be made
   * @throws InterruptedException when the thread was interrupted
   */
  Export.File make(Export export, Consumer<CompositeProgress> progress)
      throws IOException, InterruptedException {
    RecordingStore.Sealed sealed = recordings.sealed(export.session());
    CaseFile caseFile = cases.findBySession(export.session());
    if (sealed == null || caseFile == null) {
      throw new CompositeException("the session has no sealed recording");
    }
    // Only the joint recording has films: a caucus stays closed whoever asks.
    ObjectKey root = StoreLayout.root(RecordingClass.JOINT, new RecordingId(sealed.recordingId()));
    Manifest manifest = Manifest.read(bytes(StoreLayout.manifest(root)));
    Path work = folder.resolve(export.id());
    Path tracks = Files.createDirectories(work.resolve("tracks"));
    for (MadeTrack track : manifest.tracks()) {
      fetch(StoreLayout.tracks(root).child(track.fileName()), track, tracks);
    }
    List<LedgerEntry> entries = LedgerReader.read(bytes(StoreLayout.ledger(root))).entries();
    CompositePlan plan = plan(export, caseFile, manifest, entries, work);
    CompositeFile film = process.run(plan, work, progress);
    ObjectKey key = root.child(FILMS).child(export.id() + ".mp4");
    objects.put(key, ObjectContent.ofFile(film.file(), film.sha256(), CompositeFile.CONTENT_TYPE));
    return new Export.File(
        key.value(), film.sizeBytes(), film.sha256().hex(), film.duration().toMillis());
  }

  private byte[] bytes(ObjectKey key) throws IOException {
    try (InputStream in = objects.read(key)) {
      return in.readAllBytes();
    }
  }

  /** A film of other tracks than the sealed ones would be a lie. */
  private void fetch(ObjectKey key, MadeTrack track, Path tracks) throws IOException {
    Path file = tracks.resolve(track.fileName());
    if (!Files.exists(file) || !Sha256.ofFile(file).equals(track.sha256())) {
      try (InputStream in = objects.read(key)) {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      }
      if (!Sha256.ofFile(file).equals(track.sha256())) {
        throw new CompositeException("the track is not what was sealed: " + track.fileName());
      }
    }
  }

  /** When the recorder was in no conference, as the ledger discloses. */
  private static List<CompositePlan.Span> gaps(List<LedgerEntry> entries) {
    return entries.stream()
        .filter(entry -> entry.type().equals(RecordingEvents.GAP))
        .filter(entry -> !entry.payload().has("source"))
        .map(FilmMaker::span)
        .toList();
  }

  /** Why there is no picture of a seat, as the ledger tells. */
  private static List<CompositePlan.Told> told(List<LedgerEntry> entries, String seat) {
    return entries.stream()
        .filter(entry -> entry.type().equals(RecordingEvents.SOURCE_GAP))
        .filter(entry -> entry.payload().path("seatId").asText().equals(seat))
        .filter(entry -> entry.payload().path("kind").asText().equals("video"))
        .map(entry -> new CompositePlan.Told(span(entry), entry.payload().path("cause").asText()))
        .toList();
  }

  private static CompositePlan.Span span(LedgerEntry entry) {
    return new CompositePlan.Span(
        entry.payload().path("fromMillis").asLong(), entry.payload().path("toMillis").asLong());
  }

  private CompositePlan plan(
      Export export, CaseFile caseFile, Manifest manifest, List<LedgerEntry> entries, Path work)
      throws IOException {
    return new CompositePlan(
        options.size(),
        options.framesPerSecond(),
        options.videoBitsPerSecond(),
        options.segmentSeconds(),
        export.layout(),
        "案号 " + caseFile.number(),
        export.watermark(),
        font(work),
        options.zone(),
        manifest.start(),
        export.fromMs(),
        Math.min(export.toMs(), manifest.durationMillis()),
        people(caseFile, manifest, entries, work.resolve("tracks")),
        gaps(entries),
        "Heyi film " + export.id() + " of the recording with root " + manifest.ledger().rootHash());
  }

  private static Path font(Path work) throws IOException {
    Path font = work.toAbsolutePath().resolve("tracks").resolve("font.ttf");
    if (!Files.exists(font)) {
      try (InputStream in = DocumentFont.open()) {
        Files.copy(in, font);
      }
    }
    return font;
  }

  /** The mediator first, then the parties in their order. */
  private static List<CompositePlan.Person> people(
      CaseFile caseFile, Manifest manifest, List<LedgerEntry> entries, Path tracks) {
    Map<String, List<CompositePlan.Media>> bySeat =
        new TreeMap<>(
            Comparator.comparing((String seat) -> caseFile.bySeat(seat) != null)
                .thenComparing(String::length)
                .thenComparing(Comparator.naturalOrder()));
    for (MadeTrack track : manifest.tracks()) {
      bySeat
          .computeIfAbsent(track.seatId(), _ -> new ArrayList<>())
          .add(
              new CompositePlan.Media(
                  track.kind(),
                  tracks.resolve(track.fileName()).toAbsolutePath(),
                  track.offsetMillis(),
                  track.durationMillis(),
                  track.gaps().stream()
                      .map(gap -> new CompositePlan.Span(gap.fromMillis(), gap.toMillis()))
                      .toList()));
    }
    return bySeat.entrySet().stream()
        .map(
            seat ->
                new CompositePlan.Person(
                    caseFile.nameOfSeat(seat.getKey()),
                    seat.getValue(),
                    told(entries, seat.getKey())))
        .toList();
  }

  /** The film is this machine's from now on, until it is forgotten. */
  void claim(String exportId) throws IOException {
    Files.createDirectories(folder.resolve(exportId));
  }

  /** Whether the film was claimed on this machine. */
  boolean knows(String exportId) {
    return Files.isDirectory(folder.resolve(exportId));
  }

  /** Ids of all films that were claimed on this machine. */
  List<String> known() throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> folders = Files.list(folder)) {
      return folders.map(path -> path.getFileName().toString()).toList();
    }
  }

  /** Removes what was made; the stored film stays. */
  void forget(String exportId) throws IOException {
    Path work = folder.resolve(exportId);
    if (!Files.exists(work)) {
      return;
    }
    try (Stream<Path> all = Files.walk(work)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
