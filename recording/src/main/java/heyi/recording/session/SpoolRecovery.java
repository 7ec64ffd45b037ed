package heyi.recording.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.Sha256;
import heyi.recording.chunk.ChunkRecovery;
import heyi.recording.chunk.SealedChunk;
import heyi.recording.chunk.Spool;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.Ledger;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.mux.MadeTrack;
import heyi.recording.packaging.RecordingEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Seals what a killed server left: cuts torn tails, names chunks that the ledger does not name yet,
 * and says in the ledger from when on nothing was recorded.
 *
 * <p><b>Threads:</b> one per spool; blocks.
 */
final class SpoolRecovery {
  private final Sealer sealer;
  private final InstantSource clock;

  SpoolRecovery(Sealer sealer, InstantSource clock) {
    this.sealer = sealer;
    this.clock = clock;
  }

  /** Seals one spool; empty when it holds nothing that was ever recorded. */
  Optional<SealedRecording> recover(Spool spool) throws IOException {
    if (!Files.exists(spool.facts())) {
      spool.delete();
      return Optional.empty();
    }
    RecordingFacts facts = RecordingFacts.read(Files.readAllBytes(spool.facts()));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Duration offset = Duration.between(facts.start(), now);
    try (Ledger ledger = Ledger.open(spool.ledger())) {
      if (ledger.size() == 0) {
        ledger.append(
            facts.start(), Duration.ZERO, new LedgerEvent(RecordingEvents.STARTED, facts.toJson()));
      }
      List<LedgerEntry> entries = ledger.entries();
      if (!Sealer.sealed(entries)) {
        nameLostChunks(spool, ledger, entries, now, offset);
        List<MadeTrack> made =
            sealer.makeTracks(spool, facts, Sealer.chunks(ledger.entries()), progress -> {});
        Sealer.closeLedger(ledger, made, now, offset);
      }
    }
    return Optional.of(sealer.store(spool, facts, progress -> {}));
  }

  private static void nameLostChunks(
      Spool spool, Ledger ledger, List<LedgerEntry> entries, Instant now, Duration offset)
      throws IOException {
    List<SealedChunk> named = Sealer.chunks(entries);
    Sha256 last = named.isEmpty() ? Sha256.NONE : named.getLast().sha256();
    long lastMillis = named.isEmpty() ? 0 : named.getLast().toMillis();
    ChunkRecovery.Recovered recovered =
        ChunkRecovery.recover(spool, named.size(), last, lastMillis);
    for (SealedChunk chunk : recovered.unnamed()) {
      ledger.append(now, offset, chunk.toEvent());
    }
    boolean stopped =
        entries.stream()
            .anyMatch(
                entry ->
                    entry.type().equals(RecordingEvents.STOPPED)
                        || entry.type().equals(RecordingEvents.INTERRUPTED));
    if (!stopped) {
      ObjectNode payload = CanonicalJson.object();
      payload.put("cause", "server-stopped-without-closing");
      payload.put("fromMillis", recovered.lastMillis());
      payload.put("foundAt", now.toString());
      payload.put("tornBytes", recovered.tornBytes());
      ledger.append(now, offset, new LedgerEvent(RecordingEvents.INTERRUPTED, payload));
    }
  }
}
