/**
 * Checks an evidence package offline: no network, no database, no clock, no trust in the server.
 *
 * <p>Entry type: {@link heyi.recording.verify.EvidenceVerifier}. <b>Threads:</b> blocks while it
 * reads the file.
 */
@NullMarked
package heyi.recording.verify;

import org.jspecify.annotations.NullMarked;
