package heyi.recording.sealing;

import heyi.recording.ObjectKey;
import heyi.recording.RecordingId;
import heyi.recording.Sha256;
import heyi.recording.encryption.UndecryptableException;
import heyi.recording.log.TransparencyLog;
import heyi.recording.packaging.LogEntries;
import heyi.recording.packaging.StoreLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares the log with what it is about. */
final class LogAudit {
  /** Entries that are looked at together: one bundle. */
  private static final int BATCH = 256;

  private final SealedObjects objects;
  private final TransparencyLog log;

  LogAudit(SealedObjects objects, TransparencyLog log) {
    this.objects = objects;
    this.log = log;
  }

  /** Recordings that are not in the store as the log says. */
  List<RecordingId> lost() {
    List<RecordingId> lost = new ArrayList<>();
    long size = log.checkpoint().size();
    for (long from = 0; from < size; from += BATCH) {
      for (byte[] entry : log.entries(from, Math.min(size, from + BATCH))) {
        LogEntries.sealedIn(entry)
            .filter(named -> !holds(named))
            .ifPresent(named -> lost.add(named.recording()));
      }
    }
    return lost;
  }

  private boolean holds(LogEntries.Sealed named) {
    try {
      Optional<ObjectKey> root = objects.rootOf(named.recording());
      if (root.isEmpty()) {
        return false;
      }
      byte[] manifest = objects.find(StoreLayout.manifest(root.get()));
      return manifest != null && Sha256.of(manifest).equals(named.manifest());
    } catch (UndecryptableException e) {
      return false; // changed below the encryption
    }
  }
}
