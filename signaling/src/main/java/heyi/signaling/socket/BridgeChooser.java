package heyi.signaling.socket;

import heyi.media.colibri2.BridgeClient;
import heyi.signaling.room.RoomId;

/** Chooses the bridge for a room's next conference. */
@FunctionalInterface
public interface BridgeChooser {
  /** Does not block. */
  BridgeClient choose(RoomId room);
}
