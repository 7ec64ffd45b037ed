package heyi.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import heyi.server.identity.User;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One request, already authenticated as far as its route asks. Event-loop confined. */
public final class Call {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_TEXT_LENGTH = 2_000;

  private final RoutingContext context;
  private final @Nullable User user;
  private final @Nullable SeatBearer seat;

  Call(RoutingContext context, @Nullable User user, @Nullable SeatBearer seat) {
    this.context = context;
    this.user = user;
    this.seat = seat;
  }

  /** The signed-in person. */
  public User user() {
    if (user == null) {
      throw Problem.notSignedIn();
    }
    return user;
  }

  /** The signed-in person; null when the caller is somebody else. */
  public @Nullable User userOrNull() {
    return user;
  }

  /** The seat the caller holds; null when he came without a seat token. */
  public @Nullable SeatBearer seatOrNull() {
    return seat;
  }

  /** A part of the path. */
  public String path(String name) {
    return Objects.requireNonNull(context.pathParam(name), name);
  }

  /** A text from the query; null when there is none. */
  public @Nullable String query(String name) {
    return context.request().getParam(name);
  }

  /** A whole number from the query within bounds. */
  public int query(String name, int otherwise, int least, int most) {
    String value = context.request().getParam(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // refused below
    }
    throw Problem.malformed(
        String.format(
            Locale.ROOT,
            "The query parameter %s must be a whole number from %d to %d.",
            name,
            least,
            most));
  }

  /** A cookie's value; null when the browser sent none. */
  public @Nullable String cookie(String name) {
    var cookie = context.request().getCookie(name);
    return cookie == null ? null : cookie.getValue();
  }

  /** The raw request: for ranges and streaming only. */
  public HttpServerRequest request() {
    return context.request();
  }

  /** Scheme and host as the browser sees them. */
  public String origin() {
    return context.request().scheme() + "://" + context.request().authority();
  }

  /** True on HTTPS. */
  public boolean isSecure() {
    return context.request().isSSL();
  }

  /** The body as a JSON object. */
  public JsonNode body() {
    Buffer buffer = context.body().buffer();
    if (buffer == null || buffer.length() == 0) {
      throw Problem.malformed("A JSON object is expected as body.");
    }
    try {
      JsonNode node = JSON.readTree(buffer.getBytes());
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw Problem.malformed("The body is not JSON; the mistake is in line " + line + ".");
    } catch (java.io.IOException e) {
      throw Problem.malformed("The body cannot be read as JSON text in UTF-8.");
    }
    throw Problem.malformed("The body must be a JSON object.");
  }

  /** A required, non-blank text of the body, at most 2,000 characters. */
  public static String text(JsonNode body, String field) {
    JsonNode value = body.get(field);
    if (value == null || !value.isTextual() || value.textValue().isBlank()) {
      throw Problem.malformed("The field '" + field + "' must be a non-empty text.");
    }
    return limited(value.textValue().strip(), field);
  }

  /** A required array of texts with at least one and at most {@code most} items. */
  public static List<String> texts(JsonNode body, String field, int most) {
    JsonNode values = body.get(field);
    if (values == null || !values.isArray() || values.isEmpty() || values.size() > most) {
      throw Problem.malformed(
          String.format(
              Locale.ROOT, "The field '%s' must be an array of 1 to %d texts.", field, most));
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode value : values) {
      if (!value.isTextual() || value.textValue().isBlank()) {
        throw Problem.malformed("Each item of '" + field + "' must be a non-empty text.");
      }
      texts.add(limited(value.textValue().strip(), field));
    }
    return texts;
  }

  private static String limited(String text, String field) {
    if (text.length() > MAX_TEXT_LENGTH) {
      throw Problem.malformed(
          String.format(
              Locale.ROOT, "The field '%s' is longer than %d characters.", field, MAX_TEXT_LENGTH));
    }
    return text;
  }
}
