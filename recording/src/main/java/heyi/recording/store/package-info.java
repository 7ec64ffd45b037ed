/**
 * Where evidence is kept: objects that are written once and never changed.
 *
 * <p>Entry type: {@link heyi.recording.store.ObjectStore}, with a directory and an S3 adapter
 * behind it; both pass the same contract suite. <b>Threads:</b> every call blocks, so call it on a
 * virtual thread, never on an event loop.
 */
@NullMarked
package heyi.recording.store;

import org.jspecify.annotations.NullMarked;
