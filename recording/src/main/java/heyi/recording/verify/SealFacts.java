package heyi.recording.verify;

import heyi.recording.seal.EvidencePublicKey;
import heyi.recording.seal.TimeStamp;
import org.jspecify.annotations.Nullable;

/**
 * What the seal of a package was found to be.
 *
 * @param key signed the manifest; null when it cannot be read
 * @param exporter signed the list of hashes; null when it cannot be read
 * @param stamp null when there is none or it does not hold
 */
record SealFacts(
    @Nullable EvidencePublicKey key,
    @Nullable EvidencePublicKey exporter,
    @Nullable TimeStamp stamp) {}
