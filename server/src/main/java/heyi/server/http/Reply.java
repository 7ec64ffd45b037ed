package heyi.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.function.Function;

/** What a route answers. */
public sealed interface Reply {

  /** A JSON body. */
  record Json(int status, JsonNode body) implements Reply {}

  /** 204. */
  record Empty() implements Reply {}

  /**
   * Bytes that fit in memory, such as a PDF or a picture; {@code headers} are name, value pairs.
   */
  record Bytes(String contentType, byte[] body, List<Header> headers) implements Reply {

    /** Copies the headers. */
    public Bytes {
      headers = List.copyOf(headers);
    }
  }

  /** Sets a cookie (or clears it when empty) beside a JSON body. */
  record WithCookie(Json json, String cookie) implements Reply {}

  /** Writes itself: for what is streamed. The future ends when the response has ended. */
  record Streamed(Function<HttpServerResponse, io.vertx.core.Future<Void>> writer)
      implements Reply {}

  /** One response header. */
  record Header(String name, String value) {}

  /** 200 with JSON. */
  static Json ok(JsonNode body) {
    return new Json(200, body);
  }

  /** 201 with JSON. */
  static Json created(JsonNode body) {
    return new Json(201, body);
  }
}
