package heyi.media.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class SendQueueTest {
  private final List<Runnable> workers = new ArrayList<>();
  private final List<Integer> sent = new ArrayList<>();
  private final LongAdder overflowed = new LongAdder();

  @Test
  void packetsKeepTheirOrderAndTakeOneWorker() {
    SendQueue queue = new SendQueue(workers::add, 10, overflowed);

    add(queue, 1, 2, 3);

    assertThat(workers).hasSize(1);
    workers.getFirst().run();
    assertThat(sent).containsExactly(1, 2, 3);
  }

  @Test
  void aFullQueueDropsTheOldestAndCountsIt() {
    SendQueue queue = new SendQueue(workers::add, 2, overflowed);

    add(queue, 1, 2, 3, 4);

    workers.getFirst().run();
    assertThat(sent).containsExactly(3, 4);
    assertThat(overflowed.sum()).isEqualTo(2);
  }

  @Test
  void soundGoesFirstAndIsNotDroppedForPictures() {
    SendQueue queue = new SendQueue(workers::add, 2, overflowed);
    add(queue, 1);
    queue.addSound(() -> sent.add(10));
    add(queue, 2, 3);
    queue.addSound(() -> sent.add(11));

    workers.getFirst().run();

    assertThat(sent).containsExactly(10, 11, 2, 3);
  }

  @Test
  void anEmptiedQueueStartsAgain() {
    SendQueue queue = new SendQueue(workers::add, 2, overflowed);
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
            task -> {
              throw new RejectedExecutionException();
            },
            2,
            overflowed);

    add(queue, 1, 2, 3);

    assertThat(sent).isEmpty();
  }

  private void add(SendQueue queue, int... packets) {
    for (int packet : packets) {
      queue.add(() -> sent.add(packet));
    }
  }
}
