package heyi.signaling.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.MediaKind;
import heyi.media.SourceName;
import heyi.signaling.room.PauseReason;
import heyi.signaling.room.Phase;
import heyi.signaling.room.SeatId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One participant's connection to a room.
 *
 * <p><b>Threads:</b> any. Messages are handled one after the other; a lock guards the state and the
 * list of those who wait for it, and is held for no I/O.
 *
 * <p><b>Errors:</b> futures fail with {@link RoomClientException} when the room refuses, closes, or
 * does not get there in time.
 */
public final class RoomClient {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MAX_FRAME_BYTES = 256 * 1024;

  private final Vertx vertx;
  private final WebSocketClient http;
  private final OfferAnswerer answerer;
  private final List<Waiting> waiting = new ArrayList<>();
  private final List<JsonNode> refusals = new ArrayList<>();
  private @Nullable WebSocket socket;
  private @Nullable JsonNode state;
  private @Nullable String closed;
  private int sent;

  /** Answers the room's offers. */
  @FunctionalInterface
  public interface OfferAnswerer {
    /**
     * Answers one offer; runs on the client's event loop and must not block.
     *
     * @param fresh whether it needs a new peer connection
     * @return the answer's SDP
     */
    String answer(String offerSdp, boolean fresh);
  }

  private record Waiting(Predicate<JsonNode> condition, Promise<JsonNode> promise) {}

