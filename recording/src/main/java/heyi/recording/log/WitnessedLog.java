package heyi.recording.log;

import heyi.recording.store.StoreException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A transparency log and those who cosign its checkpoints, perhaps nobody.
 *
 * <p><b>Threads:</b> any; blocks.
 */
public final class WitnessedLog {
  private final Opening opening;
  private final List<Witness> witnesses;
  private final List<NoteKey> witnessKeys;
  private @Nullable TransparencyLog opened;

  /** Opens the log; asked again after a failure, for the store may have been away. */
  @FunctionalInterface
  public interface Opening {
    TransparencyLog open() throws IOException;
  }

  /** Joins the two. */
  public WitnessedLog(TransparencyLog log, List<Witness> witnesses) {
    this(() -> log, witnesses);
  }

  /** Joins a log that is opened when it is needed first with its witnesses. */
  public WitnessedLog(Opening opening, List<Witness> witnesses) {
    this.opening = opening;
    this.witnesses = List.copyOf(witnesses);
    this.witnessKeys = witnesses.stream().map(Witness::key).toList();
  }

  /**
   * The log itself.
   *
   * @throws LogException when disk and store contradict each other, or the disk refuses
   * @throws StoreException when the store does not answer; try again later
   */
  public synchronized TransparencyLog log() {
    TransparencyLog there = opened;
    if (there == null) {
      try {
        there = opening.open();
      } catch (IOException e) {
        throw new LogException("the log cannot be opened: " + e.getMessage(), e);
      }
      opened = there;
    }
    return there;
  }

  /** Lets go of the files, if the log was ever opened. */
  public synchronized void close() throws IOException {
    if (opened != null) {
      opened.close();
    }
  }

  /**
   * Appends an entry; one that is there already is not appended again.
   *
   * @throws IOException when the disk refuses
   */
  public void append(byte[] entry) throws IOException {
    log().append(entry);
  }

  /** The latest checkpoint, with what the witnesses said to it. */
  public Checkpoint checkpoint() {
    return log().cosignedCheckpoint(witnessKeys);
  }

  /** Who of the witnesses cosigned a checkpoint, by name. */
  public List<String> seenBy(Checkpoint checkpoint) {
    return witnessKeys.stream()
        .filter(witness -> checkpoint.cosignedBy(witness).isPresent())
        .map(NoteKey::name)
        .toList();
  }

  /** Proof in the latest tree; empty when the entry is not in the log. */
  public Optional<LogProof> prove(byte[] entry) {
    return log().indexOf(entry).map(index -> log().prove(index, checkpoint()));
  }

  /** Verifier keys, one a line: the log's first, then those of the witnesses. */
  public String verifierKeys() {
    StringBuilder keys = new StringBuilder(log().name().verifierKey()).append('\n');
    witnessKeys.forEach(witness -> keys.append(witness.verifierKey()).append('\n'));
    return keys.toString();
  }

  /**
   * Has the witnesses cosign the log as it is now.
   *
   * @return what kept them from it, by their names; empty when all did
   */
  public SortedMap<String, String> cosign() {
    SortedMap<String, String> refusals = new TreeMap<>();
    for (Witness witness : witnesses) {
      try {
        witness.cosign(log());
      } catch (LogException | StoreException e) {
        refusals.put(witness.key().name(), String.valueOf(e.getMessage()));
      }
    }
    return refusals;
  }
}
