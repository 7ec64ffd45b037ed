package heyi.recording.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.recording.ObjectKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that stays away or lies, and another one that does not. */
@DisplayName("R26: an object is stored when it can be read back as it was")
final class TwoTargetStoreTest {
  private static final ObjectKey KEY = new ObjectKey("recordings/rec-1/chunks/000000.journal");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final UnreliableStore first = new UnreliableStore();
  private Instant now = Instant.parse("2026-11-21T01:00:00Z");
  private final List<TwoTargetStore.Diverted> diverted = new ArrayList<>();
  private ObjectStore second;
  private TwoTargetStore both;

  @BeforeEach
  void make(@TempDir Path directory) {
    second = new DirectoryObjectStore(directory);
    both =
        new TwoTargetStore(
            new ReadBackStore(first),
            new ReadBackStore(second),
            PATIENCE,
            () -> now,
            diverted::add);
  }

  @Test
  void aShortAbsenceIsWaitedFor() {
    first.away(true);
    assertThatThrownBy(() -> both.put(KEY, content())).hasMessageContaining("no answer");
    now = now.plus(PATIENCE.minusMillis(1));
    assertThatThrownBy(() -> both.put(KEY, content())).hasMessageContaining("no answer");

    first.away(false);
    both.put(KEY, content());

    assertThat(first.stat(KEY)).isPresent();
    assertThat(second.stat(KEY)).isEmpty();
    assertThat(diverted).isEmpty();
  }

  @Test
  void aLongAbsenceSendsObjectsToTheSecondStoreAndSaysSo() throws IOException {
    first.away(true);
    assertThatThrownBy(() -> both.put(KEY, content())).isInstanceOf(StoreException.class);
    now = now.plus(PATIENCE);

    both.put(KEY, content());
    both.put(KEY, content());

    assertThat(diverted).containsExactly(new TwoTargetStore.Diverted(KEY, "no answer"));
    assertThat(both.stat(KEY)).isPresent();
    try (var in = both.read(KEY)) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("evidence");
    }
  }

  @Test
  void aSecondStoreThatIsAwayHidesNothingOfTheFirst() throws IOException {
    UnreliableStore other = new UnreliableStore();
    TwoTargetStore pair = new TwoTargetStore(first, other, PATIENCE, () -> now, diverted::add);
    pair.put(KEY, content());
    other.away(true);

    assertThat(pair.stat(KEY)).isPresent();
    try (var in = pair.read(KEY)) {
      assertThat(in.readAllBytes()).hasSize(8);
    }
    assertThatThrownBy(() -> pair.stat(KEY.child("a")))
        .as("it may be in the second")
        .isInstanceOf(StoreException.Unreachable.class);
  }

  @Test
  void anAbsenceIsCountedAnewAfterTheStoreWasThere() {
    first.away(true);
    assertThatThrownBy(() -> both.put(KEY, content())).isInstanceOf(StoreException.class);
    now = now.plus(PATIENCE);
    first.away(false);
    both.put(KEY.child("a"), content());
    first.away(true);

    assertThatThrownBy(() -> both.put(KEY.child("b"), content()))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void whatTheFirstStoreDoesNotGiveBackGoesToTheSecondAtOnce() throws IOException {
    first.keepingNothing();

    both.put(KEY, content());

    assertThat(diverted).hasSize(1);
    try (var in = both.read(KEY)) {
      assertThat(in.readAllBytes()).hasSize(8);
    }
  }

  @Test
  void aStoreThatKeepsNothingIsNotBelieved() {
    first.keepingNothing();
    ReadBackStore checked = new ReadBackStore(first);

    assertThatThrownBy(() -> checked.put(KEY, content()))
        .isInstanceOf(StoreException.ContentMismatch.class);
    assertThatThrownBy(() -> checked.put(KEY, content()))
        .as("nor the second time")
        .isInstanceOf(StoreException.ContentMismatch.class);
  }

  @Test
  void changedContentIsRefusedAndNotDiverted() {
    both.put(KEY, content());

    assertThatThrownBy(() -> both.put(KEY, ObjectContent.ofBytes(new byte[1], "x/y")))
        .isInstanceOf(StoreException.WriteOnceViolation.class);
    assertThat(diverted).isEmpty();
  }

  @Test
  void bothStoresAreListed() {
    both.put(KEY, content());
    first.away(true);
    ObjectKey other = new ObjectKey("recordings/rec-1/chunks/000001.journal");
    assertThatThrownBy(() -> both.put(other, content())).isInstanceOf(StoreException.class);
    now = now.plus(PATIENCE);
    both.put(other, content());
    first.away(false);

    assertThat(both.list(new ObjectKey("recordings"))).containsExactly(KEY, other);
  }

  @Test
  void whileOneIsAwayThePartThatIsSeenIsNotTakenForTheWhole() {
    UnreliableStore other = new UnreliableStore();
    TwoTargetStore pair = new TwoTargetStore(first, other, PATIENCE, () -> now, diverted::add);
    pair.put(KEY, content());
    ObjectKey all = new ObjectKey("recordings");
    assertThat(pair.listing(all)).isEqualTo(new Listing(List.of(KEY), ""));

    other.away(true);
    assertThatThrownBy(() -> pair.list(all)).isInstanceOf(StoreException.Unreachable.class);
    assertThat(pair.listing(all).keys()).containsExactly(KEY);
    assertThat(pair.listing(all).whole()).isFalse();
    assertThat(pair.listing(all).unseen()).contains("one of two stores is away");

    first.away(true);
    assertThatThrownBy(() -> pair.listing(all)).isInstanceOf(StoreException.Unreachable.class);
  }

  private static ObjectContent content() {
    return ObjectContent.ofBytes("evidence".getBytes(StandardCharsets.UTF_8), "text/plain");
  }
}
