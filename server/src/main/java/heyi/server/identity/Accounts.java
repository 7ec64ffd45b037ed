package heyi.server.identity;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The people who may sign in. Blocks; call on a virtual thread. */
public final class Accounts {
  private final Jdbi jdbi;
  private final InstantSource clock;
  private final Tokens tokens;
  private final SecureRandom random;

  /** Hashing a password of nobody costs the same time as a real one: logins cannot be probed. */
  private final String hashOfNobody;

  /** Uses the database. */
  public Accounts(Jdbi jdbi, InstantSource clock, Tokens tokens, SecureRandom random) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.tokens = tokens;
    this.random = random;
    this.hashOfNobody = PasswordHash.of("", random);
  }

  /**
   * An account as its operator sees it.
   *
   * @param disabled whether nobody can sign in with it any more
   */
  public record Account(String login, User user, boolean disabled) {}

  /** Adds an account; the login must be free. */
  public UserId add(String login, String displayName, String password, Set<Role> roles) {
    UserId id = new UserId(tokens.freshId("user"));
    String hash = hash(password);
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    "insert into user_account"
                        + " (user_id, login, display_name, password_hash, roles, created_at)"
                        + " values (:id, :login, :name, :hash, :roles, :at)")
                .bind("id", id.value())
                .bind("login", login)
                .bind("name", displayName)
                .bind("hash", hash)
                .bind("roles", roles.stream().map(Role::word).toArray(String[]::new))
                .bind("at", clock.instant().atOffset(ZoneOffset.UTC))
                .execute());
    return id;
  }

  /** Everybody, by login. */
  public List<Account> all() {
    return jdbi.withHandle(
        h ->
            h.createQuery("select * from user_account order by login")
                .map(
                    (rs, _) ->
                        new Account(
                            rs.getString("login"),
                            user(rs),
                            rs.getTimestamp("disabled_at") != null))
                .list());
  }

  /** Gives another password and ends every sign-in; false when there is no such account. */
  public boolean changePassword(String login, String password) {
    return change(
        login,
        "update user_account set password_hash = :value where login = :login",
        hash(password));
  }

  /** Nobody signs in with it any more, and who is signed in is out; false as above. */
  public boolean disable(String login) {
    return change(
        login,
        "update user_account set disabled_at = coalesce(disabled_at, :value) where login = :login",
        clock.instant().atOffset(ZoneOffset.UTC));
  }

  /** Takes a disabling back; false as above. */
  public boolean enable(String login) {
    return jdbi.withHandle(
            h ->
                h.createUpdate("update user_account set disabled_at = null where login = :login")
                    .bind("login", login)
                    .execute())
        > 0;
  }

  private boolean change(String login, String update, Object value) {
    return jdbi.inTransaction(
        h -> {
          boolean found =
              h.createUpdate(update).bind("login", login).bind("value", value).execute() > 0;
          h.createUpdate(
                  "delete from login_session using user_account a"
                      + " where a.user_id = login_session.user_id and a.login = :login")
              .bind("login", login)
              .execute();
          return found;
        });
  }

  private String hash(String password) {
    return PasswordHash.of(password, random);
  }

  /** True when nobody can sign in yet. */
  public boolean isEmpty() {
    return jdbi.withHandle(
        h ->
            h.createQuery("select not exists (select from user_account)")
                .mapTo(Boolean.class)
                .one());
  }

  /** The account with the login; null when there is none. */
  public @Nullable User byLogin(String login) {
    return jdbi.withHandle(
        h ->
            h.createQuery("select * from user_account where login = :login")
                .bind("login", login)
                .map((rs, _) -> user(rs))
                .findOne()
                .orElse(null));
  }

  /** What a user is called; his id when nobody knows him any more. */
  public String displayName(UserId user) {
    return jdbi.withHandle(
        h ->
            h.createQuery("select display_name from user_account where user_id = :id")
                .bind("id", user.value())
                .mapTo(String.class)
                .findOne()
                .orElse(user.value()));
  }

  /** The account when login and password fit; null otherwise, after the same time. */
  public @Nullable User verify(String login, String password) {
    record Found(User user, String hash) {}
    Found found =
        jdbi.withHandle(
            h ->
                h.createQuery(
                        "select * from user_account where login = :login and disabled_at is null")
                    .bind("login", login)
                    .map((rs, _) -> new Found(user(rs), rs.getString("password_hash")))
                    .findOne()
                    .orElse(null));
    boolean fits = PasswordHash.matches(found == null ? hashOfNobody : found.hash(), password);
    return found != null && fits ? found.user() : null;
  }

  static User user(ResultSet rs) throws SQLException {
    String[] roles = (String[]) rs.getArray("roles").getArray();
    return new User(
        new UserId(rs.getString("user_id")),
        rs.getString("display_name"),
        Arrays.stream(roles).map(Role::of).collect(Collectors.toUnmodifiableSet()));
  }
}
