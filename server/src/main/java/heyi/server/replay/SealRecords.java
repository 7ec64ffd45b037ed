package heyi.server.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.ObjectKey;
import heyi.recording.RecordingId;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.sealing.EvidenceSeals;
import heyi.recording.sealing.SealStatus;
import heyi.server.http.Problem;
import heyi.server.identity.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the auditor is told of a recording's seal, and the ledger of those who looked at it. Blocks;
 * call on a virtual thread.
 */
public final class SealRecords {
  private final EvidenceSeals seals;
  private final UnaryOperator<String> displayName;

  /**
   * Asks these seals.
   *
   * @param displayName of a user by his id
   */
  public SealRecords(EvidenceSeals seals, UnaryOperator<String> displayName) {
    this.seals = seals;
    this.displayName = displayName;
  }

  /** The seal and the accesses until now. */
  record Seal(SealStatus status, List<Access> accesses) {}

  /** Who did what when. */
  record Access(Instant at, String type, String userId, String displayName) {}

  /** Null when the recording was sealed by an older version, which signed nothing. */
  @Nullable Seal of(String recordingId) {
    ObjectKey root = root(recordingId);
    return seals.status(root).map(status -> new Seal(status, accesses(root))).orElse(null);
  }

  /** Writes down who is about to see the evidence; when this fails, he does not see it. */
  void looked(String recordingId, User user, String action) {
    ObjectNode payload = CanonicalJson.object();
    payload.put("userId", user.id().value());
    try {
      seals.accessed(root(recordingId), new LedgerEvent(action, payload));
    } catch (IOException e) {
      throw new UncheckedIOException("the access ledger cannot be written", e);
    }
  }

  /** Changes whenever a package made now would say more of seal and accesses than one before. */
  String version(String recordingId) {
    SealStatus status =
        seals
            .status(root(recordingId))
            .orElseThrow(() -> Problem.conflict("not-signed", "The recording is not signed yet."));
    SealStatus.LogPlace place = status.log();
    return String.format(
        Locale.ROOT,
        "s%dl%dw%da%d",
        status.stamp() == null ? 0 : 1,
        place == null ? 0 : 1,
        place == null ? 0 : place.witnesses().size(),
        accesses(root(recordingId)).size());
  }

  /** Without the first entry, which only names the recording. */
  private List<Access> accesses(ObjectKey root) {
    Map<String, String> names = new HashMap<>();
    try {
      return seals.accesses(root).stream()
          .filter(entry -> entry.payload().has("userId"))
          .map(
              entry -> {
                String user = entry.payload().path("userId").asText();
                String name = names.computeIfAbsent(user, displayName);
                return new Access(entry.at(), entry.type(), user, name);
              })
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the access ledger cannot be read", e);
    }
  }

  private ObjectKey root(String recordingId) {
    return root(new RecordingId(recordingId));
  }

  /** What all keys of a sealed recording start with. */
  ObjectKey root(RecordingId recording) {
    return seals.rootOf(recording).orElseThrow(() -> Problem.notFound("recording"));
  }
}
