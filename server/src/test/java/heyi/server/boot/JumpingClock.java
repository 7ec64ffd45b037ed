package heyi.server.boot;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A wall clock that another process sets: a file holds by how many milliseconds it is ahead. What
 * runs on it believes it, as it would believe the machine's.
 */
final class JumpingClock implements InstantSource {
  private final MappedByteBuffer aheadMillis;

  private JumpingClock(MappedByteBuffer aheadMillis) {
    this.aheadMillis = aheadMillis;
  }

  /** Opens the clock in a file; a new one goes right. */
  static JumpingClock open(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new JumpingClock(channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES));
    }
  }

  /** Sets it from one moment to the next; negative sets it back. */
  void jump(Duration by) {
    aheadMillis.putLong(0, aheadMillis.getLong(0) + by.toMillis());
  }

  /** How far it is ahead of the machine's. */
  Duration ahead() {
    return Duration.ofMillis(aheadMillis.getLong(0));
  }

  @Override
  public Instant instant() {
    return Clock.systemUTC().instant().plus(ahead());
  }
}
