package heyi.server.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One person's browser as far as REST goes: signs in once, then asks. Blocks. */
public final class ApiClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final WebClient http;
  private final String host;
  private final int port;
  private @Nullable String cookie;

  /** Talks to the server at the address over plain HTTP. */
  public ApiClient(Vertx vertx, String host, int port) {
    this.http = WebClient.create(vertx);
    this.host = host;
    this.port = port;
  }

  /** Signs in. */
  public void login(String user, String password) {
    HttpResponse<Buffer> response =
        send(HttpMethod.POST, "/api/login", object().put("user", user).put("password", password));
    String set = response.getHeader("Set-Cookie");
    cookie = set == null ? null : set.substring(0, set.indexOf(';'));
  }

  /** The answer of a GET. */
  public JsonNode get(String path) {
    return json(send(HttpMethod.GET, path, null));
  }

  /** The answer of a POST. */
  public JsonNode post(String path, ObjectNode body) {
    return json(send(HttpMethod.POST, path, body));
  }

  /** The answer of a PUT. */
  public JsonNode put(String path, ObjectNode body) {
    return json(send(HttpMethod.PUT, path, body));
  }

  /** The bytes behind a path. */
  public byte[] bytes(String path) {
    return send(HttpMethod.GET, path, null).body().getBytes();
  }

  /** The status, headers and body of a GET with a Range header. */
  public HttpResponse<Buffer> range(String path, String range) {
    return Awaiting.get(
        "GET " + path, LIMIT, request(HttpMethod.GET, path).putHeader("Range", range).send());
  }

  /** An empty JSON object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private HttpRequest<Buffer> request(HttpMethod method, String path) {
    HttpRequest<Buffer> request = http.request(method, port, host, path);
    if (cookie != null) {
      request.putHeader("Cookie", cookie);
    }
    return request;
  }

  private HttpResponse<Buffer> send(HttpMethod method, String path, @Nullable ObjectNode body) {
    HttpRequest<Buffer> request = request(method, path);
    Future<HttpResponse<Buffer>> sent =
        body == null
            ? request.send()
            : request
                .putHeader("Content-Type", "application/json")
                .sendBuffer(Buffer.buffer(body.toString()));
    HttpResponse<Buffer> response = Awaiting.get(method + " " + path, LIMIT, sent);
    if (response.statusCode() >= 300) {
      throw new PlayFailedException(
          String.format(
              Locale.ROOT,
              "%s %s was refused with %d: %s",
              method,
              path,
              response.statusCode(),
              response.bodyAsString()),
          null);
    }
    return response;
  }

  private static JsonNode json(HttpResponse<Buffer> response) {
    try {
      return JSON.readTree(response.bodyAsString());
    } catch (JsonProcessingException e) {
      throw new PlayFailedException("the server answered something that is not JSON", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
