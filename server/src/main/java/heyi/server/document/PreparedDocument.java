package heyi.server.document;

/**
 * A document as it will be confirmed: exactly these bytes.
 *
 * @param pdf the bytes; do not change them
 * @param sha256 of the bytes, 64 hexadecimal digits
 * @param pageCount at least one
 */
@SuppressWarnings("ArrayRecordComponent") // a document is compared by its hash
public record PreparedDocument(byte[] pdf, String sha256, int pageCount) {}
