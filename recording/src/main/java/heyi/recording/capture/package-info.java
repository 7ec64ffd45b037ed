/**
 * The recorder as a participant whom nobody sees: joins the conference, sends nothing, keeps all.
 *
 * <p>Entry types: {@link heyi.recording.capture.RecorderEndpoint} and {@link
 * heyi.recording.capture.SourceWatch}. <b>Threads:</b> packets come on receive threads and are only
 * copied and counted there.
 */
@NullMarked
package heyi.recording.capture;

import org.jspecify.annotations.NullMarked;
