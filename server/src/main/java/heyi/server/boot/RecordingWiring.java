package heyi.server.boot;

import heyi.media.ConferenceId;
import heyi.media.colibri2.BridgeClient;
import heyi.media.endpoint.UdpPort;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.chunk.SpoolRoom;
import heyi.recording.session.Recording;
import heyi.recording.session.RecordingOptions;
import heyi.recording.session.RecordingRequest;
import heyi.recording.session.RecordingService;
import heyi.recording.session.SealedRecording;
import heyi.recording.session.SuspendedRecording;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.SealedStore;
import heyi.recording.store.StoreLock;
import heyi.recording.store.TwoTargetStore;
import heyi.server.casefile.SessionId;
import heyi.server.session.RecordingStarter;
import heyi.server.signing.SigningAuthority;
import heyi.server.sql.Blocking;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/** The object store and the recorder. */
record RecordingWiring(
    RecordingService service,
    SealedStore objects,
    SealWiring seals,
    StoreWiring stores,
    String place,
    String kept) {
  private static final long MEGABYTE = 1024L * 1024;

  /** Blocks. */
  static RecordingWiring open(
      Vertx vertx,
      HeyiConfig configuration,
      DataDirectory directory,
      SigningAuthority authority,
      InstantSource clock,
      SecureRandom random)
      throws IOException {
    HeyiConfig.Recording config = configuration.recording();
    AtomicReference<Consumer<TwoTargetStore.Diverted>> told = new AtomicReference<>(_ -> {});
    StoreWiring stores =
        StoreWiring.open(
            config, directory, clock, one -> Objects.requireNonNull(told.get()).accept(one));
    ObjectStore objects = EncryptionWiring.before(stores.both(), config, directory);
    requireLock(config, objects.lock());
    SealedStore door = new SealedStore(objects, clock);
    SealWiring seals = SealWiring.open(configuration, directory, door, authority, clock, random);
    Files.createDirectories(directory.spool());
    RecordingOptions defaults = RecordingOptions.in(directory.spool());
    RecordingOptions options =
        new RecordingOptions(
            defaults.spool(),
            defaults.chunkLength(),
            defaults.journalBufferBytes(),
            config.connectTimeout(),
            config.closeWaits(),
            defaults.workerDeadline(),
            defaults.workerMemoryMegabytes(),
            new SpoolRoom(
                config.spoolLimitMegabytes() * MEGABYTE, config.freeDiskMegabytes() * MEGABYTE));
    RecordingService service = RecordingService.create(vertx, options, door, seals.seals(), clock);
    told.set(one -> service.storedElsewhere(one.key(), one.reason()));
    return new RecordingWiring(
        service, door, seals, stores, place(config, directory), describe(objects.lock(), config));
  }

  private static void requireLock(HeyiConfig.Recording config, StoreLock lock) {
    boolean missing =
        switch (lock) {
          case NONE, UNUSED, DENIED -> true;
          case COMPLIANCE, UNKNOWN -> false;
        };
    if (missing && config.retention().objectLock() == RetentionSettings.LockUse.REQUIRED) {
      throw new StartException(
          "recording.retention.objectLock is required, and the store has none that can be used.",
          null);
    }
  }

  /** What keeps evidence from being removed, for the operator. */
  private static String describe(StoreLock lock, HeyiConfig.Recording config) {
    String keeper =
        switch (lock) {
          case COMPLIANCE -> "S3 Object Lock (compliance) and Heyi";
          case NONE -> "Heyi alone, the store has no Object Lock";
          case UNUSED -> "Heyi alone, Object Lock is off";
          case DENIED -> "Heyi alone, its key may not ask the bucket for Object Lock";
          case UNKNOWN -> "Heyi; the store has not said whether it has Object Lock";
        };
    return config.retention().period() + " by " + keeper;
  }

  /** Where sealed recordings are, for the operator. */
  private static String place(HeyiConfig.Recording config, DataDirectory directory) {
    return switch (config.store()) {
      case DIRECTORY -> directory.objects().toString();
      case S3 -> "S3 bucket " + config.s3Bucket() + " at " + config.s3Endpoint();
    };
  }

  /** Starts recordings, each with a media port of its own. */
  RecordingStarter starter(InetAddress address, Blocking blocking) {
    return new Starter(service, address, blocking);
  }

  private record Starter(RecordingService service, InetAddress address, Blocking blocking)
      implements RecordingStarter {
    @Override
    public Future<Recording> start(
        String name,
        SessionId session,
        RecordingClass recordingClass,
        ConferenceId conference,
        BridgeClient bridge) {
      return withPort(
          port ->
              service.start(
                  new RecordingRequest(
                      new RecordingId(name),
                      session.value(),
                      recordingClass,
                      conference,
                      bridge,
                      port)));
    }

    @Override
    public Future<Recording> resume(
        SuspendedRecording suspended, ConferenceId conference, BridgeClient bridge) {
      return withPort(
          port ->
              service.resume(
                  suspended,
                  new RecordingRequest(
                      suspended.id(),
                      suspended.sessionId(),
                      suspended.recordingClass(),
                      conference,
                      bridge,
                      port)));
    }

    @Override
    public Future<Optional<SuspendedRecording>> suspend(RecordingId failed) {
      return service.suspend(failed);
    }

    @Override
    public Future<SealedRecording> giveUp(RecordingId suspended) {
      return service.giveUp(suspended);
    }

    private Future<Recording> withPort(Function<UdpPort, Future<Recording>> start) {
      return blocking
          .call(() -> UdpPort.open(address, 0))
          .compose(port -> start.apply(port).onFailure(_ -> port.close()));
    }
  }
}
