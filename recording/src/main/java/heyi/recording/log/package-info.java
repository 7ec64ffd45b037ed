/**
 * A transparency log over everything that was sealed: who takes something out, or shows two people
 * two different logs, is found out. Tiles, checkpoints, proofs and cosignatures as in the
 * specifications of <a href="https://c2sp.org">C2SP</a> (tlog-tiles, tlog-checkpoint, tlog-proof,
 * tlog-cosignature, tlog-witness, signed-note).
 *
 * <p>Entry types: {@link heyi.recording.log.TransparencyLog} grows it, {@link
 * heyi.recording.log.LogProof} checks a proof offline. <b>Threads:</b> values are pure; the log
 * itself takes one caller at a time and blocks.
 */
@NullMarked
package heyi.recording.log;

import org.jspecify.annotations.NullMarked;
