package heyi.recording.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.recording.ObjectKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store that comes later than the server, and one that comes and refuses. */
class LateObjectStoreTest {
  private static final ObjectKey KEY = new ObjectKey("recordings/rec-1/chunks/000000.journal");

  private final UnreliableStore store = new UnreliableStore();
  private final List<StoreException> told = new ArrayList<>();
  private boolean there;
  private int openings;

  @Test
  void itIsOpenedWithTheFirstCallThatFindsItThere() {
    ObjectStore late = LateObjectStore.open(this::opened, told::add);
    assertThat(told).hasSize(1);
    assertThatThrownBy(() -> late.put(KEY, content())).isInstanceOf(StoreException.class);
    assertThat(late.lock()).isEqualTo(StoreLock.UNKNOWN);
    there = true;

    late.put(KEY, content());

    assertThat(store.stat(KEY)).isPresent();
    int before = openings;
    assertThat(late.list(new ObjectKey("recordings"))).containsExactly(KEY);
    assertThat(openings).as("opened once").isEqualTo(before);
  }

  @Test
  void oneThatIsThereAtOnceIsOpenedAtOnce() {
    there = true;

    LateObjectStore.open(this::opened, told::add);

    assertThat(openings).isOne();
    assertThat(told).isEmpty();
  }

  @Test
  void oneThatRefusesIsAMistakeOfTheSettings() {
    assertThatThrownBy(
            () ->
                LateObjectStore.open(
                    () -> {
                      throw new StoreException("access denied");
                    },
                    told::add))
        .hasMessage("access denied");
    assertThat(told).isEmpty();
  }

  private ObjectStore opened() {
    openings++;
    if (!there) {
      throw new StoreException.Unreachable("no answer", new IOException("Connection refused"));
    }
    return store;
  }

  private static ObjectContent content() {
    return ObjectContent.ofBytes(new byte[8], "application/octet-stream");
  }
}
