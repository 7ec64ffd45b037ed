package heyi.recording.packaging;

import heyi.recording.ObjectKey;
import java.util.SortedMap;

/**
 * What vouches for an evidence package from outside of the ledger: signature, time stamp, proof of
 * the transparency log. <b>Threads:</b> any; may block.
 */
public interface PackageSeal {
  /**
   * The files that go into the package as they are now, by their names in it; at least {@link
   * PackageLayout#SIGNATURE} and {@link PackageLayout#KEY}; {@link PackageLayout#VERIFIER} may be
   * among them.
   *
   * @param root key below which the sealed recording is
   */
  SortedMap<String, byte[]> files(ObjectKey root);

  /** A detached signature by the key that is in the package. */
  byte[] sign(byte[] data);
}
