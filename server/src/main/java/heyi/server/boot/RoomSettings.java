package heyi.server.boot;

import heyi.server.boot.HeyiConfig.PathLimits;
import heyi.signaling.room.TranscriptLimits;
import java.time.Duration;

/** Reads the settings of the rooms. */
final class RoomSettings {
  private RoomSettings() {}

  static HeyiConfig.Rooms rooms(ConfigReader r) {
    PathLimits fair = pathLimits(r, "rooms.quality.fairAbove", new PathLimits(250, 50, 30));
    PathLimits poor = pathLimits(r, "rooms.quality.poorAbove", new PathLimits(500, 100, 100));
    if (poor.rttMillis() < fair.rttMillis()
        || poor.jitterMillis() < fair.jitterMillis()
        || poor.lossPermille() < fair.lossPermille()) {
      r.refuse("rooms.quality.poorAbove", "must not be below rooms.quality.fairAbove");
    }
    return new HeyiConfig.Rooms(
        r.integer("rooms.openAtOnce", 1_000, 1, 100_000),
        r.integer("rooms.messagesPerSecond", 30, 5, 1_000),
        r.duration("rooms.reconnectGrace", Duration.ofSeconds(15)),
        r.duration("rooms.absentAfter", Duration.ofSeconds(5)),
        new HeyiConfig.Quality(
            r.duration("rooms.quality.reportEvery", Duration.ofSeconds(2)), fair, poor),
        transcript(r));
  }

  private static TranscriptLimits transcript(ConfigReader r) {
    TranscriptLimits usual = TranscriptLimits.DEFAULT;
    return new TranscriptLimits(
        r.integer("rooms.transcript.entries", usual.entries(), 1, TranscriptLimits.MAX_ENTRIES),
        r.integer(
            "rooms.transcript.textLength", usual.textLength(), 1, TranscriptLimits.MAX_TEXT_LENGTH),
        r.integer("rooms.transcript.perMinute", usual.perMinute(), 1, 10_000));
  }

  private static PathLimits pathLimits(ConfigReader r, String key, PathLimits usual) {
    return new PathLimits(
        r.integer(key + ".rttMillis", usual.rttMillis(), 1, 60_000),
        r.integer(key + ".jitterMillis", usual.jitterMillis(), 1, 60_000),
        r.integer(key + ".lossPermille", usual.lossPermille(), 1, 1_000));
  }
}
