package heyi.media.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class SendQueueTest {
  private final List<Runnable> workers = new ArrayList<>();
  private final List<Runnable> alarms = new ArrayList<>();
  private final List<Long> alarmNanos = new ArrayList<>();
  private final List<Integer> sent = new ArrayList<>();
  private final LongAdder overflowed = new LongAdder();
  private long wait;

  private SendQueue queue(int capacity) {
    return new SendQueue(
        new SendQueue.Workers(
            workers::add,
            (nanos, call) -> {
              alarmNanos.add(nanos);
              alarms.add(call);
            }),
        capacity,
        overflowed,
        () -> wait);
  }

  @Test
  void packetsKeepTheirOrderAndTakeOneWorker() {
    SendQueue queue = queue(10);

    add(queue, 1, 2, 3);

    assertThat(workers).hasSize(1);
    workers.getFirst().run();
    assertThat(sent).containsExactly(1, 2, 3);
  }

  @Test
  void aFullQueueDropsTheOldestAndCountsIt() {
    SendQueue queue = queue(2);

    add(queue, 1, 2, 3, 4);

    assertThat(queue.pictureBytes()).isEqualTo(70);
    workers.getFirst().run();
    assertThat(sent).containsExactly(3, 4);
    assertThat(overflowed.sum()).isEqualTo(2);
    assertThat(queue.pictureBytes()).isZero();
  }

  @Test
  void soundGoesFirstAndIsNotDroppedForPictures() {
    SendQueue queue = queue(2);
    add(queue, 1);
    queue.addSound(() -> sent.add(10));
    add(queue, 2, 3);
    queue.addSound(() -> sent.add(11));

    workers.getFirst().run();

    assertThat(sent).containsExactly(10, 11, 2, 3);
  }

  @Test
  void onANarrowLinePicturesWaitAndSoundDoesNot() {
    SendQueue queue = queue(10);
    wait = 7;
    add(queue, 1, 2);
    workers.removeFirst().run();
    assertThat(sent).isEmpty();
    assertThat(alarmNanos).containsExactly(7L);

    queue.addSound(() -> sent.add(10));
    add(queue, 3);
    workers.removeFirst().run();
    assertThat(sent).containsExactly(10);
    assertThat(alarmNanos).as("one is enough").hasSize(1);

    wait = 0;
    alarms.removeFirst().run();
    workers.removeFirst().run();
    assertThat(sent).containsExactly(10, 1, 2, 3);
    assertThat(workers).isEmpty();
  }

  @Test
  void anEmptiedQueueStartsAgain() {
    SendQueue queue = queue(2);
    add(queue, 1);
    workers.getFirst().run();

    add(queue, 2);

    workers.getLast().run();
    assertThat(sent).containsExactly(1, 2);
  }

  @Test
  void aBridgeThatIsClosingDropsQuietly() {
    SendQueue queue =
        new SendQueue(
            new SendQueue.Workers(
                task -> {
                  throw new RejectedExecutionException();
                },
                (nanos, call) -> alarms.add(call)),
            2,
            overflowed,
            () -> wait);

    add(queue, 1, 2, 3);

    assertThat(sent).isEmpty();
    assertThat(queue.pictureBytes()).isZero();
  }

  /** Each is ten times its number of bytes long. */
  private void add(SendQueue queue, int... packets) {
    for (int packet : packets) {
      queue.addPicture(10 * packet, () -> sent.add(packet));
    }
  }
}
