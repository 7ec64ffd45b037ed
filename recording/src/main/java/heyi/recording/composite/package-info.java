/**
 * Makes one film of a sealed recording on demand: an MP4 with everybody in it, names, clock and
 * case number burned in, gaps shown as labelled black. The film is a child of the tracks and never
 * evidence by itself.
 *
 * <p>Entry type: {@link heyi.recording.composite.CompositeProcess}, which starts and watches a
 * process of its own ({@link heyi.recording.composite.CompositeMain}) at low priority, so that
 * neither a crash of native code nor the work itself harms a running room. <b>Threads:</b> the
 * worker has one for sound and some for segments of the picture; the pure parts (tiles, speakers,
 * segments) are values.
 */
@NullMarked
package heyi.recording.composite;

import org.jspecify.annotations.NullMarked;
