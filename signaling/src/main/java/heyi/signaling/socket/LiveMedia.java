package heyi.signaling.socket;

import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.MediaSource;
import heyi.media.SourceName;
import heyi.media.colibri2.BridgeId;
import heyi.media.colibri2.ForceMute;
import heyi.media.colibri2.VideoConstraints;
import heyi.media.pool.BridgePool;
import heyi.media.pool.Placement;
import heyi.signaling.negotiation.AnswerOutcome;
import heyi.signaling.negotiation.RoomMedia;
import heyi.signaling.negotiation.RoomMediaListener;
import heyi.signaling.room.RecordingLight;
import heyi.signaling.room.RoomCommand;
import heyi.signaling.room.RoomEvent;
import heyi.signaling.room.Seat;
import heyi.signaling.room.SeatId;
import heyi.signaling.turn.IceServers;
import heyi.signaling.turn.TurnCredentials;
import heyi.signaling.wire.ErrorCode;
import heyi.signaling.wire.ServerMessage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the people of a room have media: from the opening to the end, recorder first, and nothing
 * through the bridge while the recorder is lost (R26) or nobody leads.
 *
 * <p>When the bridge fails, everybody goes to another one at once: people and recorder connect side
 * by side, and the bridge holds back what people send until the recorder is there.
 *
 * <p><b>Threads:</b> the room's context.
 */
final class LiveMedia implements RoomMediaListener {
  private static final Logger LOG = LoggerFactory.getLogger(LiveMedia.class);
  private static final int RADIX = 36;

  private final Vertx vertx;
  private final InstantSource clock;
  private final RoomLimits limits;
  private final BridgePool bridges;
  private final TurnCredentials turn;
  private final MediaHost room;
  private final SeatTimers graces;
  private final SeatTimers retries;
  private final Map<SeatId, Integer> generations = new HashMap<>();
  private final Map<SeatId, Instant> madeAt = new HashMap<>();
  private final String conferencePrefix;
  private int conferences;
  private @Nullable RunningConference running;

  /** That of the closed session; the recorder may still be in it. */
  private @Nullable RunningConference draining;

  /** The recorder was connected once: from then on people need not wait for it to connect. */
  private boolean recorderConnected;

  /** Bridges that refused this room since one took it: full, or without an address for media. */
  private final Set<BridgeId> refusing = new HashSet<>();

  /** Media are wanted, but no bridge takes the room. */
  private boolean waitsForBridge;

  LiveMedia(
      Vertx vertx, InstantSource clock, RoomLimits limits, MediaAccess access, MediaHost room) {
    this.vertx = vertx;
    this.clock = clock;
    this.limits = limits;
    this.bridges = access.bridges();
    this.turn = access.turn();
    this.room = room;
    this.graces = new SeatTimers(vertx, limits.grace(), this::graceIsOver);
    this.retries = new SeatTimers(vertx, limits.mediaRetry(), this::retry);
    // A bridge may outlive this server: no conference name of an earlier run comes again.
    this.conferencePrefix =
        room.state().id() + "-" + Long.toString(clock.instant().toEpochMilli(), RADIX) + "-";
  }

  /** Asks for the recorder; people get media once it has been connected. */
  void begin() {
    var placed = bridges.place(refusing);
    waitsForBridge = placed.isEmpty();
    if (placed.isEmpty()) {
      LOG.error("no bridge takes rooms room={}", room.state().id());
      room.apply(new RoomCommand.RecorderFailed());
      vertx.setTimer(limits.mediaRetry().toMillis(), ignored -> beginIfWaiting());
      return;
    }
    conferences++;
    var conference = new ConferenceId(conferencePrefix + conferences);
    var placement = placed.get();
    LOG.info(
        "conference room={} conference={} bridge={}",
        room.state().id(),
        conference,
        placement.client().id());
    running =
        new RunningConference(
            new RoomMedia(vertx, placement.client(), conference, this), conference, placement);
    askForRecorder();
    attachMissing();
  }

