package heyi.server.boot;

import heyi.media.endpoint.UdpPort;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.session.RecordingOptions;
import heyi.recording.session.RecordingRequest;
import heyi.recording.session.RecordingService;
import heyi.recording.session.SealedRecording;
import heyi.recording.store.DirectoryObjectStore;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.S3ObjectStore;
import heyi.recording.store.S3Options;
import heyi.server.casefile.SessionId;
import heyi.server.session.RecordingStarter;
import heyi.server.session.SessionRecords;
import heyi.server.sql.Blocking;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The object store and the recorder. */
record RecordingWiring(RecordingService service, ObjectStore objects, Path spool, String place) {
  private static final Logger log = LoggerFactory.getLogger(RecordingWiring.class);

  /** Blocks. */
  static RecordingWiring open(
      Vertx vertx, HeyiConfig.Recording config, DataDirectory directory, InstantSource clock)
      throws IOException {
    ObjectStore objects = EncryptionWiring.before(objects(config, directory), config, directory);
    Files.createDirectories(directory.spool());
    RecordingOptions defaults = RecordingOptions.in(directory.spool());
    RecordingOptions options =
        new RecordingOptions(
            defaults.spool(),
            defaults.chunkLength(),
            defaults.journalBufferBytes(),
            config.connectTimeout(),
            defaults.uploadTimeout(),
            defaults.workerDeadline(),
            defaults.workerMemoryMegabytes());
    return new RecordingWiring(
        RecordingService.create(vertx, options, objects, clock),
        objects,
        directory.spool(),
        place(config, directory));
  }

  /** Where sealed recordings are, for the operator. */
  private static String place(HeyiConfig.Recording config, DataDirectory directory) {
    return switch (config.store()) {
      case DIRECTORY -> directory.objects().toString();
      case S3 -> "S3 bucket " + config.s3Bucket() + " at " + config.s3Endpoint();
    };
  }

  private static ObjectStore objects(HeyiConfig.Recording config, DataDirectory directory)
      throws IOException {
    return switch (config.store()) {
      case DIRECTORY -> new DirectoryObjectStore(directory.objects());
      case S3 ->
          S3ObjectStore.open(
              new S3Options(
                  Objects.requireNonNull(config.s3Endpoint()),
                  config.s3Region(),
                  config.s3Bucket(),
                  config.s3AccessKey(),
                  config.s3SecretKey().reveal(),
                  config.connectTimeout()));
    };
  }

  /** Starts recordings, each with a media port of its own. */
  RecordingStarter starter(InetAddress address, Blocking blocking) {
    return (name, session, conference, bridge) ->
        blocking
            .call(() -> UdpPort.open(address, 0))
            .compose(
                port ->
                    service
                        .start(
                            new RecordingRequest(
                                new RecordingId(name),
                                session.value(),
                                RecordingClass.JOINT,
                                conference,
                                bridge,
                                port))
                        .onFailure(_ -> port.close()));
  }

  /** Seals what a killed server left, and attaches it to its case. */
  Future<Void> recover(SessionRecords records, Blocking blocking) {
    return blocking
        .call(records::closeAbandoned)
        .compose(
            abandoned ->
                service
                    .recoverUnfinished()
                    .compose(
                        recovered -> blocking.call(() -> attach(records, abandoned, recovered))));
  }

  private Void attach(
      SessionRecords records, List<SessionId> abandoned, List<SealedRecording> recovered)
      throws IOException {
    for (SealedRecording recording : recovered) {
      records.seal(new SessionId(recording.sessionId()), recording);
      log.info(
          "interrupted recording sealed session={} recording={}",
          recording.sessionId(),
          recording.id());
    }
    List<String> done = recovered.stream().map(SealedRecording::sessionId).toList();
    boolean nothingLeft = spoolIsEmpty();
    for (SessionId session : abandoned) {
      if (!done.contains(session.value()) && nothingLeft) {
        records.giveUp(session);
      }
    }
    return null;
  }

  private boolean spoolIsEmpty() throws IOException {
    try (Stream<Path> left = Files.list(spool)) {
      return left.findAny().isEmpty();
    }
  }
}
