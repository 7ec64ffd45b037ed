package heyi.recording.packaging;

import heyi.recording.Sha256;
import heyi.recording.chunk.SealedChunk;
import heyi.recording.mux.MadeTrack;

/**
 * Names of the entries of an evidence package, in their order.
 *
 * <pre>
 * README.txt
 * manifest.json
 * ledger.jsonl
 * recording/chunks/000000.journal …   rising
 * tracks/party-1-video-1.webm …       as the manifest lists them
 * documents/…                         by name
 * SHA256SUMS                          lists all of the above in the same order
 * </pre>
 */
public final class PackageLayout {
  /** What it is and how to check it. */
  public static final String README = "README.txt";

  /** Table of contents. */
  public static final String MANIFEST = "manifest.json";

  /** What happened. */
  public static final String LEDGER = "ledger.jsonl";

  /** For {@code sha256sum -c}. */
  public static final String SUMS = "SHA256SUMS";

  /** What documents start with. */
  public static final String DOCUMENTS = "documents/";

  private PackageLayout() {}

  /** Entry of a chunk. */
  public static String chunk(SealedChunk chunk) {
    return "recording/chunks/" + chunk.name();
  }

  /** Entry of a track. */
  public static String track(MadeTrack track) {
    return "tracks/" + track.fileName();
  }

  /** Entry of a document. */
  public static String document(String name) {
    return DOCUMENTS + name;
  }

  /** One line of {@link #SUMS}, as sha256sum writes it. */
  public static String sumLine(String name, Sha256 hash) {
    return hash.hex() + "  " + name + "\n";
  }
}
