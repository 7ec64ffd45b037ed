/**
 * What makes a manifest a sealed one: a signature with the server's evidence key, and a time stamp
 * (RFC 3161) of somebody else's clock.
 *
 * <p>Entry types: {@link heyi.recording.seal.EvidenceKey} signs, {@link
 * heyi.recording.seal.EvidencePublicKey} checks, {@link heyi.recording.seal.TimeStampSource}
 * stamps, {@link heyi.recording.seal.TimeStamp} reads and checks stamps. <b>Threads:</b> any; what
 * asks a time stamp authority blocks.
 */
@NullMarked
package heyi.recording.seal;

import org.jspecify.annotations.NullMarked;