  private void beginIfWaiting() {
    if (waitsForBridge) {
      begin();
    }
  }

  /** The session is over: people's media end now, the conference once the recorder has left it. */
  void close() {
    graces.cancelAll();
    var ending = idle();
    draining = ending;
    if (ending != null) {
      ending.media().release();
      vertx.setTimer(
          limits.recorderLeaves().toMillis(), ignored -> ending.end(Placement.Reason.ENDED));
    }
  }

  /** Nobody is in the conference of the closed session any more. */
  void recorderLeft() {
    if (draining != null) {
      draining.end(Placement.Reason.ENDED);
    }
  }

  /** The room is forgotten. */
  void end() {
    recorderLeft();
    graces.cancelAll();
    stop(Placement.Reason.ENDED);
  }

  private void stop(Placement.Reason why) {
    var ending = idle();
    if (ending != null) {
      ending.end(why);
    }
  }

  /** No media from now on; gives the conference that there was. */
  private @Nullable RunningConference idle() {
    var was = running;
    waitsForBridge = false;
    retries.cancelAll();
    running = null;
    return was;
  }

  /** True when the room was on the bridge; it is on its way to another one then. */
  boolean leave(BridgeId bridge, Placement.Reason why) {
    var present = running;
    if (present == null || !present.isOn(bridge)) {
      return false;
    }
    lost(why, "bridge " + bridge + " is left");
    return true;
  }

  /** Whether the room talks there. */
  boolean isIn(ConferenceId where) {
    return running != null && running.conference().equals(where);
  }

  void recorderReady(ConferenceId where) {
    if (isIn(where)) {
      recorderConnected = true;
      room.apply(new RoomCommand.RecorderReady());
      enforceAll();
      attachMissing();
    }
  }

  private void attachMissing() {
    for (Seat seat : room.state().seats()) {
      if (running != null
          && recorderConnected
          && room.state().isHere(seat.id())
          && !running.media().holds(seat.id())) {
        attach(seat.id());
      }
    }
  }

  /** Counts only while the room talks where the recorder is. */
  void recorderSays(ConferenceId where, RoomCommand said) {
    if (isIn(where)) {
      room.apply(said);
      enforceAll();
    }
  }

  void recorderFailed(String reason) {
    LOG.warn("recorder lost room={} reason={}", room.state().id(), reason);
    room.apply(new RoomCommand.RecorderFailed());
    enforceAll();
    var present = running;
    if (present != null) {
      vertx.setTimer(
          limits.recorderRetry().toMillis(),
          ignored -> {
            if (present.equals(running) && isSilenced()) {
              askForRecorder();
            }
          });
    }
  }

  /** Gives media to somebody who came, or came back. */
  void came(SeatId seat, Return how) {
    graces.cancel(seat);
    if (running == null || !recorderConnected) {
      return;
    }
    if (how == Return.SAME_PAGE && running.media().holds(seat)) {
      running.media().repeatOffer(seat);
    } else {
      attach(seat);
    }
  }

  void dropped(SeatId seat) {
    if (running != null) {
      graces.start(seat);
    }
  }

  /** Completes when the bridge takes nothing from him any more. */
  Future<Void> left(SeatId seat) {
    graces.cancel(seat);
    retries.cancel(seat);
    return running == null ? Future.succeededFuture() : running.media().detach(seat);
  }

  AnswerOutcome answer(SeatId seat, String offerId, String sdp) {
    return running == null ? new AnswerOutcome.Stale() : running.media().answer(seat, offerId, sdp);
  }

  /** False when there are no media now. */
  boolean renegotiate(SeatId seat) {
    if (running == null || !running.media().holds(seat)) {
      return false;
    }
    running.media().renegotiate(seat);
    return true;
  }

  /** Says what a participant wants to see; false when there are no media now. */
  boolean view(SeatId seat, VideoConstraints wish) {
    return running != null && running.media().view(seat, wish);
  }

