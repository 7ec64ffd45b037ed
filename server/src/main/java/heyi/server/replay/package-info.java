/**
 * Replay: the tracks and events of a sealed session, the evidence package, and the audit of every
 * opening.
 *
 * <p>Entry type: {@link heyi.server.replay.ReplayRoutes}. Stores block and run on a virtual thread.
 */
@NullMarked
package heyi.server.replay;

import org.jspecify.annotations.NullMarked;