  /** Makes a client that is not connected. */
  public RoomClient(Vertx vertx, OfferAnswerer answerer) {
    this.vertx = vertx;
    this.answerer = answerer;
    this.http =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxFrameSize(MAX_FRAME_BYTES)
                .setMaxMessageSize(MAX_FRAME_BYTES));
  }

  /**
   * Connects and takes the seat, with all consents given. Completes with the {@code welcome}; fails
   * at once with the code of the error when the room refuses.
   *
   * @param resume whether this participant still holds his peer connection
   * @param within how long it may take
   */
  public Future<JsonNode> join(
      String host, int port, String seatToken, boolean resume, Duration within) {
    var target = new WebSocketConnectOptions().setHost(host).setPort(port).setURI("/api/room");
    var answer = when(RoomClient::answersJoin, within);
    return http.connect(target)
        .compose(
            connected -> {
              synchronized (this) {
                socket = connected;
              }
              connected.textMessageHandler(this::received);
              connected.closeHandler(ignored -> lost(connected.closeReason()));
              var join = message("join").put("seatToken", seatToken).put("resume", resume);
              var consents = join.putArray("consents");
              for (String purpose : List.of("recording", "online")) {
                consents
                    .addObject()
                    .put("purpose", purpose)
                    .put("version", "2026-11")
                    .put("accepted", true);
              }
              send(join);
              return answer.compose(RoomClient::welcomed);
            });
  }

  private static boolean answersJoin(JsonNode message) {
    var type = message.path("type").asText();
    return "welcome".equals(type) || "error".equals(type);
  }

  private static Future<JsonNode> welcomed(JsonNode message) {
    return "welcome".equals(message.path("type").asText())
        ? Future.succeededFuture(message)
        : Future.failedFuture(
            new RoomClientException("the room refused: " + message.path("code").asText()));
  }

  /** Leads the session on; the mediator only. */
  public void advance(Phase to) {
    send(message("advance").put("to", to.name()));
  }

  /** Pauses the session; the mediator only. */
  public void pause(PauseReason reason) {
    send(
        message("advance")
            .put("to", Phase.PAUSED.name())
            .put("reason", reason.name().toLowerCase(Locale.ROOT)));
  }

  /** Takes the talk off the record; the mediator only. */
  public void offRecord(String why) {
    send(message("off-record").put("why", why));
  }

  /** Asks a party to a private talk; the mediator only. */
  public void openCaucus(SeatId party) {
    send(message("open-caucus").put("seatId", party.value()));
  }

  /** Ends the private talk that he is in; the mediator only. */
  public void endCaucus() {
    send(message("end-caucus"));
  }

  /** Mutes somebody else; the mediator only. */
  public void muteSeat(SeatId seat, MediaKind kind) {
    send(
        message("mute-seat")
            .put("seatId", seat.value())
            .put("kind", kind.name().toLowerCase(Locale.ROOT))
            .put("muted", true));
  }

  /** Mutes or unmutes this participant. */
  public void mute(MediaKind kind, boolean muted) {
    send(message("mute").put("kind", kind.name().toLowerCase(Locale.ROOT)).put("muted", muted));
  }

  /** Confirms exactly this document. */
  public void confirm(String documentId, String sha256) {
    send(message("confirm-agreement").put("documentId", documentId).put("sha256", sha256));
  }

  /** Does not confirm this document. */
  public void decline(String documentId, String reason) {
    send(message("decline-agreement").put("documentId", documentId).put("reason", reason));
  }

  /** Writes a line of the transcript; the mediator only. */
  public void write(String key, SeatId speaker, String text) {
    send(
        message("transcript-line")
            .put("key", key)
            .put("speaker", speaker.value())
            .put("text", text));
  }

  /** Confirms that the transcript was read up to this entry; a party only, at the reading back. */
  public void confirmTranscript(int upTo) {
    send(message("transcript-reading").put("upTo", upTo));
  }

  /** Says that the peer connection failed: the room offers a new one. */
  public void mediaFailed(String reason) {
    send(message("media-failed").put("reason", reason));
  }

  /** Says how large the videos of others are shown; 0 for not at all. */
  public void viewing(int defaultMaxHeight, Map<SourceName, Integer> sources) {
    var message = message("viewing").put("defaultMaxHeight", defaultMaxHeight);
    var list = message.putArray("sources");
    sources.forEach(
        (source, height) ->
            list.addObject().put("source", source.value()).put("maxHeight", height));
    send(message);
  }

  /** Completes with the next message of this type that fulfils the condition. */
  public Future<JsonNode> next(String type, Predicate<JsonNode> condition, Duration within) {
    return when(
        message -> type.equals(message.path("type").asText()) && condition.test(message), within);
  }

  /** Goes. */
  public void leave() {
    send(message("leave"));
  }

  /** Completes with the room's state once it is in the phase. */
  public Future<JsonNode> phase(Phase phase, Duration within) {
    return state(room -> phase.name().equals(room.path("phase").asText()), within);
  }

  /** Completes with the room's state once the condition holds; it may hold already. */
  public synchronized Future<JsonNode> state(Predicate<JsonNode> condition, Duration within) {
    // One lock for both: a state that comes between looking and waiting may be the last one.
    var now = state;
    if (now != null && condition.test(now)) {
      return Future.succeededFuture(now);
    }
    return when(message -> message.has("state") && condition.test(message.get("state")), within)
        .map(message -> message.get("state"));
  }

  /** Completes with the next error of this code. */
  public Future<JsonNode> refusal(String code, Duration within) {
    return when(message -> code.equals(message.path("code").asText()), within);
  }

  /** The errors that the room answered so far. */
  public synchronized List<JsonNode> refusals() {
    return List.copyOf(refusals);
  }

  /** Closes the connection without leaving the seat. */
  public Future<Void> close() {
    return http.close();
  }

  private Future<JsonNode> when(Predicate<JsonNode> condition, Duration within) {
    var promise = Promise.<JsonNode>promise();
    var entry = new Waiting(condition, promise);
    synchronized (this) {
      if (closed != null) {
        return Future.failedFuture(new RoomClientException("the room closed: " + closed));
      }
      waiting.add(entry);
    }
    var timer =
        vertx.setTimer(
            within.toMillis(),
            ignored -> {
              remove(entry);
              promise.tryFail(new RoomClientException("did not happen within " + within));
            });
    return promise.future().onComplete(ignored -> vertx.cancelTimer(timer));
  }

  private void received(String text) {
    var message = read(text);
    switch (message.path("type").asText()) {
      case "offer" -> answer(message);
      case "error" -> {
        synchronized (this) {
          refusals.add(message);
        }
      }
      default -> {}
    }
    for (Waiting met : meet(message)) {
      met.promise().tryComplete(message);
    }
  }

  private synchronized List<Waiting> meet(JsonNode message) {
    if (message.has("state")) {
      state = message.get("state");
    }
    var met = waiting.stream().filter(entry -> entry.condition().test(message)).toList();
    waiting.removeAll(met);
    return met;
  }

  private synchronized void remove(Waiting entry) {
    waiting.remove(entry);
  }

  private void answer(JsonNode offer) {
    var sdp = answerer.answer(offer.path("sdp").asText(), offer.path("fresh").asBoolean());
    send(message("answer").put("offerId", offer.path("offerId").asText()).put("sdp", sdp));
  }

  private void lost(@Nullable String reason) {
    List<Waiting> left;
    synchronized (this) {
      closed = String.valueOf(reason);
      left = List.copyOf(waiting);
      waiting.clear();
    }
    left.forEach(
        entry -> entry.promise().tryFail(new RoomClientException("the room closed: " + reason)));
  }

  private synchronized ObjectNode message(String type) {
    sent++;
    return JsonNodeFactory.instance.objectNode().put("type", type).put("id", "c" + sent);
  }

  private void send(ObjectNode message) {
    WebSocket open;
    synchronized (this) {
      open = socket;
    }
    if (open == null) {
      throw new RoomClientException("not joined");
    }
    open.writeTextMessage(message.toString());
  }

  private static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new RoomClientException("the room sent something that is not JSON", e);
    }
  }
}
