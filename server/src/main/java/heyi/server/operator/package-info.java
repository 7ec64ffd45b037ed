/**
 * What an operator sees and does while the server runs: the bridges and their drain.
 *
 * <p>Routes run on event loops and do not block. Entry type: {@link
 * heyi.server.operator.BridgeRoutes}.
 */
@NullMarked
package heyi.server.operator;

import org.jspecify.annotations.NullMarked;
