/**
 * Measures a running server from outside, with scripted participants.
 *
 * <p>Each benchmark prints a table for people and one line of JSON for machines. Everything here
 * blocks its caller, the main thread of a verb.
 */
@NullMarked
package heyi.server.bench;

import org.jspecify.annotations.NullMarked;
