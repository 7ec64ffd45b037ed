package heyi.server.boot;

import heyi.server.agreement.RoomTable;
import heyi.server.agreement.StoredDocument;
import heyi.server.casefile.CaseFile;
import heyi.server.casefile.Party;
import heyi.server.casefile.SessionId;
import heyi.server.invitation.SeatStanding;
import heyi.server.invitation.Seats;
import heyi.server.session.PastSession;
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
import heyi.signaling.room.TranscriptLimits;
import heyi.signaling.socket.MediaAccess;
import heyi.signaling.socket.RestoredRoom;
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
import java.util.Map;
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
  private final RoomPast memory;
  private final TranscriptLimits transcripts;
  private final Map<SessionId, Future<Boolean>> open = new ConcurrentHashMap<>();
  private final SessionConductor conductor;

  RoomWiring(
      Core core,
      StoresWiring stores,
      MediaWiring media,
      RoomPast memory,
      Function<RoomLink, SessionConductor> conductors,
      Consumer<SeatQuality> qualities) {
    this.vertx = core.vertx();
    this.stores = stores;
    this.blocking = core.blocking();
    this.memory = memory;
    this.transcripts = core.config().rooms().transcript();
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
        rooms.absentAfter(),
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
    List<SessionId> all = List.copyOf(open.keySet());
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
    return open.computeIfAbsent(session, id -> open(id, spec))
        .<SeatOutcome>map(opened -> opened ? outcome : new SeatOutcome.UsedUp())
        .onComplete(
            opened -> {
              if (opened.failed() || opened.result() instanceof SeatOutcome.UsedUp) {
                open.remove(session);
              }
            });
  }

  private record Past(PastSession session, @Nullable RestoredRoom room) {}

  /** Completes with whether people may come. */
  private Future<Boolean> open(SessionId session, RoomSpec spec) {
    return blocking
        .call(() -> past(session, spec))
        .compose(
            past -> {
              if (past == null) {
                return Future.succeededFuture(false);
              }
              RestoredRoom room = past.room();
              if (room == null) {
                return rooms.open(spec).map(true);
              }
              conductor.resume(session, past.session());
              return rooms.restore(room).map(true);
            });
  }

  /** What is known of an open session; null when it is over. Blocks. */
  private @Nullable Past past(SessionId session, RoomSpec spec) {
    CaseFile caseFile = stores.cases().findBySession(session);
    if (caseFile == null || !isOpen(caseFile, session)) {
      return null;
    }
    PastSession past = memory.of(session);
    if (past == null) {
      return null;
    }
    return new Past(past, past.events().isEmpty() ? null : memory.room(spec, past));
  }

  private static boolean isOpen(CaseFile caseFile, SessionId session) {
    return switch (caseFile.session(session).state()) {
      case SCHEDULED, LIVE -> true;
      case SEALING, SEALED, DISPOSED, FAILED -> false;
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
    return new RoomSpec(roomOf(session), caseFile.label(), seats, transcripts);
  }

  private static RoomId roomOf(SessionId session) {
    return new RoomId(session.value());
  }

  @Override
  public Future<Void> tell(RoomId room, ServerFact fact) {
    return rooms.tell(room, fact);
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
        roomOf(document.sessionId()),
        new ServerFact.AgreementPrepared(
            new Agreement(document.documentId(), document.sha256(), document.title())));
  }
}
