package heyi.signaling.room;

/**
 * A seat that a room is opened with.
 *
 * @param id unique in the room
 * @param role what its participant may do
 * @param displayName shown to the others; personal data, never logged
 * @param label the same seat without personal data, such as {@code party-1}
 */
public record SeatSpec(SeatId id, Role role, String displayName, String label) {}
