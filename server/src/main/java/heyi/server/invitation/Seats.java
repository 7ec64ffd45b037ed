package heyi.server.invitation;

import heyi.server.casefile.SessionId;
import heyi.server.identity.Secret;
import heyi.server.identity.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Seat tokens in PostgreSQL, hashes only. Blocks; call on a virtual thread. */
public final class Seats {
  /** The seat of whoever leads the session. */
  public static final String MEDIATOR_SEAT = "mediator";

  private final Jdbi jdbi;
  private final InstantSource clock;
  private final Tokens tokens;
  private final Duration lifetime;

  /** A seat token lives for {@code lifetime}. */
  public Seats(Jdbi jdbi, InstantSource clock, Tokens tokens, Duration lifetime) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.tokens = tokens;
    this.lifetime = lifetime;
  }

  /** A token for a party's seat; it dies with its invitation. */
  public Secret<String> issue(InvitationOutcome.Valid invitation) {
    return insert(invitation.session(), invitation.party().seatId(), invitation.hash());
  }

  /** A token for the mediator's seat. */
  public Secret<String> issueToMediator(SessionId session) {
    return insert(session, MEDIATOR_SEAT, null);
  }

  private Secret<String> insert(SessionId session, String seatId, byte @Nullable [] invitation) {
    Secret<String> token = tokens.fresh();
    Instant now = clock.instant();
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    "insert into seat_token values"
                        + " (:hash, :session, :seat, :invitation, :now, :expires)")
                .bind("hash", Tokens.hash(token.reveal()))
                .bind("session", session.value())
                .bind("seat", seatId)
                .bind("invitation", invitation)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("expires", now.plus(lifetime).atOffset(ZoneOffset.UTC))
                .execute());
    return token;
  }

  /** What the token stands for. */
  public SeatStanding look(String token) {
    if (!Tokens.looksLikeToken(token)) {
      return new SeatStanding.Unknown();
    }
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select s.session_id, s.seat_id, s.expires_at > :now"
                        + " and (i.token_hash is null or i.revoked_at is null) as valid"
                        + " from seat_token s left join invitation i on i.token_hash = s.invitation"
                        + " where s.token_hash = :hash")
                .bind("hash", Tokens.hash(token))
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .map(
                    (rs, _) ->
                        rs.getBoolean("valid")
                            ? new SeatStanding.Holds(
                                new SessionId(rs.getString("session_id")), rs.getString("seat_id"))
                            : new SeatStanding.UsedUp())
                .findOne()
                .orElseGet(SeatStanding.Unknown::new));
  }
}
