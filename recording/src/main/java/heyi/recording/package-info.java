/**
 * Words that every recording package shares: which recording, which source, which track, which
 * hash.
 *
 * <p>Immutable values, safe on any thread. Entry types: {@link heyi.recording.RecordingId} and
 * {@link heyi.recording.Track}; the work starts in {@code heyi.recording.session}.
 */
@NullMarked
package heyi.recording;

import org.jspecify.annotations.NullMarked;
