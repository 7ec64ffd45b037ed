package heyi.server.boot;

import heyi.server.casefile.CaseAccess;
import heyi.server.casefile.CaseStore;
import heyi.server.casefile.SessionStore;
import heyi.server.identity.Accounts;
import heyi.server.identity.Logins;
import heyi.server.identity.Tokens;
import heyi.server.invitation.Invitations;
import heyi.server.invitation.Seats;
import heyi.server.search.SessionSearch;
import heyi.server.sql.Database;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Everything that stands on the database. */
record StoresWiring(
    Accounts accounts,
    Logins logins,
    Tokens tokens,
    CaseStore cases,
    SessionStore sessions,
    CaseAccess access,
    SessionSearch search,
    Invitations invitations,
    Seats seats) {

  static StoresWiring on(Core core) {
    Database database = core.database();
    HeyiConfig config = core.config();
    InstantSource clock = core.clock();
    SecureRandom random = core.random();
    Tokens tokens = new Tokens(random);
    CaseStore cases = new CaseStore(database.jdbi(), clock, tokens);
    return new StoresWiring(
        new Accounts(database.jdbi(), clock, tokens, random),
        new Logins(database.jdbi(), clock, tokens, config.identity().sessionLifetime()),
        tokens,
        cases,
        new SessionStore(database.jdbi(), clock, tokens),
        new CaseAccess(cases),
        new SessionSearch(database.jdbi()),
        new Invitations(
            database.jdbi(),
            clock,
            tokens,
            cases,
            config.invitations().lifetime(),
            config.invitations().maxRedemptions()),
        new Seats(database.jdbi(), clock, tokens, config.identity().sessionLifetime()));
  }
}
