package heyi.signaling.socket;

import heyi.signaling.quality.QualityReport;
import heyi.signaling.room.RoomId;
import heyi.signaling.room.SeatId;
import java.time.Instant;

/** What a participant's page measured, for whoever keeps it. */
public record SeatQuality(RoomId room, Instant at, SeatId seat, QualityReport report) {}
