package heyi.recording.ledger;

import heyi.recording.Sha256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree hash of a list of byte strings.
 *
 * <p>A leaf is hashed with a zero byte before it, an inner node with a one byte, so that neither
 * can pass for the other; a tree of n leaves splits at the largest power of two below n.
 * <b>Source:</b> <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.1">RFC 9162
 * §2.1.1</a>.
 *
 * <p><b>Threads:</b> one. <b>Bounds:</b> keeps one hash per level, not the leaves.
 */
public final class MerkleTree {
  private static final byte LEAF_PREFIX = 0;
  private static final byte NODE_PREFIX = 1;

  /** Complete subtrees from left to right, each with 2^level leaves, levels falling. */
  private final List<Subtree> subtrees = new ArrayList<>();

  private long size;

  /** The root of a whole list. */
  public static Sha256 rootOf(List<byte[]> leaves) {
    MerkleTree tree = new MerkleTree();
    leaves.forEach(tree::add);
    return tree.root();
  }

  /** Appends a leaf. */
  public void add(byte[] leaf) {
    MessageDigest digest = Sha256.digest();
    digest.update(LEAF_PREFIX);
    Subtree added = new Subtree(0, digest.digest(leaf));
    while (!subtrees.isEmpty() && subtrees.getLast().level() == added.level()) {
      Subtree left = subtrees.removeLast();
      added = new Subtree(left.level() + 1, node(left.hash(), added.hash()));
    }
    subtrees.add(added);
    size++;
  }

  /** How many leaves there are. */
  public long size() {
    return size;
  }

  /** The root over all leaves so far; of none it is the hash of nothing. */
  public Sha256 root() {
    if (subtrees.isEmpty()) {
      return Sha256.of(new byte[0]);
    }
    byte[] root = subtrees.getLast().hash();
    for (int i = subtrees.size() - 2; i >= 0; i--) {
      root = node(subtrees.get(i).hash(), root);
    }
    return Sha256.ofDigest(root);
  }

  private static byte[] node(byte[] left, byte[] right) {
    MessageDigest digest = Sha256.digest();
    digest.update(NODE_PREFIX);
    digest.update(left);
    return digest.digest(right);
  }

  @SuppressWarnings("ArrayRecordComponent") // private, never compared
  private record Subtree(int level, byte[] hash) {}
}
