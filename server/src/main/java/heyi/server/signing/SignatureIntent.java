package heyi.server.signing;

import java.time.Instant;

/**
 * Somebody's will to sign, as confirmed in the room, R38.
 *
 * @param slot the signature field, such as {@code party-1} or {@code mediator}
 * @param displayName of the signer, as in the document
 * @param role as in the document, such as 申请人
 * @param confirmedAt when he confirmed
 */
public record SignatureIntent(String slot, String displayName, String role, Instant confirmedAt) {}
