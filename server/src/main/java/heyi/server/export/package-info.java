/**
 * Films of sealed recordings: composites on demand and clips of them that two people decided on.
 * They are versions beside the recording, never in its place, and each asking, deciding, playing
 * and taking away is in the audit log before it happens.
 *
 * <p>Entry types: {@link heyi.server.export.ExportRoutes}, {@link heyi.server.export.ExportQueue}.
 * <b>Threads:</b> stores block and run on virtual threads; the queue has some of its own.
 */
@NullMarked
package heyi.server.export;

import org.jspecify.annotations.NullMarked;
