package heyi.server.boot;

import heyi.media.SteadyClock;
import heyi.recording.store.DirectoryObjectStore;
import heyi.recording.store.LateObjectStore;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.ReadBackStore;
import heyi.recording.store.S3ObjectStore;
import heyi.recording.store.S3Options;
import heyi.recording.store.TwoTargetStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where evidence is kept, before it is encrypted.
 *
 * @param first the store of the settings, away perhaps
 * @param second where evidence goes while the first stays away; null when there is none
 * @param both what recordings use: each object is read back, the second stands in
 */
record StoreWiring(ObjectStore first, @Nullable ObjectStore second, ObjectStore both) {
  private static final Logger log = LoggerFactory.getLogger(StoreWiring.class);

  /** Blocks, at most for the time that a connection may take. */
  static StoreWiring open(
      HeyiConfig.Recording config,
      DataDirectory directory,
      InstantSource clock,
      Consumer<TwoTargetStore.Diverted> onDiverted) {
    ObjectStore first =
        switch (config.store()) {
          case DIRECTORY -> new DirectoryObjectStore(directory.objects());
          case S3 ->
              s3(
                  new S3Options(
                      Objects.requireNonNull(config.s3Endpoint()),
                      config.s3Region(),
                      config.s3Bucket(),
                      config.s3AccessKey(),
                      config.s3SecretKey().reveal(),
                      config.connectTimeout()),
                  config,
                  clock);
        };
    ObjectStore second = second(config, clock);
    ObjectStore checked = new ReadBackStore(first);
    return new StoreWiring(
        first,
        second,
        second == null
            ? checked
            : new TwoTargetStore(
                checked,
                new ReadBackStore(second),
                config.secondAfter(),
                SteadyClock.from(clock),
                onDiverted));
  }

  private static @Nullable ObjectStore second(HeyiConfig.Recording config, InstantSource clock) {
    Path folder = config.secondDirectory();
    if (folder != null) {
      return new DirectoryObjectStore(folder);
    }
    SecondS3 other = config.secondS3();
    return other == null ? null : s3(other.options(config.connectTimeout()), config, clock);
  }

  /** A store that does not answer yet is waited for; one that refuses is a mistake. */
  private static ObjectStore s3(
      S3Options options, HeyiConfig.Recording config, InstantSource clock) {
    return LateObjectStore.open(
        S3ObjectStore.opening(options, config.retention().locking(clock)),
        away ->
            log.error(
                "the object store at {} is away, recordings wait in the spool: {}",
                options.endpoint(),
                away.getMessage()));
  }
}
