package heyi.media.bridge;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes packets for one receiver off the receive thread, keeps their order, and never grows: when
 * it is full the oldest packet goes, because late media is worth less than new media. Sound goes
 * before pictures, is never dropped for them, and never waits: on a narrow line pictures do.
 *
 * <p><b>Threads:</b> any; tasks run on the executor, one at a time. <b>Bounds:</b> given, for sound
 * and for pictures each.
 */
final class SendQueue {
  private final Workers workers;
  private final int capacity;
  private final LongAdder overflowed;
  private final LongSupplier pictureWaitNanos;
  private final Queue<Runnable> sound = new ArrayDeque<>();
  private final Queue<Picture> pictures = new ArrayDeque<>();
  private long pictureBytes;
  private boolean running;
  private boolean alarmed;

  /**
   * Who does the sending.
   *
   * @param now runs a task at once
   * @param alarm calls when some time is over
   */
  record Workers(Executor now, Alarm alarm) {}

  /** Calls when some nanoseconds are over. */
  @FunctionalInterface
  interface Alarm {
    void in(long nanos, Runnable call);
  }

  private record Picture(int bytes, Runnable send) {}

  /**
   * Makes an empty queue.
   *
   * @param pictureWaitNanos how long the next picture is to wait; 0 when it may go
   */
  SendQueue(Workers workers, int capacity, LongAdder overflowed, LongSupplier pictureWaitNanos) {
    this.workers = workers;
    this.capacity = capacity;
    this.overflowed = overflowed;
    this.pictureWaitNanos = pictureWaitNanos;
  }

  /** Sends before any picture that waits. */
  void addSound(Runnable send) {
    synchronized (pictures) {
      if (sound.size() == capacity) {
        sound.remove();
        overflowed.increment();
      }
      sound.add(send);
      if (running) {
        return;
      }
      running = true;
    }
    start();
  }

  void addPicture(int bytes, Runnable send) {
    synchronized (pictures) {
      if (pictures.size() == capacity) {
        pictureBytes -= pictures.remove().bytes();
        overflowed.increment();
      }
      pictures.add(new Picture(bytes, send));
      pictureBytes += bytes;
      if (running || alarmed) {
        return;
      }
      running = true;
    }
    start();
  }

  /** Bytes of the pictures that wait. */
  long pictureBytes() {
    synchronized (pictures) {
      return pictureBytes;
    }
  }

  private void start() {
    try {
      workers.now().execute(this::drain);
    } catch (RejectedExecutionException _) {
      close();
    }
  }

  /** The bridge is closing: nobody is there to receive. */
  private void close() {
    synchronized (pictures) {
      sound.clear();
      pictures.clear();
      pictureBytes = 0;
      running = false;
      alarmed = false;
    }
  }

  private void drain() {
    for (Runnable next = next(); next != null; next = next()) {
      next.run();
    }
  }

  /** Null when nothing is to be sent now: whoever adds something starts again, or the alarm. */
  private @Nullable Runnable next() {
    final long wait;
    synchronized (pictures) {
      if (!sound.isEmpty()) {
        return sound.remove();
      }
      wait = pictures.isEmpty() ? 0 : pictureWaitNanos.getAsLong();
      if (wait <= 0 && !pictures.isEmpty()) {
        final Picture picture = pictures.remove();
        pictureBytes -= picture.bytes();
        return picture.send();
      }
      running = false;
      if (wait <= 0 || alarmed) {
        return null;
      }
      alarmed = true;
    }
    alarm(wait);
    return null;
  }

  private void alarm(long nanos) {
    try {
      workers.alarm().in(nanos, this::timeIsOver);
    } catch (RejectedExecutionException _) {
      close();
    }
  }

  private void timeIsOver() {
    synchronized (pictures) {
      alarmed = false;
      if (running || pictures.isEmpty()) {
        return;
      }
      running = true;
    }
    start();
  }
}
