package heyi.server.boot;

import heyi.server.agreement.RoomTable;
import heyi.server.agreement.StoredDocument;
import heyi.server.casefile.CaseFile;
import heyi.server.casefile.Party;
import heyi.server.casefile.SessionId;
import heyi.server.invitation.SeatStanding;
import heyi.server.invitation.Seats;
import heyi.server.session.RoomLink;
import heyi.server.session.SessionConductor;
import heyi.server.sql.Blocking;
import heyi.signaling.quality.QualityLimits;
import heyi.signaling.quality.SourceQuality;
import heyi.signaling.room.Agreement;
import heyi.signaling.room.Role;
import heyi.signaling.room.RoomEvent;
import heyi.signaling.room.RoomId;
import heyi.signaling.room.RoomSpec;
import heyi.signaling.room.SeatId;
import heyi.signaling.room.SeatSpec;
import heyi.signaling.socket.MediaAccess;
import heyi.signaling.socket.RoomLimits;
import heyi.signaling.socket.RoomService;
import heyi.signaling.socket.SeatAuthenticator;
import heyi.signaling.socket.SeatOutcome;
import heyi.signaling.socket.SeatQuality;
import heyi.signaling.socket.ServerFact;
import heyi.signaling.turn.TurnCredentials;
import heyi.signaling.turn.TurnOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rooms: opened when the first holder of a seat comes, forgotten a while after their end. */
final class RoomWiring implements SeatAuthenticator, RoomLink, RoomTable {
  /** Long enough for everyone to read and photograph the closing digest. */
  private static final Duration RETIRE_AFTER = Duration.ofMinutes(10);

  private final Vertx vertx;
  private final StoresWiring stores;
  private final Blocking blocking;
  private final RoomService rooms;
  private final Set<SessionId> open = ConcurrentHashMap.newKeySet();
  private final SessionConductor conductor;

  RoomWiring(
      Core core,
      StoresWiring stores,
      MediaWiring media,
      Function<RoomLink, SessionConductor> conductors,
      Consumer<SeatQuality> qualities) {
    this.vertx = core.vertx();
    this.stores = stores;
    this.blocking = core.blocking();
    this.conductor = conductors.apply(this);
    this.rooms =
        new RoomService(
            core.vertx(),
            core.clock(),
            limits(core.config().rooms()),
            this::authenticate,
            new MediaAccess(
                media.pool(), new TurnCredentials(turnOptions(core.config().turn()), core.clock())),
            (RoomEvent event) -> conductor.accept(event),
            qualities);
  }

  private static RoomLimits limits(HeyiConfig.Rooms rooms) {
    HeyiConfig.Quality quality = rooms.quality();
    return RoomLimits.DEFAULT.with(
        rooms.reconnectGrace(),
        rooms.messagesPerSecond(),
        rooms.openAtOnce(),
        new QualityLimits(
            quality.reportEvery(), path(quality.fairAbove()), path(quality.poorAbove())));
  }

  private static SourceQuality.Path path(HeyiConfig.PathLimits limits) {
    return new SourceQuality.Path(limits.rttMillis(), limits.jitterMillis(), limits.lossPermille());
  }

  private static TurnOptions turnOptions(HeyiConfig.Turn turn) {
    return new TurnOptions(turn.urls(), turn.secret().reveal(), turn.lifetime(), turn.relayOnly());
  }

  RoomService rooms() {
    return rooms;
  }

  /** Ends every running session and waits until its recording is sealed. */
  Future<Void> finish() {
    List<SessionId> all = List.copyOf(open);
    return Future.join(all.stream().map(id -> rooms.close(roomOf(id))).toList())
        .otherwiseEmpty()
        .compose(_ -> conductor.settled());
  }

  @Override
  public Future<SeatOutcome> authenticate(String seatToken) {
    record Found(SeatOutcome outcome, @Nullable RoomSpec spec) {}
    return blocking
        .call(
            () ->
                switch (stores.seats().look(seatToken)) {
                  case SeatStanding.Unknown() -> new Found(new SeatOutcome.Unknown(), null);
                  case SeatStanding.UsedUp() -> new Found(new SeatOutcome.UsedUp(), null);
                  case SeatStanding.Holds(SessionId session, String seat) ->
                      new Found(
                          new SeatOutcome.Known(roomOf(session), new SeatId(seat)), spec(session));
                })
        .compose(
            found -> {
              RoomSpec spec = found.spec();
              return spec == null
                  ? Future.succeededFuture(found.outcome())
                  : admit(found.outcome(), spec);
            });
  }

  private Future<SeatOutcome> admit(SeatOutcome outcome, RoomSpec spec) {
    SessionId session = new SessionId(spec.id().value());
    if (open.contains(session)) {
      return Future.succeededFuture(outcome);
    }
    return blocking
        .call(() -> stores.cases().findBySession(session))
        .compose(
            caseFile -> {
              if (caseFile == null || !isOpen(caseFile, session)) {
                return Future.succeededFuture(new SeatOutcome.UsedUp());
              }
              open.add(session);
              return rooms.open(spec).map(outcome);
            });
  }

  private static boolean isOpen(CaseFile caseFile, SessionId session) {
    return switch (caseFile.session(session).state()) {
      case SCHEDULED, LIVE -> true;
      case SEALING, SEALED, FAILED -> false;
    };
  }

  private @Nullable RoomSpec spec(SessionId session) {
    CaseFile caseFile = stores.cases().findBySession(session);
    if (caseFile == null) {
      return null;
    }
    List<SeatSpec> seats = new ArrayList<>();
    seats.add(
        new SeatSpec(
            new SeatId(Seats.MEDIATOR_SEAT),
            Role.MEDIATOR,
            caseFile.mediator().displayName(),
            Seats.MEDIATOR_SEAT));
    for (Party party : caseFile.parties()) {
      seats.add(
          new SeatSpec(
              new SeatId(party.seatId()), Role.PARTY, party.displayName(), party.seatId()));
    }
    return new RoomSpec(roomOf(session), caseFile.label(), seats);
  }

  private static RoomId roomOf(SessionId session) {
    return new RoomId(session.value());
  }

  @Override
  public Future<Void> tell(SessionId session, ServerFact fact) {
    return rooms.tell(roomOf(session), fact);
  }

  @Override
  public void retire(SessionId session) {
    vertx.setTimer(
        RETIRE_AFTER.toMillis(),
        _ -> {
          open.remove(session);
          rooms.forget(roomOf(session));
          conductor.forget(session);
        });
  }

  @Override
  public boolean isOpen(SessionId session) {
    return conductor.phase(session).hasMedia();
  }

  @Override
  public Future<Void> lay(StoredDocument document) {
    return tell(
        document.sessionId(),
        new ServerFact.AgreementPrepared(
            new Agreement(document.documentId(), document.sha256(), document.title())));
  }
}
