package heyi.signaling.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.MediaKind;
import heyi.signaling.room.HeardSource;
import heyi.signaling.room.RoomState;
import heyi.signaling.room.Seat;
import heyi.signaling.room.SeatSpec;
import heyi.signaling.turn.IceServers;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes messages of a room as JSON; the shapes are in {@code api/room}. */
public final class ServerMessageEncoder {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ServerMessageEncoder() {}

  /**
   * Writes one message.
   *
   * @param seq counts the messages of one seat, from 1
   */
  public static String encode(ServerMessage message, long seq) {
    var out = JSON.objectNode();
    out.put("type", typeOf(message)).put("seq", seq);
    switch (message) {
      case ServerMessage.Welcome(var self, var state, var time) -> {
        out.set("self", self(self));
        out.set("state", view(state));
        out.put("serverTime", time.toString());
      }
      case ServerMessage.State(var state) -> out.set("state", view(state));
      case ServerMessage.Offer(var offerId, var sdp, var fresh, var ice) -> {
        out.put("offerId", offerId).put("sdp", sdp).put("fresh", fresh);
        write(ice, out);
      }
      case ServerMessage.MutedByMediator(MediaKind kind) -> out.put("kind", lower(kind));
      case ServerMessage.DominantSpeaker(var seat) -> out.put("seatId", seat.value());
      case ServerMessage.SenderConstraint(var source, int maxHeight) ->
          out.put("source", source.value()).put("maxHeight", maxHeight);
      case ServerMessage.Quality quality -> write(quality, out);
      case ServerMessage.Recording(var sources) -> write(sources, out.putArray("sources"));
      case ServerMessage.Transcript(var entries, int size) -> {
        var array = out.putArray("entries");
        entries.forEach(entry -> array.add(TranscriptWriter.write(entry)));
        out.put("size", size);
      }
      case ServerMessage.Failure failure -> write(failure, out);
      case ServerMessage.TakenOver() -> {}
      case ServerMessage.Pong() -> {}
    }
    return out.toString();
  }

  private static String typeOf(ServerMessage message) {
    return switch (message) {
      case ServerMessage.Welcome ignored -> "welcome";
      case ServerMessage.State ignored -> "state";
      case ServerMessage.Offer ignored -> "offer";
      case ServerMessage.MutedByMediator ignored -> "muted-by-mediator";
      case ServerMessage.DominantSpeaker ignored -> "dominant-speaker";
      case ServerMessage.SenderConstraint ignored -> "sender-constraint";
      case ServerMessage.TakenOver ignored -> "taken-over";
      case ServerMessage.Pong ignored -> "pong";
      case ServerMessage.Quality ignored -> "quality";
      case ServerMessage.Recording ignored -> "recording";
      case ServerMessage.Transcript ignored -> "transcript";
      case ServerMessage.Failure ignored -> "error";
    };
  }

  private static void write(IceServers ice, ObjectNode out) {
    if (ice.servers().isEmpty()) {
      return;
    }
    var servers = out.putArray("iceServers");
    for (IceServers.Server server : ice.servers()) {
      var entry = servers.addObject();
      server.urls().forEach(entry.putArray("urls")::add);
      putIfPresent(entry, "username", server.username());
      putIfPresent(entry, "credential", server.credential());
    }
    if (ice.relayOnly()) {
      out.put("iceTransportPolicy", "relay");
    }
  }

  private static void write(ServerMessage.Failure failure, ObjectNode out) {
    out.put("code", failure.code().wireName()).put("message", failure.message());
    putIfPresent(out, "replyTo", failure.replyTo());
    out.put("correlationId", failure.correlationId());
    var retryAfter = failure.retryAfter();
    if (retryAfter != null) {
      out.put("retryAfterMs", retryAfter.toMillis());
    }
  }

  private static void write(ServerMessage.Quality quality, ObjectNode out) {
    out.put("seatId", quality.seat().value()).put("level", quality.level().word());
    if (quality.rttMillis() != null) {
      out.put("rttMs", quality.rttMillis());
    }
    if (quality.lossPermille() != null) {
      out.put("lossPermille", quality.lossPermille());
    }
  }

  private static void write(List<HeardSource> sources, ArrayNode out) {
    for (HeardSource source : sources) {
      out.addObject()
          .put("seatId", source.seat().value())
          .put("kind", lower(source.kind()))
          .put("bytes", source.bytes())
          .put("standing", hyphenated(source.standing()));
    }
  }

  private static ObjectNode self(SeatSpec seat) {
    return JSON.objectNode()
        .put("seatId", seat.id().value())
        .put("role", seat.role().name())
        .put("label", seat.label())
        .put("displayName", seat.displayName());
  }

  private static ObjectNode view(RoomState state) {
    var view = JSON.objectNode();
    view.put("roomId", state.id().value())
        .put("kind", lower(state.spec().kind()))
        .put("caseLabel", state.spec().caseLabel())
        .put("phase", state.phase().name());
    var pause = state.pause();
    if (pause != null) {
      view.put("pausedReason", hyphenated(pause.reason())).put("pausedFrom", pause.from().name());
      putIfPresent(view, "pausedNote", pause.note());
      var apart = pause.seat();
      putIfPresent(view, "pausedSeat", apart == null ? null : apart.value());
    }
    view.put("recording", hyphenated(state.light()));
    if (!state.silent().isEmpty()) {
      var silent = view.putArray("silent");
      state
          .silent()
          .forEach(
              source ->
                  silent
                      .addObject()
                      .put("seatId", source.seat().value())
                      .put("kind", lower(source.kind())));
    }
    var startedAt = state.startedAt();
    putIfPresent(view, "startedAt", startedAt == null ? null : startedAt.toString());
    var seats = view.putArray("seats");
    state.seats().forEach(seat -> seats.add(seat(seat)));
    var agreement = state.agreement();
    if (agreement != null) {
      view.putObject("agreement")
          .put("documentId", agreement.documentId())
          .put("sha256", agreement.sha256())
          .put("title", agreement.title());
    }
    view.put("transcriptTextLength", state.spec().transcript().textLength());
    if (state.transcript().size() > 0) {
      view.put("transcriptSize", state.transcript().size());
    }
    putIfPresent(view, "rootHash", state.rootHash());
    return view;
  }

  private static ObjectNode seat(Seat seat) {
    var out = self(seat.spec());
    out.put("presence", lower(seat.presence()))
        .put("audioMuted", seat.audioMuted())
        .put("videoMuted", seat.videoMuted());
    var endpoint = seat.endpoint();
    putIfPresent(out, "endpointId", endpoint == null ? null : endpoint.value());
    var background = seat.background();
    if (background.hidden()) {
      out.put("hidden", true);
    }
    if (!background.interrupted().isEmpty()) {
      var interrupted = out.putArray("interrupted");
      background.interrupted().stream().sorted().forEach(kind -> interrupted.add(lower(kind)));
    }
    return out.put("consented", seat.consented())
        .put("confirmed", seat.confirmed())
        .put("declined", seat.declined());
  }

  private static void putIfPresent(ObjectNode out, String field, @Nullable String value) {
    if (value != null) {
      out.put(field, value);
    }
  }

  private static String hyphenated(Enum<?> value) {
    return lower(value).replace('_', '-');
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
