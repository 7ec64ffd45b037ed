package heyi.server.http;

import heyi.server.http.Routes.Access;
import heyi.server.http.Routes.Answer;
import heyi.server.identity.User;
import heyi.server.sql.Blocking;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Registers routes on the Vert.x router: origin check, rate limit, authentication, answer. */
final class ApiRouter implements Routes.Api {
  private static final String BEARER = "Bearer ";

  private final Router router;
  private final Blocking blocking;
  private final Authenticator authenticator;
  private final RateLimit slow;
  private final Answers answers;

  ApiRouter(
      Router router,
      Blocking blocking,
      Authenticator authenticator,
      RateLimit slow,
      Answers answers) {
    this.router = router;
    this.blocking = blocking;
    this.authenticator = authenticator;
    this.slow = slow;
    this.answers = answers;
  }

  @Override
  public void get(String path, Access access, Answer answer) {
    add(HttpMethod.GET, path, access, answer);
  }

  @Override
  public void post(String path, Access access, Answer answer) {
    add(HttpMethod.POST, path, access, answer);
  }

  @Override
  public void put(String path, Access access, Answer answer) {
    add(HttpMethod.PUT, path, access, answer);
  }

  private void add(HttpMethod method, String path, Access access, Answer answer) {
    router
        .route(method, path)
        .handler(
            context ->
                guarded(() -> handle(context, access, answer))
                    .compose(reply -> answers.write(context, reply))
                    .onFailure(failure -> answers.fail(context, failure)));
  }

  private Future<? extends Reply> handle(RoutingContext context, Access access, Answer answer) {
    requireSameOrigin(context);
    if (access == Access.ANYONE_SLOWLY) {
      slow.spend(context.request().remoteAddress().hostAddress());
    }
    return authenticate(context, access)
        .compose(call -> guarded(() -> answer.to(call)).map(reply -> (Reply) reply));
  }

  private Future<Call> authenticate(RoutingContext context, Access access) {
    String token = cookie(context);
    String bearer = bearer(context);
    if (access == Access.ANYONE || access == Access.ANYONE_SLOWLY) {
      return Future.succeededFuture(new Call(context, null, null));
    }
    return blocking
        .call(
            () -> {
              User user = token == null ? null : authenticator.user(token);
              SeatBearer seat =
                  user == null && bearer != null && access == Access.USER_OR_SEAT
                      ? authenticator.seat(bearer)
                      : null;
              return new Call(context, user, seat);
            })
        .compose(
            call ->
                call.userOrNull() == null && call.seatOrNull() == null
                    ? Future.failedFuture(Problem.notSignedIn())
                    : Future.succeededFuture(call));
  }

  /** Turns what an answer throws into a failed future, so that there is one way to fail. */
  private static <T> Future<T> guarded(Supplier<Future<? extends T>> work) {
    try {
      return work.get().map(value -> (T) value);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  /** Beside SameSite cookies: a browser says where a changing request came from. */
  private static void requireSameOrigin(RoutingContext context) {
    String origin = context.request().getHeader(HttpHeaders.ORIGIN);
    if (context.request().method().equals(HttpMethod.GET) || origin == null) {
      return;
    }
    if (!isSameOrigin(origin, String.valueOf(context.request().authority()))) {
      throw new Problem(
          403, "foreign-origin", "Foreign origin", "Call the API from its own pages.");
    }
  }

  /** True when the origin's host and port are the ones the request was sent to. */
  static boolean isSameOrigin(String origin, String authority) {
    try {
      return authority.equals(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static @Nullable String cookie(RoutingContext context) {
    var cookie = context.request().getCookie(LoginRoutes.COOKIE);
    return cookie == null ? null : cookie.getValue();
  }

  private static @Nullable String bearer(RoutingContext context) {
    String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.startsWith(BEARER) ? header.substring(BEARER.length()) : null;
  }
}
