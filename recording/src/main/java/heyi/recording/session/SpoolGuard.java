package heyi.recording.session;

import heyi.recording.chunk.SpoolRoom;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the disk again and again while something is recorded, and lets everybody rest when there
 * is no room.
 *
 * <p><b>Threads:</b> one Vert.x context; {@link #level} from any.
 */
final class SpoolGuard {
  /**
   * Ten full videos write ten megabytes in this time; the free space kept is a hundred times that.
   */
  private static final long LOOK_MILLIS = 2000;

  private static final Logger LOG = LoggerFactory.getLogger(SpoolGuard.class);

  private final Vertx vertx;
  private final BlockingTasks blocking;
  private final Path spools;
  private final SpoolRoom room;
  private final Supplier<Collection<ActiveRecording>> running;
  private volatile SpoolRoom.Level level = new SpoolRoom.Level(0, Long.MAX_VALUE);
  private volatile boolean pressed;
  private boolean looking;

  SpoolGuard(
      Vertx vertx,
      BlockingTasks blocking,
      Path spools,
      SpoolRoom room,
      Supplier<Collection<ActiveRecording>> running) {
    this.vertx = vertx;
    this.blocking = blocking;
    this.spools = spools;
    this.room = room;
    this.running = running;
  }

  void start() {
    vertx.setPeriodic(LOOK_MILLIS, timer -> look());
  }

  /** What was found last. */
  SpoolRoom.Level level() {
    return level;
  }

  /** Whether nothing more may be recorded. */
  boolean pressed() {
    return pressed;
  }

  private void look() {
    if (looking || (running.get().isEmpty() && !pressed)) {
      return;
    }
    looking = true;
    blocking
        .run(vertx.getOrCreateContext(), () -> SpoolRoom.measure(spools))
        .onSuccess(this::found)
        .onFailure(failure -> LOG.error("the spool cannot be measured", failure))
        .onComplete(done -> looking = false);
  }

  private void found(SpoolRoom.Level now) {
    level = now;
    Optional<String> pressure = room.pressure(now);
    if (pressure.isPresent()) {
      if (!pressed) {
        LOG.error("no room for recordings cause={} {}", pressure.get(), now);
      }
      pressed = true;
      running.get().forEach(recording -> recording.press(pressure.get(), now));
    } else if (pressed && room.relieved(now)) {
      LOG.info("room for recordings again {}", now);
      pressed = false;
      running.get().forEach(recording -> recording.relieve(now));
    }
  }
}
