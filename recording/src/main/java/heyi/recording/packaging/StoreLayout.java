package heyi.recording.packaging;

import heyi.recording.ObjectKey;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import java.util.stream.Stream;

/**
 * Where the parts of a recording are in the object store.
 *
 * <pre>
 * recordings/&lt;id&gt;/ (JOINT) or sealed/&lt;id&gt;/ (SEALED)
 *   chunks/000000.journal …
 *   tracks/party-1-video-1.webm …
 *   ledger.jsonl
 *   manifest.json          there last: with it the recording is complete
 *   seal/signature.json    over the manifest, made at the close
 *   seal/stamp.json        time stamp over the manifest, made at the close or later
 *   access/00000000.json … who looked at it after the close
 *   films/film-1.mp4 …     made of the tracks on demand: no evidence, may be made again
 *   tombstone.json         when it was disposed of: then chunks, tracks, ledger and films are gone
 * </pre>
 */
public final class StoreLayout {
  private StoreLayout() {}

  /** Below it are all recordings of a class. */
  public static ObjectKey directory(RecordingClass recordingClass) {
    return new ObjectKey(recordingClass.directory());
  }

  /** What all keys of a recording start with. */
  public static ObjectKey root(RecordingClass recordingClass, RecordingId id) {
    return directory(recordingClass).child(id.value());
  }

  /** Below it are the chunks. */
  public static ObjectKey chunks(ObjectKey root) {
    return root.child("chunks");
  }

  /** Below it are the tracks. */
  public static ObjectKey tracks(ObjectKey root) {
    return root.child("tracks");
  }

  /** The ledger. */
  public static ObjectKey ledger(ObjectKey root) {
    return root.child("ledger.jsonl");
  }

  /** The manifest. */
  public static ObjectKey manifest(ObjectKey root) {
    return root.child("manifest.json");
  }

  /** Below it are the entries of the access ledger. */
  public static ObjectKey access(ObjectKey root) {
    return root.child("access");
  }

  /** Below it is what vouches for the manifest. */
  public static ObjectKey seal(ObjectKey root) {
    return root.child("seal");
  }

  /** Below it are films made of the tracks. */
  public static ObjectKey films(ObjectKey root) {
    return root.child("films");
  }

  /** What stands in the place of a recording that was disposed of. */
  public static ObjectKey tombstone(ObjectKey root) {
    return root.child("tombstone.json");
  }

  /** Whether an object stays when its recording is disposed of: it holds hashes and ids only. */
  public static boolean outlives(ObjectKey root, ObjectKey object) {
    String key = object.value();
    return object.equals(manifest(root))
        || object.equals(tombstone(root))
        || key.startsWith(seal(root).value() + "/")
        || key.startsWith(access(root).value() + "/");
  }

  /** Whether an object is evidence, which may not go before its time. */
  public static boolean isEvidence(ObjectKey object) {
    String[] segments = object.value().split("/", -1);
    boolean ofRecording = Stream.of(RecordingClass.values()).anyMatch(one -> one.holds(object));
    return ofRecording && !(segments.length > 2 && segments[2].equals("films"));
  }
}
