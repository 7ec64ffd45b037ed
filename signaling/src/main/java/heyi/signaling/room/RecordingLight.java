package heyi.signaling.room;

/** What everyone in the room is told of the recording, R26. */
public enum RecordingLight {
  /** Not asked for yet. */
  OFF,
  /** The recorder connects, or has not received anything yet. */
  STARTING,
  /** The recorder receives packets; of whom it does not says {@link RoomState#silent()}. */
  RECEIVING,
  /** The recorder keeps nothing, by the word of the mediator. */
  OFF_RECORD,
  /** The recorder is lost; there is no joint talk. */
  FAILED,
  /** The session is over and its evidence is being put together. */
  SEALING,
  /** The evidence was read back and sealed; the root hash is known to all. */
  VERIFIED
}
