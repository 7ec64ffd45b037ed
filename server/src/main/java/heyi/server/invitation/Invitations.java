package heyi.server.invitation;

import heyi.server.casefile.CaseFile;
import heyi.server.casefile.CaseStore;
import heyi.server.casefile.Party;
import heyi.server.casefile.PartyId;
import heyi.server.casefile.SessionId;
import heyi.server.casefile.SessionState;
import heyi.server.identity.Secret;
import heyi.server.identity.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Invitation links in PostgreSQL, hashes only. Blocks; call on a virtual thread. */
public final class Invitations {
  private final Jdbi jdbi;
  private final InstantSource clock;
  private final Tokens tokens;
  private final CaseStore cases;
  private final Duration lifetime;
  private final int maxRedemptions;

  /** A link lives for {@code lifetime} and opens {@code maxRedemptions} times. */
  public Invitations(
      Jdbi jdbi,
      InstantSource clock,
      Tokens tokens,
      CaseStore cases,
      Duration lifetime,
      int maxRedemptions) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.tokens = tokens;
    this.cases = cases;
    this.lifetime = lifetime;
    this.maxRedemptions = maxRedemptions;
  }

  /** A fresh link and its end. */
  public record Issued(Secret<String> token, Instant expiresAt) {}

  /** Issues a link and revokes the party's earlier links to the session. */
  public Issued issue(SessionId session, PartyId party) {
    Secret<String> token = tokens.fresh();
    Instant now = clock.instant();
    Instant expires = now.plus(lifetime);
    jdbi.useTransaction(
        h -> {
          h.createUpdate(
                  "update invitation set revoked_at = :now where session_id = :session"
                      + " and party_id = :party and revoked_at is null")
              .bind("now", now.atOffset(ZoneOffset.UTC))
              .bind("session", session.value())
              .bind("party", party.value())
              .execute();
          h.createUpdate(
                  "insert into invitation (token_hash, session_id, party_id, created_at, expires_at)"
                      + " values (:hash, :session, :party, :now, :expires)")
              .bind("hash", Tokens.hash(token.reveal()))
              .bind("session", session.value())
              .bind("party", party.value())
              .bind("now", now.atOffset(ZoneOffset.UTC))
              .bind("expires", expires.atOffset(ZoneOffset.UTC))
              .execute();
        });
    return new Issued(token, expires);
  }

  private record Row(
      String sessionId, String partyId, Instant expiresAt, boolean revoked, int redemptions) {}

  /** What the token stands for; changes nothing. */
  public InvitationOutcome look(String token) {
    if (!Tokens.looksLikeToken(token)) {
      return new InvitationOutcome.Unknown();
    }
    byte[] hash = Tokens.hash(token);
    Row row =
        jdbi.withHandle(
            h ->
                h.createQuery("select * from invitation where token_hash = :hash")
                    .bind("hash", hash)
                    .map(
                        (rs, _) ->
                            new Row(
                                rs.getString("session_id"),
                                rs.getString("party_id"),
                                rs.getTimestamp("expires_at").toInstant(),
                                rs.getTimestamp("revoked_at") != null,
                                rs.getInt("redemptions")))
                    .findOne()
                    .orElse(null));
    return row == null ? new InvitationOutcome.Unknown() : judge(hash, row);
  }

  private InvitationOutcome judge(byte[] hash, Row row) {
    SessionId session = new SessionId(row.sessionId());
    CaseFile caseFile = cases.findBySession(session);
    Party party = caseFile == null ? null : party(caseFile, row.partyId());
    boolean over =
        row.revoked()
            || !row.expiresAt().isAfter(clock.instant())
            || row.redemptions() >= maxRedemptions;
    if (over || caseFile == null || party == null) {
      return new InvitationOutcome.UsedUp();
    }
    SessionState state =
        caseFile.sessions().stream()
            .filter(s -> s.id().equals(session))
            .map(CaseFile.Session::state)
            .findFirst()
            .orElse(SessionState.FAILED);
    return switch (state) {
      case SCHEDULED, LIVE -> new InvitationOutcome.Valid(hash, caseFile, session, state, party);
      case SEALING, SEALED, DISPOSED, FAILED -> new InvitationOutcome.UsedUp();
    };
  }

  private static @Nullable Party party(CaseFile caseFile, String partyId) {
    return caseFile.parties().stream()
        .filter(p -> p.id().value().equals(partyId))
        .findFirst()
        .orElse(null);
  }

  /** Counts an opening. */
  void countRedemption(InvitationOutcome.Valid valid) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    "update invitation set redemptions = redemptions + 1 where token_hash = :hash")
                .bind("hash", valid.hash())
                .execute());
  }
}
