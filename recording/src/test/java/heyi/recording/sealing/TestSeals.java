package heyi.recording.sealing;

import heyi.recording.log.TransparencyLog;
import heyi.recording.log.WitnessedLog;
import heyi.recording.seal.EvidenceKey;
import heyi.recording.seal.SignatureScheme;
import heyi.recording.seal.TestAuthority;
import heyi.recording.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** Seals with fresh keys, for tests of something else. */
public final class TestSeals {
  private static final byte[] PAGE = "<!doctype html>".getBytes(StandardCharsets.UTF_8);

  private TestSeals() {}

  /** Keeps what is pending below the directory. */
  public static EvidenceSeals in(ObjectStore store, Path directory) {
    return new EvidenceSeals(
        store,
        EvidenceKey.fresh(SignatureScheme.ECDSA_P256, new SecureRandom()),
        TestAuthority.make("a test's time stamps").stamps(InstantSource.system()),
        log(store, directory),
        directory.resolve("pending-seals"),
        InstantSource.system(),
        PAGE);
  }

  /** A log of a test; always the same for a directory. */
  public static WitnessedLog log(ObjectStore store, Path directory) {
    try {
      EvidenceKey key =
          EvidenceKey.open(
              directory.resolve("log-key.pem"), SignatureScheme.ED25519, new SecureRandom());
      return new WitnessedLog(
          TransparencyLog.open(store, directory.resolve("log"), key, "test.example/log"),
          List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
