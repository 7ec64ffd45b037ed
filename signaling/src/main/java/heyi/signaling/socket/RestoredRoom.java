package heyi.signaling.socket;

import heyi.signaling.room.RoomSpec;
import heyi.signaling.room.RoomState;

/**
 * What is known of a room when it opens.
 *
 * @param state as it was last
 * @param restarts how many servers it has outlived; endpoints of the same seat get other names each
 *     time, because another device with another clock may come back
 */
public record RestoredRoom(RoomState state, int restarts) {
  static RestoredRoom fresh(RoomSpec spec) {
    return new RestoredRoom(RoomState.opened(spec), 0);
  }
}
