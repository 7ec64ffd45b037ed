package heyi.server.replay;

import heyi.recording.RecordingId;
import heyi.recording.packaging.PackageDocument;
import heyi.recording.session.RecordingService;
import heyi.recording.verify.EvidenceVerifier;
import heyi.recording.verify.VerificationReport;
import heyi.server.casefile.SessionId;
import heyi.server.sql.Blocking;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evidence packages as files: written and verified when they are downloaded.
 *
 * <p>A package can always be made again from the object store, so this folder may be emptied. It is
 * made again when it would say more: stamped since, cosigned since, looked at since, if only by who
 * downloads it now. Two downloads at once wait for one writing.
 */
public final class PackageFiles {
  private static final Logger log = LoggerFactory.getLogger(PackageFiles.class);

  private final RecordingService recordings;
  private final SealRecords seals;
  private final RecordingStore index;
  private final InstantSource clock;
  private final SessionDocuments documents;
  private final Blocking blocking;
  private final Path folder;
  private final Map<String, Future<Path>> writing = new ConcurrentHashMap<>();

  /** Documents of a session that belong into its package. */
  @FunctionalInterface
  public interface SessionDocuments {
    /** Blocks. */
    List<PackageDocument> of(SessionId session);
  }

  /** Keeps the files in the folder. */
  public PackageFiles(
      RecordingService recordings,
      SealRecords seals,
      RecordingStore index,
      InstantSource clock,
      SessionDocuments documents,
      Blocking blocking,
      Path folder) {
    this.recordings = recordings;
    this.seals = seals;
    this.index = index;
    this.clock = clock;
    this.documents = documents;
    this.blocking = blocking;
    this.folder = folder;
  }

  /** The package of a sealed recording. */
  public Future<Path> of(SessionId session, String recordingId) {
    return writing
        .computeIfAbsent(recordingId, id -> write(session, id))
        .onComplete(_ -> writing.remove(recordingId));
  }

  private Future<Path> write(SessionId session, String recordingId) {
    return blocking
        .call(() -> folder.resolve(recordingId + "." + seals.version(recordingId) + ".zip"))
        .compose(
            file ->
                blocking
                    .call(() -> prepare(session, recordingId, file))
                    .compose(
                        contents ->
                            Files.exists(file)
                                ? Future.succeededFuture(file)
                                : recordings
                                    .writePackage(new RecordingId(recordingId), contents, file)
                                    .compose(_ -> blocking.call(() -> verify(session, file)))));
  }

  /** Removes the packages of a recording. Blocks. */
  public void discard(String recordingId) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, recordingId + ".*")) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Nobody is given evidence of which it is not known whether it holds. */
  private Path verify(SessionId session, Path file) {
    VerificationReport report = EvidenceVerifier.verify(file);
    int findings = report.findings().size();
    index.keep(session, new Verification(clock.instant(), report.rootHash(), findings));
    if (findings == 0) {
      log.info("evidence verified session={} rootHash={}", session.value(), report.rootHash());
    } else {
      log.error("evidence is damaged session={} findings={}", session.value(), report.findings());
    }
    return file;
  }

  /** Packages that say less are made away with. */
  private List<PackageDocument> prepare(SessionId session, String recordingId, Path file)
      throws IOException {
    Files.createDirectories(folder);
    if (Files.exists(file)) {
      return List.of();
    }
    try (DirectoryStream<Path> older = Files.newDirectoryStream(folder, recordingId + ".*zip")) {
      for (Path old : older) {
        Files.deleteIfExists(old);
      }
    }
    return documents.of(session);
  }
}
