package heyi.media.pool;

import heyi.media.colibri2.BridgeId;
import heyi.media.colibri2.BridgeLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the pool knows of one bridge. A value: each thing that happens makes the next one.
 *
 * @param id which bridge
 * @param configuredRegion wins over the bridge's own word
 * @param standing what the pool thinks of it
 * @param failures failed checks in a row
 * @param silences failed checks without any answer, in a row
 * @param successes good checks in a row
 * @param draining an operator drains it
 * @param load its last word
 * @param checkedAt when it gave it
 * @param rooms that this node has on it
 * @param recent when rooms were placed that the bridge's figures may not show yet
 * @param roomsLost rooms that had to leave it
 * @param warmth whether it is at its usual speed; after any silence nobody knows whether it is
 *     still the same process
 * @param warmUpFrom a warm-up that failed is repeated then; null allows one at once
 */
record BridgeMember(
    BridgeId id,
    @Nullable String configuredRegion,
    BridgeStanding standing,
    int failures,
    int silences,
    int successes,
    boolean draining,
    @Nullable BridgeLoad load,
    @Nullable Instant checkedAt,
    int rooms,
    List<Instant> recent,
    long roomsLost,
    BridgeWarmth warmth,
    @Nullable Instant warmUpFrom) {
  /**
   * What a room adds to the stress of a bridge until the bridge's own figures show it: three people
   * and the recorder at a hundredth each, which is Jitsi's own estimate for a participant.
   */
  static final double STRESS_PER_ROOM = 0.04;

  /** People come one after the other, and figures lag by five seconds. */
  static final Duration RAMP_UP = Duration.ofSeconds(20);

  /** How a check failed. */
  enum Failure {
    /** It answered, but not well. */
    SICK,
    /** It did not answer. */
    SILENT
  }

  BridgeMember {
    recent = List.copyOf(recent);
  }

  static BridgeMember unknown(BridgeId id, @Nullable String region) {
    return new BridgeMember(
        id,
        region,
        BridgeStanding.UNKNOWN,
        0,
        0,
        0,
        false,
        null,
        null,
        0,
        List.of(),
        0,
        BridgeWarmth.COLD,
        null);
  }

  @Nullable String region() {
    return configuredRegion != null || load == null ? configuredRegion : load.region();
  }

  boolean isDraining() {
    return draining || load != null && load.draining();
  }

  boolean isAccepting() {
    return standing == BridgeStanding.HEALTHY && !isDraining();
  }

  /** Nothing was heard of it for as many checks as put it out: its rooms are to move. */
  boolean isLost(PoolOptions options) {
    return standing == BridgeStanding.OUT && silences >= options.failedChecks();
  }

  /** Its own figure, and an estimate for the rooms that it does not show yet. */
  double stress(Instant now) {
    long unseen = recent.stream().filter(at -> isRecent(at, now)).count();
    return (load == null ? 0 : load.stress()) + unseen * STRESS_PER_ROOM;
  }

  private static boolean isRecent(Instant placed, Instant now) {
    return placed.plus(RAMP_UP).isAfter(now);
  }

  BridgeMember answered(BridgeLoad word, Instant at, PoolOptions options) {
    int good = successes + 1;
    boolean back = standing != BridgeStanding.OUT || good >= options.goodChecks();
    return new BridgeMember(
        id,
        configuredRegion,
        back ? BridgeStanding.HEALTHY : BridgeStanding.OUT,
        0,
        0,
        good,
        draining,
        word,
        at,
        rooms,
        recent.stream().filter(placed -> isRecent(placed, at)).toList(),
        roomsLost,
        warmth,
        warmUpFrom);
  }

  BridgeMember failed(Failure failure, PoolOptions options) {
    int bad = failures + 1;
    BridgeStanding next =
        bad >= options.failedChecks()
            ? BridgeStanding.OUT
            : switch (standing) {
              case HEALTHY, SUSPECT -> BridgeStanding.SUSPECT;
              case UNKNOWN -> BridgeStanding.UNKNOWN;
              case OUT -> BridgeStanding.OUT;
            };
    return failure == Failure.SILENT
        ? with(next, bad, silences + 1, 0).withWarmth(BridgeWarmth.COLD, null)
        : with(next, bad, 0, 0);
  }

  /** A room lost it: two witnesses suffice, so one failed check more puts it out. */
  BridgeMember suspected(PoolOptions options) {
    if (standing != BridgeStanding.HEALTHY && standing != BridgeStanding.SUSPECT) {
      return this;
    }
    int almost = options.failedChecks() - 1;
    return with(BridgeStanding.SUSPECT, almost, almost, 0);
  }

  private BridgeMember with(BridgeStanding next, int bad, int silent, int good) {
    return new BridgeMember(
        id,
        configuredRegion,
        next,
        bad,
        silent,
        good,
        draining,
        load,
        checkedAt,
        rooms,
        recent,
        roomsLost,
        warmth,
        warmUpFrom);
  }

  BridgeMember drained(boolean on) {
    return new BridgeMember(
        id,
        configuredRegion,
        standing,
        failures,
        silences,
        successes,
        on,
        load,
        checkedAt,
        rooms,
        recent,
        roomsLost,
        warmth,
        warmUpFrom);
  }

  BridgeMember placed(Instant at) {
    List<Instant> more = new ArrayList<>(recent);
    more.removeIf(placed -> !isRecent(placed, at));
    more.add(at);
    return withRooms(rooms + 1, more, roomsLost);
  }

  BridgeMember released() {
    return withRooms(rooms - 1, recent, roomsLost);
  }

  BridgeMember releasedLost() {
    return withRooms(rooms - 1, recent, roomsLost + 1);
  }

  private BridgeMember withRooms(int count, List<Instant> placements, long lost) {
    return new BridgeMember(
        id,
        configuredRegion,
        standing,
        failures,
        silences,
        successes,
        draining,
        load,
        checkedAt,
        count,
        placements,
        lost,
        warmth,
        warmUpFrom);
  }

  /**
   * Whether to warm it up now. One that an operator drains here is warmed up for when he takes that
   * back; one that drains by its own word may be about to stop.
   */
  boolean isToBeWarmedUp(Instant now) {
    return standing == BridgeStanding.HEALTHY
        && (load == null || !load.draining())
        && warmth == BridgeWarmth.COLD
        && (warmUpFrom == null || !warmUpFrom.isAfter(now));
  }

  BridgeMember warmingUp() {
    return withWarmth(BridgeWarmth.WARMING, null);
  }

  /** Of no account when the bridge fell silent meanwhile. */
  BridgeMember warmedUp() {
    return warmth == BridgeWarmth.WARMING ? withWarmth(BridgeWarmth.WARM, null) : this;
  }

  /** As above. */
  BridgeMember notWarmedUp(Instant tryAgain) {
    return warmth == BridgeWarmth.WARMING ? withWarmth(BridgeWarmth.COLD, tryAgain) : this;
  }

  private BridgeMember withWarmth(BridgeWarmth next, @Nullable Instant from) {
    return new BridgeMember(
        id,
        configuredRegion,
        standing,
        failures,
        silences,
        successes,
        draining,
        load,
        checkedAt,
        rooms,
        recent,
        roomsLost,
        next,
        from);
  }
}
