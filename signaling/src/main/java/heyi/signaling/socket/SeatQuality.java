package heyi.signaling.socket;

import heyi.signaling.quality.QualityLevel;
import heyi.signaling.quality.QualityReport;
import heyi.signaling.room.RoomId;
import heyi.signaling.room.SeatId;
import java.time.Instant;

/**
 * What a participant's page measured, for whoever keeps it.
 *
 * @param room where
 * @param at when it came
 * @param seat whose network it is
 * @param level the bars
 * @param report all that was measured
 */
public record SeatQuality(
    RoomId room, Instant at, SeatId seat, QualityLevel level, QualityReport report) {}
