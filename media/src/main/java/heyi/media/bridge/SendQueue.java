package heyi.media.bridge;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Takes packets for one receiver off the receive thread, keeps their order, and never grows: when
 * it is full the oldest packet goes, because late media is worth less than new media. Sound goes
 * before pictures and is never dropped for them.
 *
 * <p><b>Threads:</b> any; tasks run on the executor, one at a time. <b>Bounds:</b> given, for sound
 * and for pictures each.
 */
final class SendQueue {
  private final Executor executor;
  private final int capacity;
  private final LongAdder overflowed;
  private final Queue<Runnable> sound = new ArrayDeque<>();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  SendQueue(Executor executor, int capacity, LongAdder overflowed) {
    this.executor = executor;
    this.capacity = capacity;
    this.overflowed = overflowed;
  }

  void addSound(Runnable send) {
    add(sound, send);
  }

  void add(Runnable send) {
    add(waiting, send);
  }

  private void add(Queue<Runnable> kind, Runnable send) {
    synchronized (waiting) {
      if (kind.size() == capacity) {
        kind.remove();
        overflowed.increment();
      }
      kind.add(send);
      if (running) {
        return;
      }
      running = true;
    }
    start();
  }

  private void start() {
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException _) {
      // The bridge is closing: nobody is there to receive.
      synchronized (waiting) {
        sound.clear();
        waiting.clear();
        running = false;
      }
    }
  }

  private void drain() {
    while (true) {
      Runnable next;
      synchronized (waiting) {
        next = sound.isEmpty() ? waiting.poll() : sound.poll();
        if (next == null) {
          running = false;
          return;
        }
      }
      next.run();
    }
  }
}
