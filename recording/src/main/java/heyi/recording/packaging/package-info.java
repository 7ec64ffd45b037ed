/**
 * The evidence package: one ZIP with media, ledger, manifest, documents and their hashes.
 *
 * <p>Entry type: {@link heyi.recording.packaging.EvidencePackage}. <b>Threads:</b> writing blocks;
 * the values are immutable.
 */
@NullMarked
package heyi.recording.packaging;

import org.jspecify.annotations.NullMarked;
