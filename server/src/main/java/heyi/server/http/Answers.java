package heyi.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.store.StoreException;
import heyi.server.sql.Blocking;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes replies and problems. What went wrong inside is logged, never told to the client. */
final class Answers {
  /** Key of the request's correlation id in the routing context. */
  static final String CORRELATION_ID = "heyi.correlationId";

  private static final Logger log = LoggerFactory.getLogger(Answers.class);

  Future<Void> write(RoutingContext context, Reply reply) {
    HttpServerResponse response = context.response();
    return switch (reply) {
      case Reply.Json(int status, JsonNode body) -> json(response.setStatusCode(status), body);
      case Reply.Empty() -> response.setStatusCode(204).end();
      case Reply.Bytes bytes -> {
        bytes.headers().forEach(header -> response.putHeader(header.name(), header.value()));
        yield response
            .putHeader(HttpHeaders.CONTENT_TYPE, bytes.contentType())
            .end(Buffer.buffer(bytes.body()));
      }
      case Reply.WithCookie(Reply.Json(int status, JsonNode body), String cookie) ->
          json(response.setStatusCode(status).putHeader(HttpHeaders.SET_COOKIE, cookie), body);
      case Reply.Streamed streamed -> streamed.writer().apply(response);
    };
  }

  private static Future<Void> json(HttpServerResponse response, JsonNode body) {
    return response
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
        .end(Buffer.buffer(body.toString().getBytes(StandardCharsets.UTF_8)));
  }

  void fail(RoutingContext context, Throwable failure) {
    Problem problem = problemOf(failure);
    String correlationId = context.get(CORRELATION_ID);
    if (problem.status() >= 500) {
      log.warn(
          "request failed correlationId={} method={} route={}",
          correlationId,
          context.request().method(),
          route(context),
          failure);
    }
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      response.reset();
      return;
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("type", "urn:heyi:problem:" + problem.slug())
        .put("title", problem.title())
        .put("status", problem.status())
        .put("detail", problem.detail())
        .put("correlationId", correlationId);
    Duration retryAfter = problem.retryAfter();
    if (retryAfter != null) {
      response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds()));
    }
    response
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json; charset=utf-8")
        .end(Buffer.buffer(body.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** The pattern, never the path: a path may hold identities. */
  private static String route(RoutingContext context) {
    var route = context.currentRoute();
    return route == null ? "none" : String.valueOf(route.getPath());
  }

  private static Problem problemOf(Throwable failure) {
    return switch (failure) {
      case Problem problem -> problem;
      case StoreException.Unreachable _ ->
          Problem.unavailable("The object store does not answer. Try again in a while.");
      case Blocking.Overloaded _ -> Problem.unavailable("The server is busy. Try again shortly.");
      case HttpException http when http.getStatusCode() == 413 ->
          new Problem(413, "too-large", "Request too large", "The body is larger than allowed.");
      case HttpException http when http.getStatusCode() == 415 ->
          new Problem(415, "not-json", "Not JSON", "Send the body as application/json.");
      case HttpException http when http.getStatusCode() == 405 ->
          new Problem(405, "no-such-method", "Method not allowed", "This path has other methods.");
      case HttpException http when http.getStatusCode() < 500 ->
          new Problem(
              http.getStatusCode(), "malformed", "Malformed request", "The request is malformed.");
      default ->
          new Problem(
              500,
              "internal",
              "Internal error",
              "Something went wrong here. Name the correlation id when you ask for help.");
    };
  }
}
