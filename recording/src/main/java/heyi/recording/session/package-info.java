/**
 * A recording from start to sealed evidence: joins the conference, keeps every packet, makes it
 * playable, and closes the record.
 *
 * <p>Entry type: {@link heyi.recording.session.RecordingService}. <b>Threads:</b> public methods
 * may be called from any thread; a recording's state lives on one Vert.x context, its disk work on
 * one virtual thread (its lane).
 */
@NullMarked
package heyi.recording.session;

import org.jspecify.annotations.NullMarked;
