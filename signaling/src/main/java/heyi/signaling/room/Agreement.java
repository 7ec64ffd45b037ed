package heyi.signaling.room;

/**
 * The document that is confirmed in the room, R38.
 *
 * @param documentId where it is found
 * @param sha256 of the exact bytes that are confirmed, 64 hexadecimal digits
 * @param title shown to all
 */
public record Agreement(String documentId, String sha256, String title) {
  /** Checks the hash. */
  public Agreement {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("sha256 must be 64 hexadecimal digits");
    }
  }

  /** Whether a confirmation names exactly this document. */
  public boolean is(String otherId, String otherSha256) {
    return documentId.equals(otherId) && sha256.equals(otherSha256);
  }
}
