/**
 * Signatures on documents: PAdES (ETSI EN 319 142-1) by EU DSS, with a certificate authority and a
 * time stamp authority of Heyi's own for demonstration.
 *
 * <p>A hand-drawn picture is no reliable signature (电子签名法 art. 13): each signer gets a key and a
 * certificate of his own for one signature. {@link heyi.server.signing.PdfSigner} and {@link
 * heyi.server.signing.SignatureVerifier} are the entries; both compute for a while: never on an
 * event loop.
 */
@NullMarked
package heyi.server.signing;

import org.jspecify.annotations.NullMarked;
