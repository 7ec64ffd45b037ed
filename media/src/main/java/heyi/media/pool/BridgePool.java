package heyi.media.pool;

import heyi.media.colibri2.BridgeHealth;
import heyi.media.colibri2.BridgeId;
import heyi.media.colibri2.BridgeLoad;
import heyi.media.pool.BridgeMember.Failure;
import heyi.media.pool.Placement.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bridges of this node. It asks each one regularly how it is ({@code /about/health}, {@code
 * /colibri/stats}), gives rooms to the least stressed healthy one, and says when one is lost.
 *
 * <p>A bridge that fails is out after some checks in a row, or after one when a room saw it fail;
 * it comes back by itself. A draining one keeps its rooms and gets no new ones. One that has just
 * come, or come back, is warmed up and gets rooms meanwhile only when there is no warm one.
 *
 * <p><b>Threads:</b> any. The lock guards the members and is held for no I/O; listeners are called
 * without it, on an event loop. <b>Bounds:</b> one check and one warm-up of a bridge are under way
 * at a time.
 */
public final class BridgePool {
  private static final Logger LOG = LoggerFactory.getLogger(BridgePool.class);

  private final Vertx vertx;
  private final InstantSource clock;
  private final PoolOptions options;
  private final BridgeWarmUp warmUp;
  private final Map<BridgeId, PooledBridge> bridges = new LinkedHashMap<>();
  private final List<Consumer<BridgeId>> listeners = new CopyOnWriteArrayList<>();
  private final Object lock = new Object();
  private final Map<BridgeId, BridgeMember> members = new LinkedHashMap<>();
  private final Set<BridgeId> underCheck = new HashSet<>();
  private final Set<BridgeId> checkAgain = new HashSet<>();
  private final Set<BridgeId> underWarmUp = new HashSet<>();

  /** No timer of Vert.x has a negative id. */
  private long timer = -1;

  /**
   * Makes a pool that knows nothing of its bridges yet.
   *
   * @param warmUp given to each bridge that has just come or come back
   * @param bridges with different ids; their order is kept towards the operator
   */
  public BridgePool(
      Vertx vertx,
      InstantSource clock,
      PoolOptions options,
      BridgeWarmUp warmUp,
      List<PooledBridge> bridges) {
    this.vertx = vertx;
    this.clock = clock;
    this.options = options;
    this.warmUp = warmUp;
    for (PooledBridge bridge : bridges) {
      BridgeId id = bridge.client().id();
      if (this.bridges.put(id, bridge) != null) {
        throw new IllegalArgumentException("two bridges are called " + id);
      }
      members.put(id, BridgeMember.unknown(id, bridge.region()));
    }
  }

  /**
   * Checks every bridge once, then again and again.
   *
   * @return done after the first round, whatever came of it, though bridges may still be warmed up;
   *     never fails
   */
  public Future<Void> start() {
    Future<Void> first =
        Future.join(bridges.keySet().stream().map(this::check).toList()).mapEmpty();
    timer =
        vertx.setPeriodic(
            options.checkInterval().toMillis(), ignored -> bridges.keySet().forEach(this::check));
    return first.otherwiseEmpty();
  }

  /** Asks no more; the clients stay open. */
  public void close() {
    vertx.cancelTimer(timer);
  }

  /** Tells of each bridge whose rooms have to move because nothing is heard of it any more. */
  public void onLost(Consumer<BridgeId> listener) {
    listeners.add(listener);
  }

  /**
   * A bridge for a new conference; none when no bridge takes rooms now.
   *
   * @param avoided bridges that declined the room; given only when there is no other
   */
  public Optional<Placement> place(Set<BridgeId> avoided) {
    synchronized (lock) {
      var now = clock.instant();
      return BridgeSelection.choose(members.values(), options.region(), avoided, now)
          .map(
              chosen -> {
                members.put(chosen.id(), chosen.placed(now));
                PooledBridge bridge = Objects.requireNonNull(bridges.get(chosen.id()));
                return new Placement(bridge.client(), reason -> givenBack(chosen.id(), reason));
              });
    }
  }

  private void givenBack(BridgeId id, Reason reason) {
    change(
        id,
        member ->
            switch (reason) {
              case ENDED -> member.released();
              case MOVED -> member.releasedLost();
              case FAILED -> member.releasedLost().suspected(options);
            });
    if (reason == Reason.FAILED) {
      LOG.warn("bridge failed a room bridge={}", id);
      var unused = check(id);
    }
  }

