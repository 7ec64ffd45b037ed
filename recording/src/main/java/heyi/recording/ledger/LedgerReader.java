package heyi.recording.ledger;

import heyi.recording.Sha256;
import heyi.recording.Sm3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the lines of a ledger and checks the chain.
 *
 * <p><b>Threads:</b> any, pure.
 */
public final class LedgerReader {
  private LedgerReader() {}

  /**
   * What a ledger file holds.
   *
   * @param entries those that are whole and chained, from the first
   * @param root Merkle root over them
   * @param rootSm3 the same over SM3
   * @param validBytes where the good part ends
   * @param damage what ended the good part, empty when the file is whole
   */
  public record Content(
      List<LedgerEntry> entries, Sha256 root, Sm3 rootSm3, long validBytes, String damage) {
    /** Copies the list. */
    public Content {
      entries = List.copyOf(entries);
    }

    /** Whether every byte is accounted for. */
    public boolean whole() {
      return damage.isEmpty();
    }

    /** The hash that the next entry names. */
    public Sha256 lastHash() {
      return entries.isEmpty() ? Sha256.NONE : entries.getLast().hash();
    }
  }

  /** Reads as far as the ledger is good. */
  public static Content read(byte[] file) {
    List<LedgerEntry> entries = new ArrayList<>();
    MerkleTree tree = new MerkleTree();
    MerkleTree nationalTree = MerkleTree.overSm3();
    Sha256 previous = Sha256.NONE;
    int start = 0;
    String damage = "";
    while (start < file.length) {
      int end = endOfLine(file, start);
      if (end < 0) {
        damage = "the file ends within line " + entries.size();
        break;
      }
      try {
        byte[] line = Arrays.copyOfRange(file, start, end);
        LedgerEntry entry = LedgerLine.read(line);
        requireChained(entry, entries.size(), previous);
        entries.add(entry);
        tree.add(line);
        nationalTree.add(line);
        previous = entry.hash();
        start = end + 1;
      } catch (LedgerDamage e) {
        damage = "line " + entries.size() + ": " + e.getMessage();
        break;
      }
    }
    return new Content(entries, tree.root(), Sm3.ofDigest(nationalTree.rootBytes()), start, damage);
  }

  private static void requireChained(LedgerEntry entry, long sequence, Sha256 previous)
      throws LedgerDamage {
    if (entry.sequence() != sequence) {
      throw new LedgerDamage("sequence " + entry.sequence() + " where " + sequence + " follows");
    }
    if (!entry.previous().equals(previous)) {
      throw new LedgerDamage("names " + entry.previous() + " as previous, calculated " + previous);
    }
  }

  private static int endOfLine(byte[] file, int start) {
    for (int i = start; i < file.length; i++) {
      if (file[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
