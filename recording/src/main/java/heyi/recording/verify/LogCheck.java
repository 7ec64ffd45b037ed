package heyi.recording.verify;

import heyi.recording.log.LogException;
import heyi.recording.log.LogProof;
import heyi.recording.log.NoteKey;
import heyi.recording.packaging.LogEntries;
import heyi.recording.packaging.Manifest;
import heyi.recording.packaging.PackageLayout;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks that the package proves its place in the transparency log. */
final class LogCheck {
  private final PackageContent content;
  private final Set<String> trusted;
  private final List<Finding> findings = new ArrayList<>();

  LogCheck(PackageContent content, VerificationTrust trust) {
    this.content = content;
    this.trusted = trust.noteKeys();
  }

  /**
   * Where a package stands in the log.
   *
   * @param log name of the log
   * @param index number of the entry
   * @param size of the log when the proof was made
   * @param witnesses who saw that log, and when
   */
  record Place(String log, long index, long size, Map<String, Instant> witnesses) {}

  /** Null when the package holds no proof, or none that holds. */
  @Nullable Place run(Manifest manifest) {
    if (!content.has(PackageLayout.LOG_PROOF)) {
      return null;
    }
    String reading = PackageLayout.LOG_KEYS;
    try {
      List<NoteKey> keys = text(reading).lines().map(NoteKey::ofVerifierKey).toList();
      if (keys.isEmpty() || keys.getFirst().kind() != NoteKey.Kind.LOG) {
        throw new LogException("names no log");
      }
      requireTrusted(keys.getFirst());
      reading = PackageLayout.LOG_PROOF;
      LogProof proof = LogProof.read(text(reading));
      byte[] entry = LogEntries.sealed(manifest, content.text(PackageLayout.MANIFEST));
      if (!Arrays.equals(entry, content.text(PackageLayout.LOG_ENTRY))) {
        reading = PackageLayout.LOG_ENTRY;
        throw new LogException("is not what follows from the manifest");
      }
      proof.check(entry, keys.getFirst());
      Map<String, Instant> witnesses = new TreeMap<>();
      for (NoteKey witness : keys.subList(1, keys.size())) {
        if (!accepted(witness)) {
          continue; // nobody whom the reader knows
        }
        proof.checkpoint().cosignedBy(witness).ifPresent(at -> witnesses.put(witness.name(), at));
      }
      return new Place(keys.getFirst().name(), proof.index(), proof.checkpoint().size(), witnesses);
    } catch (LogException e) {
      findings.add(new Finding(reading, Finding.Kind.ALTERED, String.valueOf(e.getMessage())));
      return null;
    }
  }

  /** Checks that the log holds this entry; for parts of the package that are entered there too. */
  void check(byte[] entry, String proofName) {
    try {
      List<NoteKey> keys =
          text(PackageLayout.LOG_KEYS).lines().map(NoteKey::ofVerifierKey).toList();
      if (keys.isEmpty()) {
        throw new LogException("there is no key of a log to check it with");
      }
      LogProof.read(text(proofName)).check(entry, keys.getFirst());
    } catch (LogException e) {
      findings.add(new Finding(proofName, Finding.Kind.ALTERED, String.valueOf(e.getMessage())));
    }
  }

  List<Finding> findings() {
    return findings;
  }

  private void requireTrusted(NoteKey key) {
    if (!accepted(key)) {
      findings.add(
          new Finding(
              PackageLayout.LOG_KEYS,
              Finding.Kind.CONTRADICTION,
              "names " + key.name() + ", which is none of the keys you gave"));
    }
  }

  private boolean accepted(NoteKey key) {
    return trusted.isEmpty() || trusted.contains(key.verifierKey());
  }

  private String text(String name) {
    return new String(content.text(name), StandardCharsets.UTF_8);
  }
}
