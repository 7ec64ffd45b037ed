package heyi.signaling.room;

/** What a room is for. */
public enum RoomKind {
  /** The session of a case: all of its parties, from the opening to the signing. */
  SESSION,
  /** 背对背: the mediator and one party of a session, while the others wait (domain.md D7). */
  CAUCUS
}
