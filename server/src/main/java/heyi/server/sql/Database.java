package heyi.server.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The open database: migrated, pooled, ready for the stores.
 *
 * <p><b>Threads</b>: {@link #jdbi()} may be used from any thread that may wait (see {@link
 * Blocking}). <b>Errors</b>: {@link DatabaseException} at opening; nothing is left running then.
 */
public final class Database implements AutoCloseable {
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final @Nullable EmbeddedDatabase embedded;

  private Database(HikariDataSource pool, @Nullable EmbeddedDatabase embedded) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    this.embedded = embedded;
  }

  /** Starts the embedded server where no URL is given, connects and migrates. Blocks. */
  public static Database open(DatabaseOptions options) {
    String url = options.url();
    if (url != null) {
      return connect(url, options, null);
    }
    EmbeddedDatabase embedded = EmbeddedDatabase.start(options.directory(), options.binaries());
    try {
      return connect(embedded.jdbcUrl(), options, embedded);
    } catch (RuntimeException e) {
      embedded.close();
      throw e;
    }
  }

  /**
   * Connects to the one that a running server uses, its embedded one included. Blocks.
   *
   * @throws DatabaseException when it does not answer
   */
  public static Database join(DatabaseOptions options) {
    String url =
        options.url() == null ? EmbeddedDatabase.urlIn(options.directory()) : options.url();
    if (url == null) {
      throw new DatabaseException("There is no database in " + options.directory() + ".", null);
    }
    return connect(url, options, null);
  }

  private static Database connect(
      String url, DatabaseOptions options, @Nullable EmbeddedDatabase embedded) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(options.user());
    config.setPassword(options.password());
    config.setPoolName("heyi");
    config.setMaximumPoolSize(options.poolSize());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(options.timeout().toMillis());
    config.setInitializationFailTimeout(options.timeout().toMillis());
    HikariDataSource pool;
    try {
      pool = new HikariDataSource(config);
    } catch (RuntimeException e) {
      throw new DatabaseException("PostgreSQL cannot be reached at " + withoutQuery(url) + ".", e);
    }
    try {
      Flyway.configure()
          .dataSource(pool)
          .locations("classpath:heyi/sql")
          .loggers("slf4j")
          .load()
          .migrate();
    } catch (FlywayException e) {
      pool.close();
      throw new DatabaseException("The database schema could not be brought up to date.", e);
    }
    return new Database(pool, embedded);
  }

  private static String withoutQuery(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }

  /** Access for the stores. */
  public Jdbi jdbi() {
    return jdbi;
  }

  /**
   * Asks it something, for readiness. Blocks.
   *
   * @throws RuntimeException with the reason when it does not answer
   */
  public void ask() {
    jdbi.useHandle(handle -> handle.createQuery("select 1").mapTo(Integer.class).one());
  }

  /** One word for the start-up lines: where the data is. */
  public String describe() {
    return embedded == null ? withoutQuery(pool.getJdbcUrl()) : embedded.describe();
  }

  @Override
  public void close() {
    pool.close();
    if (embedded != null) {
      embedded.close();
    }
  }
}
