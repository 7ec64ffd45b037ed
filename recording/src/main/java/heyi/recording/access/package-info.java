/**
 * Who looked at a sealed recording or took it away: a ledger of its own beside the evidence, which
 * stays closed.
 *
 * <p>Entry type: {@link heyi.recording.access.AccessLedger}. <b>Threads:</b> any; blocks on the
 * object store.
 */
@NullMarked
package heyi.recording.access;

import org.jspecify.annotations.NullMarked;
