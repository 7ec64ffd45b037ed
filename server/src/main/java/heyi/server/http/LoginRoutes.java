package heyi.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.server.identity.Accounts;
import heyi.server.identity.Logins;
import heyi.server.identity.Role;
import heyi.server.identity.Secret;
import heyi.server.identity.User;
import heyi.server.sql.Blocking;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Locale;

/** Signing in and out with a password. */
public final class LoginRoutes implements Routes {
  static final String COOKIE = "heyi_session";

  private final Accounts accounts;
  private final Logins logins;
  private final Blocking blocking;
  private final RateLimit attempts;

  /** {@code attempts} limits the tries of one network address. */
  public LoginRoutes(Accounts accounts, Logins logins, Blocking blocking, RateLimit attempts) {
    this.accounts = accounts;
    this.logins = logins;
    this.blocking = blocking;
    this.attempts = attempts;
  }

  @Override
  public void register(Api api) {
    api.post("/api/login", Access.ANYONE, this::login);
    api.post("/api/logout", Access.ANYONE, this::logout);
    api.get("/api/me", Access.USER, call -> Future.succeededFuture(Reply.ok(json(call.user()))));
  }

  private Future<Reply> login(Call call) {
    attempts.spend(call.request().remoteAddress().hostAddress());
    JsonNode body = call.body();
    String login = Call.text(body, "user");
    String password = Call.text(body, "password");
    boolean secure = call.isSecure();
    return blocking.call(
        () -> {
          User user = accounts.verify(login, password);
          if (user == null) {
            throw new Problem(
                401, "wrong-credentials", "Wrong credentials", "User or password is wrong.");
          }
          Secret<String> token = logins.open(user);
          return new Reply.WithCookie(
              Reply.ok(json(user)), cookie(token.reveal(), logins.lifetime(), secure));
        });
  }

  private Future<Reply> logout(Call call) {
    String token = call.cookie(COOKIE);
    boolean secure = call.isSecure();
    return blocking.call(
        () -> {
          if (token != null) {
            logins.close(token);
          }
          return new Reply.WithCookie(
              Reply.ok(JsonNodeFactory.instance.objectNode()), cookie("", Duration.ZERO, secure));
        });
  }

  private static String cookie(String value, Duration lifetime, boolean secure) {
    return String.format(
        Locale.ROOT,
        "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s",
        COOKIE,
        value,
        lifetime.toSeconds(),
        secure ? "; Secure" : "");
  }

  private static ObjectNode json(User user) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("displayName", user.displayName());
    ArrayNode roles = json.putArray("roles");
    user.roles().stream().map(Role::word).sorted().forEach(roles::add);
    return json;
  }
}
