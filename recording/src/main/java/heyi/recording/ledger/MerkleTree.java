package heyi.recording.ledger;

import heyi.recording.Sha256;
import heyi.recording.Sm3;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

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

  private final Supplier<MessageDigest> hash;
  private long size;

  /** Over SHA-256, as RFC 9162 has it. */
  public MerkleTree() {
    this(Sha256::digest);
  }

  private MerkleTree(Supplier<MessageDigest> hash) {
    this.hash = hash;
  }

  /** The same tree over SM3. */
  static MerkleTree overSm3() {
    return new MerkleTree(Sm3::digest);
  }

  /** The root of a whole list. */
  public static Sha256 rootOf(List<byte[]> leaves) {
    MerkleTree tree = new MerkleTree();
    leaves.forEach(tree::add);
    return tree.root();
  }

  /** Appends a leaf. */
  public void add(byte[] leaf) {
    MessageDigest digest = hash.get();
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
    return Sha256.ofDigest(rootBytes());
  }

  /** The same as 32 bytes, of whatever hash the tree is made. */
  byte[] rootBytes() {
    if (subtrees.isEmpty()) {
      return hash.get().digest();
    }
    byte[] root = subtrees.getLast().hash();
    for (int i = subtrees.size() - 2; i >= 0; i--) {
      root = node(subtrees.get(i).hash(), root);
    }
    return root;
  }

  /** Hash of a leaf over SHA-256. */
  public static Sha256 leafHash(byte[] leaf) {
    MessageDigest digest = Sha256.digest();
    digest.update(LEAF_PREFIX);
    return Sha256.ofDigest(digest.digest(leaf));
  }

  /** Hash of an inner node over SHA-256. */
  public static Sha256 nodeHash(Sha256 left, Sha256 right) {
    MessageDigest digest = Sha256.digest();
    digest.update(NODE_PREFIX);
    digest.update(left.bytes());
    return Sha256.ofDigest(digest.digest(right.bytes()));
  }

  private byte[] node(byte[] left, byte[] right) {
    MessageDigest digest = hash.get();
    digest.update(NODE_PREFIX);
    digest.update(left);
    return digest.digest(right);
  }

  @SuppressWarnings("ArrayRecordComponent") // private, never compared
  private record Subtree(int level, byte[] hash) {}
}
