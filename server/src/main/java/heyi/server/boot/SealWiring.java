package heyi.server.boot;

import heyi.recording.RecordingId;
import heyi.recording.log.LogException;
import heyi.recording.log.TransparencyLog;
import heyi.recording.log.Witness;
import heyi.recording.log.WitnessedLog;
import heyi.recording.seal.EvidenceKey;
import heyi.recording.seal.HttpTimeStamps;
import heyi.recording.seal.SealException;
import heyi.recording.seal.SignatureScheme;
import heyi.recording.seal.TimeStamp;
import heyi.recording.seal.TimeStampSource;
import heyi.recording.sealing.EvidenceSeals;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.StoreException;
import heyi.server.signing.SigningAuthority;
import heyi.server.sql.Blocking;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The evidence key, the time stamp authority, and the job that completes seals. */
record SealWiring(EvidenceSeals seals, String describe) {
  private static final Logger log = LoggerFactory.getLogger(SealWiring.class);

  /** Blocks. */
  static SealWiring open(
      HeyiConfig configuration,
      DataDirectory directory,
      ObjectStore objects,
      SigningAuthority authority,
      InstantSource clock,
      SecureRandom random) {
    HeyiConfig.Seal config = configuration.seal();
    EvidenceKey key = key(config, directory.seal().resolve("evidence-key.pem"), random);
    TimeStampSource stamps = stamps(config, authority, random);
    EvidenceSeals seals =
        new EvidenceSeals(
            objects,
            key,
            stamps,
            log(configuration.transparency(), directory.seal(), objects, random),
            directory.seal().resolve("pending"),
            clock,
            verifierPage());
    return new SealWiring(
        seals,
        key.publicKey().scheme().id()
            + " key "
            + key.publicKey().id()
            + ", time stamps "
            + stamps.describe());
  }

  /** Completes seals now and then every so often; one failure does not end it. */
  void keepCompleting(Vertx vertx, Blocking blocking, Duration interval, Shutdown shutdown) {
    WitnessOffers offers = new WitnessOffers(() -> seals.log().cosign(), blocking);
    seals.listen(_ -> offers.offer());
    complete(blocking, offers);
    blocking
        .call(seals::lost)
        .onSuccess(SealWiring::alarm)
        .onFailure(failure -> log.warn("the log was not compared with the store", failure));
    long timer = vertx.setPeriodic(interval.toMillis(), _ -> complete(blocking, offers));
    shutdown.add(
        "seals",
        () -> {
          vertx.cancelTimer(timer);
          return blocking.call(this::closeLog);
        });
  }

  private static void alarm(List<RecordingId> lost) {
    lost.forEach(
        recording ->
            log.error("recording={} is in the transparency log and not in the store", recording));
  }

  private Void closeLog() throws IOException {
    seals.log().close();
    return null;
  }

  private void complete(Blocking blocking, WitnessOffers offers) {
    blocking
        .call(seals::retry)
        .onSuccess(
            left -> {
              if (left > 0) {
                log.warn("{} recordings are sealed but not stamped yet", left);
              }
            })
        .onFailure(failure -> log.warn("seals not completed", failure))
        .onComplete(_ -> offers.offer());
  }

  /** Empty when the web client was not built into this server. */
  private static byte[] verifierPage() {
    try (InputStream in = SealWiring.class.getResourceAsStream("/web/verify.html")) {
      return in == null ? new byte[0] : in.readAllBytes();
    } catch (IOException e) {
      throw new StartException("The page that checks evidence cannot be read.", e);
    }
  }

  /** A store that is away now is no reason not to start; one that contradicts the disk is. */
  private static WitnessedLog log(
      HeyiConfig.Transparency config, Path folder, ObjectStore objects, SecureRandom random) {
    try {
      EvidenceKey key =
          EvidenceKey.open(folder.resolve("log-key.pem"), SignatureScheme.ED25519, random);
      WitnessedLog opened =
          new WitnessedLog(
              () -> TransparencyLog.open(objects, folder.resolve("log"), key, config.origin()),
              witnesses(config));
      try {
        opened.log();
      } catch (StoreException.Unreachable away) {
        log.warn("the transparency log waits for the object store: {}", away.getMessage());
      }
      return opened;
    } catch (LogException | SealException | StoreException e) {
      throw new StartException(
          "The transparency log in " + folder + " cannot be used: " + e.getMessage() + ".", e);
    }
  }

  private static List<Witness> witnesses(HeyiConfig.Transparency config) {
    return config.witnesses().stream()
        .map(witness -> new Witness(witness.prefix(), witness.key(), config.witnessTimeout()))
        .toList();
  }

  private static EvidenceKey key(HeyiConfig.Seal config, Path file, SecureRandom random) {
    try {
      String given = config.key().reveal();
      if (given.isBlank()) {
        return EvidenceKey.open(file, config.scheme(), random);
      }
      EvidenceKey key = EvidenceKey.ofPem(given);
      if (key.publicKey().scheme() != config.scheme()) {
        throw new StartException("seal.key is not a key of seal.scheme.", null);
      }
      return key;
    } catch (SealException e) {
      throw new StartException("The evidence key cannot be used: " + e.getMessage() + ".", e);
    }
  }

  private static TimeStampSource stamps(
      HeyiConfig.Seal config, SigningAuthority authority, SecureRandom random) {
    if (config.tsaUrl() == null) {
      return authority.evidenceStamps(random);
    }
    return new HttpTimeStamps(
        config.tsaUrl(), config.tsaTimeout(), certificates(config.tsaCertificates()), random);
  }

  private static List<X509Certificate> certificates(@Nullable Path file) {
    if (file == null) {
      return List.of();
    }
    try {
      return TimeStamp.certificates(Files.readString(file));
    } catch (IOException | SealException e) {
      throw new StartException("seal.tsaCertificates " + file + " cannot be read.", e);
    }
  }
}
