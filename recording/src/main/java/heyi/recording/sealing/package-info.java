/**
 * Seals recordings after their close: signs the manifest, has it stamped, and keeps both beside it.
 *
 * <p>Entry type: {@link heyi.recording.sealing.EvidenceSeals}. <b>Threads:</b> any; everything
 * blocks.
 */
@NullMarked
package heyi.recording.sealing;

import org.jspecify.annotations.NullMarked;
