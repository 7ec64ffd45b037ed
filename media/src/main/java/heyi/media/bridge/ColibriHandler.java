package heyi.media.bridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the HTTP requests of the bridge: Colibri2, health and statistics.
 *
 * <p><b>Threads:</b> the event loop of the server; work is passed to the control thread.
 */
final class ColibriHandler implements Handler<HttpServerRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(ColibriHandler.class);
  private static final String CONFERENCES = "/colibri/v2/conferences";
  private static final String DRAIN = "/colibri/drain";
  private static final int MAX_BODY_BYTES = 256 * 1024;
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int TOO_LARGE = 413;
  private static final int SERVER_ERROR = 500;
  private static final int EXISTS = 501;

  private final ObjectMapper json = new ObjectMapper();
  private final WorkerExecutor control;
  private final ConferenceTable table;
  private final BridgeStatistics statistics;
  private final BridgeCounters counters;

  /** What is sent back: JSON, or an HTML page with the reason as Jitsi Videobridge makes it. */
  private record Answer(int status, @Nullable JsonNode body, @Nullable String reason) {
    static Answer of(int status) {
      return new Answer(status, null, null);
    }

    static Answer ok(JsonNode body) {
      return new Answer(OK, body, null);
    }

    static Answer refused(int status, @Nullable String reason) {
      return new Answer(status, null, reason);
    }
  }

  /** Work on the control thread. */
  private interface Task {
    Answer run() throws BridgeRefusal, JsonProcessingException;
  }

  ColibriHandler(
      WorkerExecutor control,
      ConferenceTable table,
      BridgeStatistics statistics,
      BridgeCounters counters) {
    this.control = control;
    this.table = table;
    this.statistics = statistics;
    this.counters = counters;
  }

  @Override
  public void handle(HttpServerRequest request) {
    String path = request.path() == null ? "" : request.path();
    HttpMethod method = request.method();
    if (method.equals(HttpMethod.GET)) {
      request.resume();
      get(request, path);
    } else if (method.equals(HttpMethod.POST) && path.startsWith(DRAIN + "/")) {
      request.resume();
      drain(request, path.substring(DRAIN.length() + 1));
    } else if (method.equals(HttpMethod.POST) && path.equals(CONFERENCES)) {
      withBody(request, body -> Answer.ok(table.create(json.readTree(body))));
    } else if (method.equals(HttpMethod.PATCH) && path.startsWith(CONFERENCES + "/")) {
      String meetingId = path.substring(CONFERENCES.length() + 1);
      withBody(request, body -> Answer.ok(table.update(meetingId, json.readTree(body))));
    } else {
      send(request, Answer.of(NOT_FOUND));
    }
  }

  /** As in Jitsi Videobridge, where it is only a flag in the statistics. */
  private void drain(HttpServerRequest request, String word) {
    switch (word) {
      case "enable" -> run(request, () -> drained(true));
      case "disable" -> run(request, () -> drained(false));
      default -> send(request, Answer.of(NOT_FOUND));
    }
  }

  private Answer drained(boolean on) {
    statistics.drain(on);
    return Answer.of(OK);
  }

  private void get(HttpServerRequest request, String path) {
    if (path.equals("/about/health")) {
      send(request, Answer.of(OK));
    } else if (path.equals("/colibri/stats")) {
      run(request, () -> Answer.ok(statistics.write(table.conferences())));
    } else if (path.equals(DRAIN)) {
      run(
          request,
          () ->
              Answer.ok(
                  JsonNodeFactory.instance.objectNode().put("drain", statistics.isDraining())));
    } else if (path.startsWith(CONFERENCES + "/")) {
      String meetingId = path.substring(CONFERENCES.length() + 1);
      run(
          request,
          () -> {
            table.find(meetingId);
            return Answer.of(EXISTS);
          });
    } else {
      send(request, Answer.of(NOT_FOUND));
    }
  }

  private interface BodyTask {
    Answer run(String body) throws BridgeRefusal, JsonProcessingException;
  }

  private void withBody(HttpServerRequest request, BodyTask task) {
    Buffer body = Buffer.buffer();
    request.handler(
        chunk -> {
          if (body.length() <= MAX_BODY_BYTES) {
            body.appendBuffer(chunk);
          }
        });
    request.endHandler(
        ignored -> {
          if (body.length() > MAX_BODY_BYTES) {
            send(request, Answer.refused(TOO_LARGE, "body is over " + MAX_BODY_BYTES + " bytes"));
          } else {
            run(request, () -> task.run(body.toString()));
          }
        });
  }

  private void run(HttpServerRequest request, Task task) {
    Future<Answer> answer = control.executeBlocking(() -> answer(task), true);
    answer.onComplete(
        done -> send(request, done.succeeded() ? done.result() : Answer.of(SERVER_ERROR)));
  }

  private Answer answer(Task task) {
    try {
      return task.run();
    } catch (BridgeRefusal refusal) {
      counters.requestsRefused.increment();
      return Answer.refused(refusal.httpStatus(), refusal.getMessage());
    } catch (JsonProcessingException _) {
      counters.requestsRefused.increment();
      return Answer.refused(BAD_REQUEST, "body is not JSON");
    } catch (RuntimeException e) {
      LOG.error("bridge request failed", e);
      return Answer.refused(SERVER_ERROR, "internal error");
    }
  }

  private static void send(HttpServerRequest request, Answer answer) {
    var response = request.response().setStatusCode(answer.status());
    if (response.ended() || response.closed()) {
      return;
    }
    if (answer.body() != null) {
      var unused =
          response.putHeader("Content-Type", "application/json").end(answer.body().toString());
    } else if (answer.reason() != null) {
      var unused =
          response
              .putHeader("Content-Type", "text/html; charset=utf-8")
              .end(
                  "<table><tr><th>MESSAGE:</th><td>"
                      + escaped(answer.reason())
                      + "</td></tr></table>");
    } else {
      var unused = response.end();
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
