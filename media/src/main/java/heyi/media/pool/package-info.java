/**
 * The bridges of this node: watched, weighed, and given to rooms.
 *
 * <p>What is decided is pure ({@code BridgeMember}, {@code BridgeSelection}); the pool around it
 * asks the bridges and keeps time. Entry type: {@link heyi.media.pool.BridgePool}, safe for any
 * thread.
 */
@NullMarked
package heyi.media.pool;

import org.jspecify.annotations.NullMarked;
