/**
 * The room protocol from the other side: a participant in Java, for the demonstration, the
 * benchmarks and tests.
 *
 * <p>{@link heyi.signaling.client.RoomClient} is the entry.
 */
@NullMarked
package heyi.signaling.client;

import org.jspecify.annotations.NullMarked;
