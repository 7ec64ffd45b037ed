package heyi.server.boot;

import heyi.server.identity.Accounts;
import heyi.server.identity.Tokens;
import heyi.server.sql.Database;
import heyi.server.sql.DatabaseOptions;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of a server that runs, or of one that is stopped: then its own database is started
 * for as long as this is open. Blocks.
 */
record AccountDesk(Accounts accounts, Database database, @Nullable DataDirectory directory)
    implements AutoCloseable {

  static AccountDesk open(HeyiConfig config) throws IOException {
    HeyiConfig.Database settings = config.database();
    DatabaseOptions options = settings.options(DataDirectory.postgresIn(config.data().directory()));
    DataDirectory own =
        settings.url() == null ? DataDirectory.tryLock(config.data().directory()) : null;
    try {
      Database database = own == null ? Database.join(options) : Database.open(options);
      SecureRandom random = new SecureRandom();
      return new AccountDesk(
          new Accounts(database.jdbi(), Clock.systemUTC(), new Tokens(random), random),
          database,
          own);
    } catch (RuntimeException e) {
      if (own != null) {
        own.close();
      }
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    database.close();
    if (directory != null) {
      directory.close();
    }
  }
}
