package heyi.server.http;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request that is refused, told to the client as {@code application/problem+json}.
 *
 * <p>Whoever throws it has changed nothing. Carries no stack trace: it is an answer, not a fault.
 * Source: RFC 9457.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String slug;
  private final String title;
  private final int status;
  private final @Nullable Duration retryAfter;

  /** A problem; {@code slug} becomes the type {@code urn:heyi:problem:<slug>}. */
  public Problem(int status, String slug, String title, String detail) {
    this(status, slug, title, detail, null);
  }

  private Problem(
      int status, String slug, String title, String detail, @Nullable Duration retryAfter) {
    super(detail, null, false, false);
    this.status = status;
    this.slug = slug;
    this.title = title;
    this.retryAfter = retryAfter;
  }

  /** 400: the request is not what the API describes. */
  public static Problem malformed(String detail) {
    return new Problem(400, "malformed", "Malformed request", detail);
  }

  /** 401: nobody is signed in. */
  public static Problem notSignedIn() {
    return new Problem(401, "not-signed-in", "Not signed in", "Sign in first.");
  }

  /** 403: signed in, but not entitled. */
  public static Problem notAllowed(String detail) {
    return new Problem(403, "not-allowed", "Not allowed", detail);
  }

  /** 404: there is no such thing, or the caller may not know whether there is. */
  public static Problem notFound(String what) {
    return new Problem(404, "not-found", "Not found", "There is no such " + what + ".");
  }

  /** 409: right request, wrong moment. */
  public static Problem conflict(String slug, String detail) {
    return new Problem(409, slug, "Not possible now", detail);
  }

  /** 429: too many tries from one address. */
  public static Problem tooMany(Duration retryAfter) {
    return new Problem(
        429, "too-many-requests", "Too many requests", "Wait a moment and try again.", retryAfter);
  }

  /** 503: a part of the server is not there; trying again is right. */
  public static Problem unavailable(String detail) {
    return new Problem(503, "unavailable", "Unavailable", detail, Duration.ofSeconds(2));
  }

  /** Last part of the problem type. */
  public String slug() {
    return slug;
  }

  /** Short words that do not change between occurrences. */
  public String title() {
    return title;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** What happened this time. */
  public String detail() {
    return Objects.requireNonNullElse(getMessage(), title);
  }

  /** When trying again makes sense; null where it does not. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
