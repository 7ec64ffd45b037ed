package heyi.signaling.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.Ssrc;
import heyi.media.dtls.DtlsSetup;
import heyi.media.sdp.SdpAnswerer;
import heyi.media.sdp.SdpException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A browser page without a browser: says exactly what a test wants, and waits for answers. */
final class Page {
  private static final long PATIENCE_SECONDS = 20;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<Short> closed = new CompletableFuture<>();
  private final WebSocket socket;

  private Page(WebSocket socket) {
    this.socket = socket;
    socket.textMessageHandler(text -> heard.add(read(text)));
    socket.closeHandler(
        ignored -> {
          var code = socket.closeStatusCode();
          closed.complete(code == null ? (short) 1006 : code);
        });
  }

  static Page open(Vertx vertx, WebSocketClient client, int port) throws Exception {
    var opened = new CompletableFuture<Page>();
    vertx.runOnContext(
        ignored ->
            client
                .connect(port, "127.0.0.1", "/api/room")
                .map(Page::new)
                .onComplete(
                    (page, failure) -> {
                      if (failure == null) {
                        opened.complete(page);
                      } else {
                        opened.completeExceptionally(failure);
                      }
                    }));
    return opened.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  static ObjectNode message(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  static ObjectNode join(String token, boolean resume) {
    var join = message("join").put("id", "j").put("seatToken", token).put("resume", resume);
    var consents = join.putArray("consents");
    for (String purpose : List.of("recording", "online")) {
      consents.addObject().put("purpose", purpose).put("version", "2026-11").put("accepted", true);
    }
    return join;
  }

  void say(JsonNode message) {
    say(message.toString());
  }

  void say(String text) {
    socket.writeTextMessage(text);
  }

  void sayBinary(byte[] bytes) {
    socket.writeBinaryMessage(Buffer.buffer(bytes));
  }

  /** The connection breaks without a word. */
  void vanish() {
    socket.close();
  }

  /** The next message, whatever it is. */
  JsonNode next() throws InterruptedException {
    var message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("nothing came");
    }
    return message;
  }

  /** The next message of the type; what comes before it is passed over. */
  JsonNode next(String type) throws InterruptedException {
    while (true) {
      var message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no " + type + " came");
      }
      if (type.equals(message.path("type").asText())) {
        return message;
      }
    }
  }

  /** The code of the next error. */
  String nextError() throws InterruptedException {
    return next("error").path("code").asText();
  }

  /** The first state from now on in which the field has the value. */
  JsonNode stateWith(String field, String value) throws InterruptedException {
    while (true) {
      var state = next("state").path("state");
      if (value.equals(state.path(field).asText())) {
        return state;
      }
    }
  }

  /** The first state that has the field at all. */
  JsonNode stateThatHas(String field) throws InterruptedException {
    while (true) {
      var state = next("state").path("state");
      if (state.has(field)) {
        return state;
      }
    }
  }

  /** The first state in which the seat's field has the value. */
  JsonNode seatWith(String seat, String field, String value) throws InterruptedException {
    while (true) {
      for (JsonNode entry : next("state").path("state").path("seats")) {
        if (seat.equals(entry.path("seatId").asText())
            && value.equals(entry.path(field).asText())) {
          return entry;
        }
      }
    }
  }

  short closeCode() throws Exception {
    return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Answers an offer as a browser with microphone and camera would. */
  void answer(JsonNode offer, long ssrc) throws SdpException {
    say(answerTo(offer, ssrc));
  }

  static ObjectNode answerTo(JsonNode offer, long ssrc) throws SdpException {
    var owner = new EndpointId("any");
    var sending =
        List.of(source(owner, MediaKind.AUDIO, ssrc), source(owner, MediaKind.VIDEO, ssrc + 1));
    var answered =
        new SdpAnswerer(owner, sending)
            .answer(offer.path("sdp").asText(), FakeBridge.transport(DtlsSetup.ACTIVE));
    return message("answer")
        .put("id", "a")
        .put("offerId", offer.path("offerId").asText())
        .put("sdp", answered.sdp());
  }

  private static MediaSource source(EndpointId owner, MediaKind kind, long ssrc) {
    return new MediaSource(owner.source(kind, 0), kind, List.of(new Ssrc(ssrc)), List.of());
  }

  private static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
