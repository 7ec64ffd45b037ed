/**
 * PostgreSQL: the embedded server, the pool, the migrations and the one way to leave an event loop.
 *
 * <p>Entry types: {@link heyi.server.sql.Database} and {@link heyi.server.sql.Blocking}. Everything
 * that talks JDBC runs on a virtual thread of {@code Blocking}, never on an event loop.
 */
@NullMarked
package heyi.server.sql;

import org.jspecify.annotations.NullMarked;
