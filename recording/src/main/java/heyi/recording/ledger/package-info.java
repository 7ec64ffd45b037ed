/**
 * What happened, in order, so that nobody can change it unseen: canonical JSON lines (RFC 8785),
 * each naming the hash of the one before, and one Merkle root (RFC 9162) over all.
 *
 * <p>Entry type: {@link heyi.recording.ledger.Ledger}. <b>Threads:</b> the values and {@link
 * heyi.recording.ledger.MerkleTree} are pure; a ledger belongs to one lane and blocks on the disk.
 */
@NullMarked
package heyi.recording.ledger;

import org.jspecify.annotations.NullMarked;
