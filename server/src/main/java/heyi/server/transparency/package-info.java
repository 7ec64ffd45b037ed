/**
 * The transparency log over HTTP, for anyone: checkpoint, tiles, keys, consistency proofs.
 *
 * <p>Entry type: {@link heyi.server.transparency.LogRoutes}. <b>Threads:</b> routes run on event
 * loops, reading goes through {@link heyi.server.sql.Blocking}.
 */
@NullMarked
package heyi.server.transparency;

import org.jspecify.annotations.NullMarked;
