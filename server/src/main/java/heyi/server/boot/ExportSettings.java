package heyi.server.boot;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Reads the settings of the films. */
final class ExportSettings {
  private ExportSettings() {}

  static HeyiConfig.Exports exports(ConfigReader r) {
    Duration segment = r.duration("exports.segment", Duration.ofSeconds(60));
    if (segment.toSeconds() < 1) {
      r.refuse("exports.segment", "must be at least PT1S, found " + segment);
    }
    return new HeyiConfig.Exports(
        r.integer("exports.atOnce", 1, 1, 16),
        r.integer("exports.mostOpen", 20, 1, 1_000),
        r.integer("exports.height", 720, 180, 1_080),
        r.integer("exports.framesPerSecond", 24, 5, 30),
        r.integer("exports.videoBitsPerSecond", 1_500_000, 100_000, 20_000_000),
        segment,
        zone(r),
        r.integer("exports.threads", 2, 1, 16),
        r.integer("exports.niceness", 15, 0, 19),
        r.integer("exports.memoryMegabytes", 384, 128, 4_096),
        r.duration("exports.stall", Duration.ofMinutes(2)),
        r.duration("exports.deadline", Duration.ofHours(6)));
  }

  private static ZoneId zone(ConfigReader r) {
    String name = r.text("exports.timeZone", "Asia/Shanghai");
    try {
      return ZoneId.of(name);
    } catch (DateTimeException _) {
      r.refuse("exports.timeZone", "must be such as Asia/Shanghai, found '" + name + "'");
      return ZoneOffset.UTC;
    }
  }
}
