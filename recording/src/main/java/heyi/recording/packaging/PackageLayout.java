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
 * seal/…                              by name, see below
 * verify.html                         checks packages in a browser, offline
 * recording/chunks/000000.journal …   rising
 * tracks/party-1-video-1.webm …       as the manifest lists them
 * documents/…                         by name; transcript.txt follows from the ledger
 * SHA256SUMS                          lists all of the above in the same order
 * SHA256SUMS.sig                      by the key of seal/export-key.pem, else evidence-key.pem
 *
 * seal/access.jsonl                   who looked at it after the close, until this export
 * seal/access.tlog-proof              that the transparency log holds the end of it
 * seal/evidence-key.pem               public key of the server (RFC 7468)
 * seal/export-key.pem                 only when the server has another key since
 * seal/manifest.sig                   its detached signature over manifest.json
 * seal/manifest.tsr                   time stamp over manifest.json (RFC 3161); not when unstamped
 * seal/log-entry.json                 what the transparency log holds of it
 * seal/log-keys.txt                   verifier keys of the log and its witnesses (signed-note)
 * seal/log.tlog-proof                 that the log holds it (tlog-proof); not when unlogged
 * seal/tsa.pem                        certificates to check it with, as the server knows them
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

  /** Signature over {@link #SUMS}, made when the package was. */
  public static final String SUMS_SIGNATURE = "SHA256SUMS.sig";

  /** What chunks start with. */
  public static final String CHUNKS = "recording/chunks/";

  /** What tracks start with. */
  public static final String TRACKS = "tracks/";

  /** A page that checks packages, this one too. */
  public static final String VERIFIER = "verify.html";

  /** What documents start with. */
  public static final String DOCUMENTS = "documents/";

  /** The transcript to read; there when the ledger has one. */
  public static final String TRANSCRIPT = DOCUMENTS + "transcript.txt";

  /** What the files of the seal start with. */
  public static final String SEAL = "seal/";

  /** The key that signs. */
  public static final String KEY = SEAL + "evidence-key.pem";

  /** The key that signed {@link #SUMS}, when it is another. */
  public static final String EXPORT_KEY = SEAL + "export-key.pem";

  /** Signature over the manifest, made at the close. */
  public static final String SIGNATURE = SEAL + "manifest.sig";

  /** Time stamp over the manifest. */
  public static final String STAMP = SEAL + "manifest.tsr";

  /** Certificates of the time stamp authority. */
  public static final String STAMP_TRUST = SEAL + "tsa.pem";

  /** Entry of the transparency log. */
  public static final String LOG_ENTRY = SEAL + "log-entry.json";

  /** Keys to check {@link #LOG_PROOF} with. */
  public static final String LOG_KEYS = SEAL + "log-keys.txt";

  /** Proof of the transparency log. */
  public static final String LOG_PROOF = SEAL + "log.tlog-proof";

  /** Access ledger. */
  public static final String ACCESS = SEAL + "access.jsonl";

  /** Proof of the transparency log for the end of {@link #ACCESS}. */
  public static final String ACCESS_PROOF = SEAL + "access.tlog-proof";

  private PackageLayout() {}

  /** Entry of a chunk. */
  public static String chunk(SealedChunk chunk) {
    return CHUNKS + chunk.name();
  }

  /** Entry of a track. */
  public static String track(MadeTrack track) {
    return TRACKS + track.fileName();
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
