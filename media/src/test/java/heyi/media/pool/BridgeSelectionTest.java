package heyi.media.pool;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.colibri2.BridgeId;
import heyi.media.colibri2.BridgeLoad;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** The least stressed healthy bridge wins; the region is preferred; a storm of rooms spreads. */
class BridgeSelectionTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final String HOME = "shanghai";

  @Provide
  Arbitrary<List<BridgeMember>> pools() {
    Arbitrary<BridgeMember> member =
        Combinators.combine(
                Arbitraries.integers().between(1, 1_000),
                Arbitraries.doubles().between(0, 1.2),
                Arbitraries.of("", HOME, "beijing"),
                Arbitraries.of(true, false),
                Arbitraries.of(true, false),
                Arbitraries.of(BridgeStanding.values()),
                Arbitraries.integers().between(0, 30),
                Arbitraries.of(BridgeWarmth.values()))
            .as(BridgeSelectionTest::member);
    return member.list().ofMaxSize(6).uniqueElements(BridgeMember::id);
  }

  private static BridgeMember member(
      int number,
      double stress,
      String region,
      boolean drained,
      boolean drainsItself,
      BridgeStanding standing,
      int rooms,
      BridgeWarmth warmth) {
    return new BridgeMember(
        new BridgeId("jvb-" + number),
        region.isEmpty() ? null : region,
        standing,
        0,
        0,
        1,
        drained,
        new BridgeLoad(stress, 0, 0, drainsItself, "2.3", null),
        NOW,
        rooms,
        List.of(),
        0,
        warmth,
        null);
  }

  private static BridgeMember healthy(String id, double stress, @Nullable String region) {
    BridgeLoad load = new BridgeLoad(stress, 0, 0, false, "2.3", region);
    return BridgeMember.unknown(new BridgeId(id), null).answered(load, NOW, PoolOptions.DEFAULT);
  }

  @Property
  void onlyAHealthyBridgeThatDoesNotDrainIsChosen(@ForAll("pools") List<BridgeMember> pool) {
    var chosen = BridgeSelection.choose(pool, HOME, Set.of(), NOW);

    assertThat(chosen.isPresent()).isEqualTo(pool.stream().anyMatch(BridgeMember::isAccepting));
    chosen.ifPresent(
        bridge -> {
          assertThat(bridge.standing()).isEqualTo(BridgeStanding.HEALTHY);
          assertThat(bridge.isDraining()).isFalse();
        });
  }

  @Property
  void noBridgeOfTheSameMeritIsLessStressed(@ForAll("pools") List<BridgeMember> pool) {
    BridgeSelection.choose(pool, HOME, Set.of(), NOW)
        .ifPresent(
            chosen ->
                assertThat(
                        pool.stream()
                            .filter(BridgeMember::isAccepting)
                            .filter(b -> isWarm(b) == isWarm(chosen))
                            .filter(b -> HOME.equals(b.region()) == HOME.equals(chosen.region())))
                    .noneMatch(b -> b.stress(NOW) < chosen.stress(NOW)));
  }

  @Property
  void aForeignBridgeIsChosenOnlyWhenAllAtHomeAreOverloadedOrColder(
      @ForAll("pools") List<BridgeMember> pool) {
    BridgeSelection.choose(pool, HOME, Set.of(), NOW)
        .filter(chosen -> !HOME.equals(chosen.region()))
        .ifPresent(
            foreign ->
                assertThat(
                        pool.stream()
                            .filter(BridgeMember::isAccepting)
                            .filter(b -> isWarm(b) || !isWarm(foreign))
                            .filter(b -> HOME.equals(b.region())))
                    .allMatch(b -> b.stress(NOW) >= BridgeSelection.OVERLOAD));
  }

  private static boolean isWarm(BridgeMember bridge) {
    return bridge.warmth() == BridgeWarmth.WARM;
  }

  @Property
  void aColdBridgeIsChosenOnlyWhenNoneIsWarm(@ForAll("pools") List<BridgeMember> pool) {
    BridgeSelection.choose(pool, HOME, Set.of(), NOW)
        .filter(chosen -> !isWarm(chosen))
        .ifPresent(
            cold ->
                assertThat(pool.stream().filter(BridgeMember::isAccepting))
                    .noneMatch(BridgeSelectionTest::isWarm));
  }

  @Property
  void roomsThatComeAtOnceSpreadOverEqualBridges(
      @ForAll @IntRange(min = 1, max = 6) int bridges,
      @ForAll @IntRange(min = 1, max = 60) int rooms) {
    Map<BridgeId, BridgeMember> pool = new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
    for (int i = 0; i < bridges; i++) {
      BridgeMember bridge = healthy("jvb-" + i, 0.1, null);
      pool.put(bridge.id(), bridge);
    }

    for (int i = 0; i < rooms; i++) {
      BridgeMember chosen =
          BridgeSelection.choose(pool.values(), null, Set.of(), NOW).orElseThrow();
      pool.put(chosen.id(), chosen.placed(NOW));
    }

    List<Integer> counts = pool.values().stream().map(BridgeMember::rooms).sorted().toList();
    assertThat(counts.getLast() - counts.getFirst()).isLessThanOrEqualTo(1);
  }

  @Example
  void roomsThatTheFiguresDoNotShowYetCount() {
    BridgeMember quiet = healthy("jvb-1", 0.10, null);
    BridgeMember busier = healthy("jvb-2", 0.15, null);
    List<BridgeMember> pool = new ArrayList<>(List.of(quiet.placed(NOW).placed(NOW), busier));

    assertThat(BridgeSelection.choose(pool, null, Set.of(), NOW)).contains(busier);
    assertThat(BridgeSelection.choose(pool, null, Set.of(), NOW.plus(BridgeMember.RAMP_UP)))
        .contains(pool.getFirst());
  }

  @Property
  void anAvoidedBridgeIsChosenOnlyWhenThereIsNoOther(
      @ForAll("pools") List<BridgeMember> pool, @ForAll int seed) {
    Set<BridgeId> avoided = new HashSet<>();
    for (BridgeMember bridge : pool) {
      if ((bridge.id().hashCode() ^ seed) % 2 == 0) {
        avoided.add(bridge.id());
      }
    }

    BridgeSelection.choose(pool, HOME, avoided, NOW)
        .filter(chosen -> avoided.contains(chosen.id()))
        .ifPresent(
            chosen ->
                assertThat(pool.stream().filter(BridgeMember::isAccepting))
                    .allMatch(bridge -> avoided.contains(bridge.id())));
  }
}