  /** The participant saw his peer connection fail; false when there are no media now. */
  boolean remake(SeatId seat) {
    if (running == null || !recorderConnected) {
      return false;
    }
    var made = madeAt.get(seat);
    if (made != null && clock.instant().isBefore(made.plus(limits.mediaRetry()))) {
      retries.start(seat);
    } else if (!running.media().isAttaching(seat)) {
      attach(seat);
    }
    return true;
  }

  /** The bridge holds back what is muted, whatever the page does. */
  void enforceMute(SeatId seat) {
    var muted = room.state().seat(seat);
    if (running != null && muted.isPresent()) {
      var silenced = isSilenced();
      running
          .media()
          .forceMute(
              seat,
              new ForceMute(
                  silenced || muted.get().audioMuted(), silenced || muted.get().videoMuted()));
    }
  }

  @Override
  public void offer(SeatId seat, String offerId, String sdp, boolean fresh) {
    var ice = fresh ? turn.issue(room.state().id().value()) : IceServers.NONE;
    room.send(seat, new ServerMessage.Offer(offerId, sdp, fresh, ice));
  }

  @Override
  public void attached(SeatId seat, @Nullable EndpointId endpoint) {
    if (endpoint != null) {
      refusing.clear();
      madeAt.put(seat, clock.instant());
      retries.cancel(seat);
      enforceMute(seat);
    }
    room.apply(new RoomCommand.Attach(seat, endpoint));
  }

  @Override
  public void sourceAdded(SeatId seat, EndpointId endpoint, MediaSource source) {
    room.publish(
        new RoomEvent.SourceAdded(room.state().id(), clock.instant(), seat, endpoint, source));
  }

  @Override
  public void sourceRemoved(SeatId seat, SourceName source) {
    room.publish(new RoomEvent.SourceRemoved(room.state().id(), clock.instant(), seat, source));
  }

  @Override
  public void dominantSpeaker(SeatId seat) {
    room.sendAll(new ServerMessage.DominantSpeaker(seat));
  }

  @Override
  public void senderConstraint(SeatId seat, SourceName source, int maxHeight) {
    room.send(seat, new ServerMessage.SenderConstraint(source, maxHeight));
  }

  /** A bridge that takes nobody of the room is left for another one, when there is another. */
  @Override
  public void declined(SeatId seat, String reason) {
    var present = running;
    if (present != null
        && present.media().isEmpty()
        && refusing.add(present.placement().client().id())
        && bridges.bridges().stream()
            .anyMatch(other -> other.accepting() && !refusing.contains(other.id()))) {
      lost(Placement.Reason.MOVED, "the bridge declines: " + reason);
    } else {
      unavailable(seat, reason);
    }
  }

  @Override
  public void unavailable(SeatId seat, String reason) {
    LOG.warn("no media room={} seat={} reason={}", room.state().id(), seat, reason);
    retries.start(seat);
    room.refuse(seat, ErrorCode.UNAVAILABLE, "no media now; it is tried again");
  }

  @Override
  public void lost(Placement.Reason why, String reason) {
    LOG.warn("conference lost room={} reason={}", room.state().id(), reason);
    stop(why);
    room.apply(new RoomCommand.RecorderFailed());
    begin();
  }

  private void attach(SeatId seat) {
    var generation = generations.merge(seat, 1, Integer::sum);
    if (running != null) {
      running.media().attach(seat, room.endpoint(seat, generation));
    }
  }

  private void askForRecorder() {
    if (running != null) {
      room.publish(
          new RoomEvent.RecordingRequested(
              room.state().id(),
              clock.instant(),
              running.conference(),
              running.placement().client()));
    }
  }

  private void graceIsOver(SeatId seat) {
    if (running != null && !room.state().isSeated(seat)) {
      running.media().detach(seat);
    }
  }

  private void retry(SeatId seat) {
    if (running != null && recorderConnected && room.state().isHere(seat)) {
      attach(seat);
    }
  }

  void enforceAll() {
    room.state().seats().forEach(seat -> enforceMute(seat.id()));
  }

  private boolean isSilenced() {
    return room.state().light() == RecordingLight.FAILED || room.state().isSilenced();
  }
}
