package heyi.signaling.socket;

import heyi.media.pool.BridgePool;
import heyi.signaling.turn.TurnCredentials;

/**
 * How the media of a room reach their places.
 *
 * @param bridges where conferences are held
 * @param turn relays for those whom no straight way leads there
 */
public record MediaAccess(BridgePool bridges, TurnCredentials turn) {}
