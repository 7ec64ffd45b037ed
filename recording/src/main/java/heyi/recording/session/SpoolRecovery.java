package heyi.recording.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.RecordingId;
import heyi.recording.SessionClock;
import heyi.recording.Sha256;
import heyi.recording.chunk.ChunkRecovery;
import heyi.recording.chunk.SealedChunk;
import heyi.recording.chunk.Spool;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.Ledger;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.ledger.LedgerReader;
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
import java.util.Set;

/**
 * Brings in order what a killed server left: cuts torn tails and names chunks that the ledger does
 * not name yet. Then the recording goes on, or it is sealed, with the time from which on nothing
 * was recorded in the ledger.
 *
 * <p><b>Threads:</b> one per spool; blocks.
 */
final class SpoolRecovery {
  private static final Set<String> ENDS =
      Set.of(RecordingEvents.STOPPED, RecordingEvents.INTERRUPTED, RecordingEvents.SEALED);

  private final Sealer sealer;
  private final InstantSource clock;

  SpoolRecovery(Sealer sealer, InstantSource clock) {
    this.sealer = sealer;
    this.clock = clock;
  }

  /**
   * The recording in a spool, in order, which broke off by this cause; empty when it was ended or
   * nothing was ever recorded.
   */
  Optional<SuspendedRecording> suspended(Spool spool, String cause) throws IOException {
    if (!Files.exists(spool.facts())) {
      return Optional.empty();
    }
    RecordingFacts facts = RecordingFacts.read(Files.readAllBytes(spool.facts()));
    try (Ledger ledger = Ledger.open(spool.ledger())) {
      requireStarted(ledger, facts);
      if (ended(ledger.entries())) {
        return Optional.empty();
      }
      ChunkRecovery.Recovered recovered = nameLostChunks(spool, ledger);
      long lastPacketMillis = ChunkRecovery.lastPacketMillis(spool);
      return Optional.of(
          new SuspendedRecording(
              facts.id(),
              facts.sessionId(),
              facts.recordingClass(),
              facts.start(),
              last(ledger).notBefore(Duration.ofMillis(lastPacketMillis)),
              lastPacketMillis,
              recovered.tornBytes(),
              cause,
              ledger.entries().stream()
                  .filter(entry -> !entry.type().equals(SealedChunk.EVENT_TYPE))
                  .toList()));
    }
  }

  /** What a spool holds, as far as it says so; nothing in it is changed. */
  static LeftRecording look(Spool spool, RecordingId id) throws IOException {
    if (!Files.exists(spool.facts())) {
      return new LeftRecording(id, null, null, false);
    }
    RecordingFacts facts = RecordingFacts.read(Files.readAllBytes(spool.facts()));
    byte[] ledger = Files.exists(spool.ledger()) ? Files.readAllBytes(spool.ledger()) : new byte[0];
    boolean over = ended(LedgerReader.read(ledger).entries());
    return new LeftRecording(facts.id(), facts.sessionId(), facts.recordingClass(), over);
  }

  /** Seals one spool; empty when it holds nothing that was ever recorded. */
  Optional<SealedRecording> recover(Spool spool) throws IOException {
    if (!Files.exists(spool.facts())) {
      requireNothingRecorded(spool);
      spool.delete();
      return Optional.empty();
    }
    RecordingFacts facts = RecordingFacts.read(Files.readAllBytes(spool.facts()));
    try (Ledger ledger = Ledger.open(spool.ledger())) {
      requireStarted(ledger, facts);
      if (!Sealer.sealed(ledger.entries())) {
        ChunkRecovery.Recovered recovered = nameLostChunks(spool, ledger);
        if (!ended(ledger.entries())) {
          interrupt(spool, ledger, recovered.tornBytes());
        }
        sealer.storeChunks(spool, facts, Sealer.chunks(ledger.entries()));
        List<MadeTrack> made = sealer.makeTracks(spool, progress -> {});
        sealer.storeTracks(spool, facts, made, progress -> {});
        Sealer.closeLedger(ledger, made, now(), offset(ledger));
      }
    }
    SealedRecording sealed = sealer.store(spool, facts, progress -> {});
    spool.delete();
    return Optional.of(sealed);
  }

  /** Names in the ledger what is on the disk; the torn tail of the last chunk is cut. */
  private ChunkRecovery.Recovered nameLostChunks(Spool spool, Ledger ledger) throws IOException {
    List<SealedChunk> named = Sealer.chunks(ledger.entries());
    Sha256 last = named.isEmpty() ? Sha256.NONE : named.getLast().sha256();
    long lastMillis = named.isEmpty() ? 0 : named.getLast().toMillis();
    ChunkRecovery.Recovered recovered =
        ChunkRecovery.recover(spool, named.size(), last, lastMillis);
    for (SealedChunk chunk : recovered.unnamed()) {
      ledger.append(now(), offset(ledger), chunk.toEvent());
    }
    return recovered;
  }

  private void interrupt(Spool spool, Ledger ledger, long tornBytes) throws IOException {
    ObjectNode payload = CanonicalJson.object();
    payload.put("cause", "server-stopped-without-closing");
    payload.put("fromMillis", ChunkRecovery.lastPacketMillis(spool));
    payload.put("foundAt", now().toString());
    payload.put("tornBytes", tornBytes);
    ledger.append(now(), offset(ledger), new LedgerEvent(RecordingEvents.INTERRUPTED, payload));
  }

  private static void requireStarted(Ledger ledger, RecordingFacts facts) throws IOException {
    if (ledger.size() == 0) {
      ledger.append(
          facts.start(), Duration.ZERO, new LedgerEvent(RecordingEvents.STARTED, facts.toJson()));
    }
  }

  private static boolean ended(List<LedgerEntry> entries) {
    return entries.stream().anyMatch(entry -> ENDS.contains(entry.type()));
  }

  private Duration offset(Ledger ledger) throws IOException {
    return last(ledger).offsetAt(now());
  }

  private static SessionClock.Reading last(Ledger ledger) throws IOException {
    LedgerEntry last = ledger.entries().getLast();
    return new SessionClock.Reading(last.at(), last.offset());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** A recording that lost its facts is for people to look at, not to be thrown away. */
  private static void requireNothingRecorded(Spool spool) throws IOException {
    boolean begun = Files.exists(spool.ledger()) && Files.size(spool.ledger()) > 0;
    boolean heard =
        Files.isDirectory(spool.chunks())
            && (!spool.closed().isEmpty() || spool.leftOpen().isPresent());
    if (begun || heard) {
      throw new IOException(spool.directory() + " holds a recording and not what it is");
    }
  }
}
