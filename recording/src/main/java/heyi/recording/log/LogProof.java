package heyi.recording.log;

import heyi.recording.Sha256;
import heyi.recording.ledger.MerkleTree;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Shows offline that something is in the log. <b>Source:</b> <a
 * href="https://c2sp.org/tlog-proof">tlog-proof</a>. <b>Threads:</b> any, pure.
 *
 * @param index number of the entry
 * @param path hashes from the sibling of its leaf up
 * @param checkpoint the tree that the path leads to
 */
public record LogProof(long index, List<Sha256> path, Checkpoint checkpoint) {
  private static final String HEADER = "c2sp.org/tlog-proof@v1\n";
  private static final String INDEX = "index ";
  private static final int MAX_PATH = 63;

  /** Copies the list. */
  public LogProof {
    path = List.copyOf(path);
  }

  /** As text. */
  public String text() {
    StringBuilder text = new StringBuilder(HEADER).append(INDEX).append(index).append('\n');
    path.forEach(hash -> text.append(base64(hash)).append('\n'));
    return text.append('\n').append(checkpoint.text()).toString();
  }

  /**
   * Reads the text.
   *
   * @throws LogException when it is no proof in its one spelling
   */
  public static LogProof read(String text) {
    int gap = text.indexOf("\n\n");
    if (!text.startsWith(HEADER + INDEX) || gap < HEADER.length()) {
      throw new LogException("not a tlog-proof");
    }
    String[] lines = text.substring(HEADER.length(), gap).split("\n", -1);
    if (lines.length > MAX_PATH + 1) {
      throw new LogException("a path of " + lines.length + " hashes");
    }
    try {
      List<Sha256> path = new ArrayList<>();
      for (int i = 1; i < lines.length; i++) {
        path.add(Sha256.ofDigest(Base64.getDecoder().decode(lines[i])));
      }
      LogProof proof =
          new LogProof(
              Long.parseLong(lines[0].substring(INDEX.length())),
              path,
              Checkpoint.read(text.substring(gap + 2)));
      if (!proof.text().equals(text)) {
        throw new LogException("a tlog-proof that is spelled otherwise than it should be");
      }
      return proof;
    } catch (IllegalArgumentException e) {
      throw new LogException("a tlog-proof with a wrong value: " + e.getMessage(), e);
    }
  }

  /**
   * Checks that the entry is in the log.
   *
   * @throws LogException with the first thing that is wrong
   */
  public void check(byte[] entry, NoteKey log) {
    if (!checkpoint.signedBy(log)) {
      throw new LogException("the checkpoint is not signed by the log " + log.name());
    }
    Sha256 leaf = MerkleTree.leafHash(entry);
    if (!TreeProofs.includes(leaf, index, checkpoint.size(), path, checkpoint.root())) {
      throw new LogException("entry " + index + " is not the one that the log holds there");
    }
  }

  private static String base64(Sha256 hash) {
    return Base64.getEncoder().encodeToString(hash.bytes());
  }
}
