package heyi.server.boot;

import java.time.Instant;

/**
 * A fault that happened.
 *
 * @param at when it had taken effect, on the server's wall clock: killed, paused; just before it is
 *     set
 */
record Strike(Fault fault, Instant at) {}
