package heyi.media.pool;

import heyi.media.colibri2.BridgeId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which bridge a new room gets: the least stressed one that accepts rooms; one of the preferred
 * region as long as there is one that is not overloaded; a cold one only when none is warm.
 */
final class BridgeSelection {
  /** Above this, quality suffers; a longer way to another region is the smaller evil then. */
  static final double OVERLOAD = 0.8;

  private BridgeSelection() {}

  /**
   * Chooses.
   *
   * @param avoided are chosen only when there is no other
   */
  static Optional<BridgeMember> choose(
      Collection<BridgeMember> bridges,
      @Nullable String region,
      Set<BridgeId> avoided,
      Instant now) {
    Comparator<BridgeMember> order =
        Comparator.comparing((BridgeMember bridge) -> avoided.contains(bridge.id()))
            .thenComparing(bridge -> bridge.warmth() != BridgeWarmth.WARM)
            .thenComparing(bridge -> bridge.stress(now) >= OVERLOAD)
            .thenComparing(bridge -> region == null || !region.equals(bridge.region()))
            .thenComparing(bridge -> bridge.stress(now))
            .thenComparing(BridgeMember::rooms)
            .thenComparing(bridge -> bridge.id().value());
    Stream<BridgeMember> accepting = bridges.stream().filter(BridgeMember::isAccepting);
    return accepting.min(order);
  }
}
