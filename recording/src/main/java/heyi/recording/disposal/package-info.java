/**
 * Carries a permitted disposal out: removes what was recorded, leaves a signed tombstone, and
 * enters it into the transparency log.
 *
 * <p>Entry type: {@link heyi.recording.disposal.EvidenceDisposal}. <b>Threads:</b> any; everything
 * blocks.
 */
@NullMarked
package heyi.recording.disposal;

import org.jspecify.annotations.NullMarked;
