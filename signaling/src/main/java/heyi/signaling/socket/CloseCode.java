package heyi.signaling.socket;

/** WebSocket close codes of the room protocol (RFC 6455 §7.4.2, private use). */
enum CloseCode {
  PROTOCOL_ERROR((short) 4000),
  TAKEN_OVER((short) 4001),
  ROOM_CLOSED((short) 4002),
  UNKNOWN_SEAT((short) 4003),
  LEFT((short) 4004);

  private final short number;

  CloseCode(short number) {
    this.number = number;
  }

  short number() {
    return number;
  }
}
