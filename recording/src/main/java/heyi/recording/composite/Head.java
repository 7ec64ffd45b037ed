package heyi.recording.composite;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The line above everybody: case, time of the session, time on the wall with its zone.
 *
 * <p><b>Threads:</b> one.
 */
final class Head {
  private static final DateTimeFormatter WALL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'xxx", Locale.ROOT);

  private final CompositePlan plan;
  private final Lettering lettering;
  private final Tile tile;
  private @Nullable String drawn;

  Head(CompositePlan plan, Lettering lettering, Tile tile) {
    this.plan = plan;
    this.lettering = lettering;
    this.tile = tile;
  }

  /** Brings the line up to date. */
  void draw(Canvas canvas, long millis) {
    String clocks = clocks(plan, millis);
    if (!clocks.equals(drawn)) {
      lettering
          .header(plan.caption(), clocks, tile.width(), tile.height())
          .over(canvas, tile.x(), tile.y(), tile);
      drawn = clocks;
    }
  }

  /** Both clocks at a time of the session. */
  static String clocks(CompositePlan plan, long millis) {
    Duration session = Duration.ofMillis(millis);
    return String.format(
        Locale.ROOT,
        "会话 %02d:%02d:%02d   %s",
        session.toHours(),
        session.toMinutesPart(),
        session.toSecondsPart(),
        WALL.format(ZonedDateTime.ofInstant(plan.start().plusMillis(millis), plan.zone())));
  }
}
