package heyi.server.boot;

import heyi.media.SteadyClock;
import heyi.server.sql.Blocking;
import heyi.server.sql.Database;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.InstantSource;

/** What every wiring stands on. */
record Core(
    Vertx vertx,
    HeyiConfig config,
    DataDirectory directory,
    Blocking blocking,
    InstantSource clock,
    SecureRandom random,
    Database database) {
  /** The same clock for those who measure how long something takes: nobody sets it. */
  InstantSource steady() {
    return SteadyClock.from(clock);
  }
}
