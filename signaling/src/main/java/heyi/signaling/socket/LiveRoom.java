package heyi.signaling.socket;

import heyi.media.colibri2.BridgeId;
import heyi.media.pool.Placement;
import heyi.signaling.room.CaucusRules;
import heyi.signaling.room.Phase;
import heyi.signaling.room.RoomCommand;
import heyi.signaling.room.RoomEvent;
import heyi.signaling.room.Seat;
import heyi.signaling.room.SeatId;
import heyi.signaling.wire.ClientMessage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open room, and the room of the private talk beside it: whoever is in that keeps his seat and
 * his socket, and is heard there alone (domain.md D7).
 *
 * <p><b>Threads:</b> package methods may be called from any thread; they hand over to the room's
 * context, which its caucus shares. Everything private runs there.
 */
final class LiveRoom {
  private static final Logger LOG = LoggerFactory.getLogger(LiveRoom.class);

  private final RoomNode node;
  private final Context context;
  private final SeatLines lines;
  private final Proceedings here;
  private @Nullable LiveRoom caucus;

  /** The room of a session. */
  LiveRoom(RoomNode node, RestoredRoom room) {
    this(node, room, new SeatLines(), () -> {});
  }

  /**
   * Any room.
   *
   * @param closed told when its talk is over
   */
  private LiveRoom(RoomNode node, RestoredRoom room, SeatLines lines, Runnable closed) {
    this.node = node;
    this.context = node.vertx().getOrCreateContext();
    this.lines = lines;
    this.here =
        new Proceedings(
            node,
            room,
            lines,
            new Proceedings.Turn() {
              @Override
              public void apart() {
                openCaucus();
              }

              @Override
              public void closed() {
                closed.run();
              }
            });
  }

  void opened() {
    context.runOnContext(
        ignored ->
            here.publish(new RoomEvent.RoomOpened(here.state().id(), node.clock().instant())));
  }

  /** Its server died: nobody is connected, and no recorder; a private talk is over. */
  void restored() {
    context.runOnContext(ignored -> here.restore());
  }

  /** Completes with whether the seat was taken; a refusal was answered already. */
  Future<Boolean> join(SeatId seat, ClientMessage.Join join, SeatSocket out) {
    return onContext(() -> where(seat).seatTaken(seat, join, out));
  }

  /** Takes a message of a socket that has joined, or is just joining. */
  void receive(SeatId seat, ClientMessage message, SeatSocket out) {
    context.runOnContext(ignored -> where(seat).receive(seat, message, out));
  }

  /** The socket is gone. */
  void lost(SeatId seat, SeatSocket out) {
    context.runOnContext(ignored -> where(seat).lost(seat, out));
  }

  Future<Void> tell(ServerFact fact) {
    return onContext(
        () -> {
          here.tell(fact);
          return null;
        });
  }

  Future<Void> closeByServer() {
    return onContext(
        () -> {
          var mediator = here.mediators().findFirst().orElseThrow().id();
          if (caucus != null) {
            caucus.here.apply(new RoomCommand.EndCaucus(mediator));
          }
          here.apply(new RoomCommand.Advance(mediator, Phase.CLOSED, null));
          return null;
        });
  }

  /** Completes with whether the room was on the bridge and moves. */
  Future<Boolean> leave(BridgeId bridge, Placement.Reason why) {
    return onContext(() -> here.media().leave(bridge, why));
  }

  void dispose() {
    context.runOnContext(
        ignored -> {
          for (var number = 1; number <= here.state().caucuses(); number++) {
            var past = node.rooms().remove(here.state().id().caucus(number));
            if (past != null) {
              past.here.end();
            }
          }
          here.end();
        });
  }

  /** Where this participant is heard. */
  private Proceedings where(SeatId seat) {
    return caucus != null && here.state().isApart(seat) ? caucus.here : here;
  }

  /** The two go into a room of their own; its media begin when the joint bridge has let them go. */
  private void openCaucus() {
    var begun = CaucusRules.begin(here.state(), node.clock().instant());
    var two = begun.state().seats().stream().map(Seat::id).toList();
    var gone = two.stream().map(here.media()::left).toList();
    var room = new RestoredRoom(begun.state(), 0);
    var opened = new LiveRoom(node, room, lines.lend(two), this::caucusIsOver);
    caucus = opened;
    node.rooms().put(begun.state().id(), opened);
    begun.events().forEach(opened.here::publish);
    two.forEach(opened.here::welcome);
    Future.join(gone)
        .onFailure(
            failure ->
                here.media().lost(Placement.Reason.MOVED, "somebody may still be heard there"))
        .onComplete((ignored, failure) -> opened.here.media().begin());
  }

  /** Its room is kept until the session is over: its recorder may still have something to say. */
  private void caucusIsOver() {
    var over = Objects.requireNonNull(caucus);
    caucus = null;
    var back = over.here.state().seats();
    over.here.waitForNobody();
    here.apply(new RoomCommand.TakeBack(back));
    lines.takeBack(over.lines);
    back.forEach(here::takeBack);
  }

  private <T> Future<T> onContext(Supplier<@Nullable T> action) {
    var promise = Promise.<T>promise();
    context.runOnContext(
        ignored -> {
          try {
            promise.complete(action.get());
          } catch (RuntimeException e) {
            LOG.error("bug in room={}", here.state().id(), e);
            promise.tryFail(e);
          }
        });
    return promise.future();
  }
}
