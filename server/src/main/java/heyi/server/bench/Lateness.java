package heyi.server.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * How late a thread of this process is that wants to wake every millisecond and does nothing: what
 * the machine and the collector add to any delay measured beside it, whatever the bridge does.
 *
 * <p><b>Threads:</b> one of its own until it is closed. <b>Bounds:</b> a thousand values a second.
 */
final class Lateness implements AutoCloseable {
  private static final long WAIT_NANOS = 1_000_000;

  private final List<Duration> late = new ArrayList<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("lateness").unstarted(this::run);
  private volatile boolean closed;

  static Lateness start() {
    Lateness started = new Lateness();
    started.thread.start();
    return started;
  }

  private void run() {
    long due = System.nanoTime();
    while (!closed) {
      // Every millisecond counts, also those that a pause made it miss.
      due += WAIT_NANOS;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      Duration value = Duration.ofNanos(System.nanoTime() - due);
      synchronized (late) {
        late.add(value);
      }
    }
  }

  /** Sorted; forgets what it gave. */
  List<Duration> take() {
    synchronized (late) {
      List<Duration> taken = late.stream().sorted().toList();
      late.clear();
      return taken;
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
