package heyi.recording.packaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.RecordingId;
import heyi.recording.Sha256;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerDamage;
import heyi.recording.ledger.LedgerReader;
import java.util.Optional;

/** What the transparency log says of a recording: hashes and its name, nothing of persons. */
public final class LogEntries {
  private static final String SEALED = "recording-sealed";

  private LogEntries() {}

  /**
   * What an entry says was sealed.
   *
   * @param recording its name
   * @param manifest hash of its manifest
   */
  public record Sealed(RecordingId recording, Sha256 manifest) {}

  /** Reads an entry of a log; empty when it is about something else. */
  public static Optional<Sealed> sealedIn(byte[] entry) {
    try {
      ObjectNode json = CanonicalJson.read(entry);
      return json.path("type").asText().equals(SEALED)
          ? Optional.of(
              new Sealed(
                  new RecordingId(json.path("recordingId").asText()),
                  new Sha256(json.path("manifestSha256").asText())))
          : Optional.empty();
    } catch (LedgerDamage | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A recording was sealed; follows from its manifest alone. */
  public static byte[] sealed(Manifest manifest, byte[] manifestBytes) {
    ObjectNode json = CanonicalJson.object();
    json.put("type", SEALED);
    json.put("recordingId", manifest.id().value());
    json.put("manifestSha256", Sha256.of(manifestBytes).hex());
    json.put("rootHash", manifest.ledger().rootHash().hex());
    json.put("rootSm3", manifest.ledger().rootSm3().hex());
    return CanonicalJson.write(json);
  }

  /** A recording was disposed of; follows from its tombstone alone. */
  public static byte[] disposed(RecordingId id, Sha256 rootHash, Sha256 tombstone) {
    ObjectNode json = CanonicalJson.object();
    json.put("type", "recording-disposed");
    json.put("recordingId", id.value());
    json.put("rootHash", rootHash.hex());
    json.put("tombstoneSha256", tombstone.hex());
    return CanonicalJson.write(json);
  }

  /** So far was a recording looked at; follows from its access ledger alone. */
  public static byte[] accessHead(RecordingId id, LedgerReader.Content access) {
    ObjectNode json = CanonicalJson.object();
    json.put("type", "access-head");
    json.put("recordingId", id.value());
    json.put("entries", access.entries().size());
    json.put("lastHash", access.lastHash().hex());
    return CanonicalJson.write(json);
  }
}
