package heyi.recording.log;

import heyi.recording.ObjectKey;
import java.util.Locale;

/**
 * Names of tiles as <a href="https://c2sp.org/tlog-tiles">tlog-tiles</a> has them, below the key of
 * a log in the object store.
 */
final class TilePaths {
  /** Hashes in a full tile, and entries in a full bundle. */
  static final int WIDTH = 256;

  private final ObjectKey log;

  TilePaths(ObjectKey log) {
    this.log = log;
  }

  /** Every checkpoint that was ever signed, by its size. */
  ObjectKey checkpoints() {
    return log.child("checkpoints");
  }

  ObjectKey checkpoint(long size) {
    return checkpoints().child(String.format(Locale.ROOT, "%020d", size));
  }

  /** What a witness said to the checkpoint of a size. */
  ObjectKey cosignature(long size, NoteKey witness) {
    return log.child("cosignatures")
        .child(String.format(Locale.ROOT, "%020d", size))
        .child(String.format(Locale.ROOT, "%08x", witness.id()));
  }

  ObjectKey tile(int level, long number, int width) {
    return path("tile/" + level, number, width);
  }

  ObjectKey entries(long number, int width) {
    return path("tile/entries", number, width);
  }

  /** The object of a path as it is asked for over HTTP. */
  ObjectKey requested(String path) {
    return new ObjectKey(log.value() + "/" + path);
  }

  private ObjectKey path(String kind, long number, int width) {
    StringBuilder path = new StringBuilder(String.format(Locale.ROOT, "%03d", number % 1000));
    for (long rest = number / 1000; rest > 0; rest /= 1000) {
      path.insert(0, String.format(Locale.ROOT, "x%03d/", rest % 1000));
    }
    String partial = width == WIDTH ? "" : ".p/" + width;
    return new ObjectKey(log.value() + "/" + kind + "/" + path + partial);
  }
}
