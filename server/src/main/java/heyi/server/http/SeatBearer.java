package heyi.server.http;

/** The caller holds this seat of this session. */
public record SeatBearer(String sessionId, String seatId) {}
