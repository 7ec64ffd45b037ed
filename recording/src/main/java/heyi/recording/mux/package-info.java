/**
 * Makes playable files out of the journal, without transcoding: one WebM file per source, all on
 * the session clock.
 *
 * <p>Runs in a process of its own ({@link heyi.recording.mux.MuxMain}), started and watched by
 * {@link heyi.recording.mux.MuxProcess}, so that a crash of native code never takes the server
 * down. <b>Threads:</b> the worker has one; the pure parts (RTP, VP8, clocks) are single-threaded
 * values.
 */
@NullMarked
package heyi.recording.mux;

import org.jspecify.annotations.NullMarked;
