/**
 * Turns the sources of a room into offers, and answers into Colibri2.
 *
 * <p>{@link heyi.signaling.negotiation.RoomMedia} is the entry. Everything runs on the context of
 * its room; no locks.
 */
@NullMarked
package heyi.signaling.negotiation;

import org.jspecify.annotations.NullMarked;
