package heyi.recording.log;

import heyi.recording.Sha256;
import heyi.recording.ledger.MerkleTree;
import java.util.ArrayList;
import java.util.List;

/**
 * Proofs in a Merkle tree: making them from the hashes of complete subtrees, and checking them from
 * nothing. <b>Source:</b> <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3">RFC 9162
 * §2.1.3, §2.1.4</a>. <b>Threads:</b> any, pure.
 */
public final class TreeProofs {
  private TreeProofs() {}

  /** Where hashes of complete subtrees are read. */
  @FunctionalInterface
  interface Subtrees {
    /** The hash over the leaves {@code [n * 2^level, (n + 1) * 2^level)}. */
    Sha256 hash(int level, long n);
  }

  /** The root of the first {@code size} leaves. */
  static Sha256 root(Subtrees subtrees, long size) {
    return size == 0 ? Sha256.of(new byte[0]) : range(subtrees, 0, size);
  }

  /** From the leaf's sibling up. */
  static List<Sha256> inclusion(Subtrees subtrees, long leaf, long size) {
    List<Sha256> path = new ArrayList<>();
    long from = 0;
    long to = size;
    while (to - from > 1) {
      long split = from + splitOf(to - from);
      if (leaf < split) {
        path.addFirst(range(subtrees, split, to));
        to = split;
      } else {
        path.addFirst(range(subtrees, from, split));
        from = split;
      }
    }
    return path;
  }

  /** That the tree of {@code size} leaves begins with the tree of {@code before}. */
  static List<Sha256> consistency(Subtrees subtrees, long before, long size) {
    List<Sha256> proof = new ArrayList<>();
    if (before == 0) {
      return proof;
    }
    long from = 0;
    long to = size;
    while (to != before) {
      long split = from + splitOf(to - from);
      if (before <= split) {
        proof.addFirst(range(subtrees, split, to));
        to = split;
      } else {
        proof.addFirst(range(subtrees, from, split));
        from = split;
      }
    }
    if (from != 0) {
      proof.addFirst(range(subtrees, from, to));
    }
    return proof;
  }

  /** Whether the path leads from the leaf to the root. */
  public static boolean includes(
      Sha256 leafHash, long leaf, long size, List<Sha256> path, Sha256 root) {
    if (leaf < 0 || leaf >= size) {
      return false;
    }
    long node = leaf;
    long last = size - 1;
    Sha256 hash = leafHash;
    for (Sha256 sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = MerkleTree.nodeHash(sibling, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        hash = MerkleTree.nodeHash(hash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && hash.equals(root);
  }

  /** Whether the larger tree begins with the smaller. */
  public static boolean extendsTree(
      long before, Sha256 rootBefore, long size, Sha256 root, List<Sha256> proof) {
    if (before == size) {
      return proof.isEmpty() && rootBefore.equals(root);
    }
    if (before <= 0 || before > size) {
      return before == 0 && proof.isEmpty();
    }
    List<Sha256> path = new ArrayList<>(proof);
    if (Long.bitCount(before) == 1) {
      path.addFirst(rootBefore);
    }
    if (path.isEmpty()) {
      return false;
    }
    int aligned = Long.numberOfTrailingZeros(before);
    long node = (before - 1) >> aligned;
    long last = (size - 1) >> aligned;
    Sha256 old = path.getFirst();
    Sha256 grown = path.getFirst();
    for (Sha256 hash : path.subList(1, path.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        old = MerkleTree.nodeHash(hash, old);
        grown = MerkleTree.nodeHash(hash, grown);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        grown = MerkleTree.nodeHash(grown, hash);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && old.equals(rootBefore) && grown.equals(root);
  }

  private static Sha256 range(Subtrees subtrees, long from, long to) {
    long leaves = to - from;
    if (Long.bitCount(leaves) == 1) {
      int level = Long.numberOfTrailingZeros(leaves);
      return subtrees.hash(level, from >> level);
    }
    long split = from + splitOf(leaves);
    return MerkleTree.nodeHash(range(subtrees, from, split), range(subtrees, split, to));
  }

  /** The largest power of two below the number of leaves. */
  private static long splitOf(long leaves) {
    return Long.highestOneBit(leaves - 1);
  }
}
