package heyi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 3550 appendix A.1")
class SequenceWindowTest {
  private final SequenceWindow window = new SequenceWindow();

  private boolean add(int sequenceNumber) {
    return window.add(window.extend(sequenceNumber));
  }

  @Test
  void numbersGoOnOverTheWrapAround() {
    add(65_535);
    add(0);

    assertThat(window.highest()).isEqualTo(2 * 65_536L);
  }

  @Test
  void aNumberIsNewOnce() {
    assertThat(add(10)).isTrue();
    assertThat(add(10)).isFalse();
    assertThat(add(12)).isTrue();
    assertThat(add(11)).isTrue();
    assertThat(add(11)).isFalse();
  }

  @Test
  void aNumberBeforeTheFirstIsNewToo() {
    assertThat(add(0)).isTrue();
    assertThat(add(65_535)).isTrue();
    assertThat(add(65_535)).isFalse();
  }

  @Test
  void numbersOlderThanTheWindowAreNotKnownToBeNew() {
    add(5000);

    assertThat(add(5000 - SequenceWindow.SIZE)).isFalse();
    assertThat(add(5000 - SequenceWindow.SIZE + 1)).isTrue();
  }

  @Test
  void aSlotIsFreeAgainAfterOneRound() {
    add(100);
    add(101);
    add(100 + SequenceWindow.SIZE - 1);
    add(100 + SequenceWindow.SIZE + 5);

    assertThat(add(100 + SequenceWindow.SIZE)).isTrue();
    assertThat(add(100 + SequenceWindow.SIZE + 1)).isTrue();
  }
}
