package heyi.server.replay;

import java.time.Instant;

/**
 * What the offline verifier said of a recording's evidence package when it was made.
 *
 * @param at when
 * @param rootHash that the verifier computed; empty when the ledger could not be read
 * @param findings how many objects are not what they should be; 0 when the evidence is intact
 */
public record Verification(Instant at, String rootHash, int findings) {}
