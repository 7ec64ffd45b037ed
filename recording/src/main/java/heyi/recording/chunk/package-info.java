/**
 * Cuts the journal into files of two seconds, each naming the hash of the one before, and sends
 * them to the object store while the session runs.
 *
 * <p>Entry types: {@link heyi.recording.chunk.ChunkWriter}, {@link
 * heyi.recording.chunk.ChunkUploads} and {@link heyi.recording.chunk.Spool}. <b>Threads:</b> stated
 * on each type; all disk work blocks.
 */
@NullMarked
package heyi.recording.chunk;

import org.jspecify.annotations.NullMarked;
