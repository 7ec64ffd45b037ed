/**
 * Whether each part of the server can do its work, and what is missing where it cannot.
 *
 * <p>Enter at {@link heyi.server.readiness.Readiness}. <b>Threads:</b> any; nothing blocks the
 * caller.
 */
@NullMarked
package heyi.server.readiness;

import org.jspecify.annotations.NullMarked;
