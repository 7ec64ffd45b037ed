package heyi.server.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Sign-ins: a random token in a cookie, its hash in the database. Blocks; call on a virtual thread.
 */
public final class Logins {
  private final Jdbi jdbi;
  private final InstantSource clock;
  private final Tokens tokens;
  private final Duration lifetime;

  /** A sign-in ends after {@code lifetime}. */
  public Logins(Jdbi jdbi, InstantSource clock, Tokens tokens, Duration lifetime) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.tokens = tokens;
    this.lifetime = lifetime;
  }

  /** How long a sign-in holds. */
  public Duration lifetime() {
    return lifetime;
  }

  /** Signs the person in and returns the token for his cookie; forgets what has expired. */
  public Secret<String> open(User user) {
    Secret<String> token = tokens.fresh();
    Instant now = clock.instant();
    jdbi.useTransaction(
        h -> {
          h.createUpdate("delete from login_session where expires_at < :now")
              .bind("now", now.atOffset(ZoneOffset.UTC))
              .execute();
          h.createUpdate("insert into login_session values (:hash, :user, :now, :expires)")
              .bind("hash", Tokens.hash(token.reveal()))
              .bind("user", user.id().value())
              .bind("now", now.atOffset(ZoneOffset.UTC))
              .bind("expires", now.plus(lifetime).atOffset(ZoneOffset.UTC))
              .execute();
        });
    return token;
  }

  /** The person behind the token; null when it is unknown or has expired. */
  public @Nullable User find(String token) {
    if (!Tokens.looksLikeToken(token)) {
      return null;
    }
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select a.* from login_session s join user_account a using (user_id)"
                        + " where s.token_hash = :hash and s.expires_at > :now"
                        + " and a.disabled_at is null")
                .bind("hash", Tokens.hash(token))
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .map((rs, _) -> Accounts.user(rs))
                .findOne()
                .orElse(null));
  }

  /** Signs out; an unknown token is no mistake. */
  public void close(String token) {
    jdbi.useHandle(
        h ->
            h.createUpdate("delete from login_session where token_hash = :hash")
                .bind("hash", Tokens.hash(token))
                .execute());
  }
}