  /** All bridges, in the order of the configuration. */
  public List<BridgeView> bridges() {
    List<BridgeView> views = new ArrayList<>();
    synchronized (lock) {
      var now = clock.instant();
      members
          .values()
          .forEach(
              member ->
                  views.add(
                      BridgeView.of(
                          Objects.requireNonNull(bridges.get(member.id())), member, now)));
    }
    return views;
  }

  /** One bridge; none when there is no such bridge. */
  public Optional<BridgeView> bridge(BridgeId id) {
    return bridges().stream().filter(view -> view.id().equals(id)).findFirst();
  }

  /** Gives a bridge no new rooms; none when there is no such bridge. */
  public Optional<BridgeView> drain(BridgeId id) {
    return drained(id, true);
  }

  /** Takes the drain back; none when there is no such bridge. */
  public Optional<BridgeView> undrain(BridgeId id) {
    return drained(id, false);
  }

  private Optional<BridgeView> drained(BridgeId id, boolean on) {
    if (bridges.containsKey(id)) {
      LOG.info("bridge drain bridge={} on={}", id, on);
      change(id, member -> member.drained(on));
    }
    return bridge(id);
  }

  /** Asks one bridge now; a check that is under way is followed by another. */
  private Future<Void> check(BridgeId id) {
    synchronized (lock) {
      if (!underCheck.add(id)) {
        checkAgain.add(id);
        return Future.succeededFuture();
      }
    }
    PooledBridge bridge = Objects.requireNonNull(bridges.get(id));
    return ask(bridge)
        .timeout(options.checkTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .transform(
            word -> {
              if (word.succeeded()) {
                change(id, member -> member.answered(word.result(), clock.instant(), options));
                warmUpWhenCold(bridge);
              } else {
                Failure failure =
                    word.cause() instanceof SickException ? Failure.SICK : Failure.SILENT;
                change(id, member -> member.failed(failure, options));
              }
              return checked(id);
            });
  }

  private Future<Void> checked(BridgeId id) {
    boolean again;
    synchronized (lock) {
      underCheck.remove(id);
      again = checkAgain.remove(id);
    }
    return again ? check(id) : Future.succeededFuture();
  }

  private void warmUpWhenCold(PooledBridge bridge) {
    BridgeId id = bridge.client().id();
    synchronized (lock) {
      BridgeMember member = Objects.requireNonNull(members.get(id));
      if (!member.isToBeWarmedUp(clock.instant()) || !underWarmUp.add(id)) {
        return;
      }
      members.put(id, member.warmingUp());
    }
    Instant begun = clock.instant();
    warmUp
        .run(bridge.client())
        .onComplete(
            done -> {
              Instant now = clock.instant();
              synchronized (lock) {
                underWarmUp.remove(id);
              }
              if (done.succeeded()) {
                change(id, BridgeMember::warmedUp);
                LOG.info("bridge warm bridge={} took={}", id, Duration.between(begun, now));
              } else {
                change(id, member -> member.notWarmedUp(now.plus(options.warmUpRetry())));
                LOG.warn("bridge not warmed up bridge={}", id, done.cause());
              }
            });
  }

  private static Future<BridgeLoad> ask(PooledBridge bridge) {
    return bridge
        .client()
        .health()
        .compose(
            health ->
                switch (health) {
                  case BridgeHealth.Healthy _ ->
                      bridge
                          .client()
                          .load()
                          .recover(failure -> Future.failedFuture(new SickException(failure)));
                  case BridgeHealth.Sick(var ignored, int status) ->
                      Future.failedFuture(new SickException("status " + status));
                  case BridgeHealth.Unreachable _ -> Future.failedFuture("no answer");
                });
  }

  /** Carries a change out and says what came of it. */
  private void change(BridgeId id, UnaryOperator<BridgeMember> change) {
    BridgeMember before;
    BridgeMember after;
    synchronized (lock) {
      before = Objects.requireNonNull(members.get(id));
      after = change.apply(before);
      members.put(id, after);
    }
    if (before.standing() != after.standing()) {
      LOG.info("bridge={} standing={} before={}", id, after.standing(), before.standing());
    }
    if (after.isLost(options) && !before.isLost(options)) {
      LOG.warn("bridge lost bridge={} rooms={}", id, after.rooms());
      vertx.runOnContext(ignored -> listeners.forEach(listener -> listener.accept(id)));
    }
  }

  /** The bridge answered, but not as a healthy one does. */
  private static final class SickException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SickException(String why) {
      super(why, null, false, false);
    }

    SickException(Throwable cause) {
      super(cause.getMessage(), cause, false, false);
    }
  }
}
