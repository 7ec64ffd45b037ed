/**
 * Relays for networks that keep media from going straight to the bridge: short-lived credentials
 * for a TURN server that shares a secret with Heyi.
 *
 * <p>{@link heyi.signaling.turn.TurnCredentials} is the entry. Immutable; any thread.
 */
@NullMarked
package heyi.signaling.turn;

import org.jspecify.annotations.NullMarked;
