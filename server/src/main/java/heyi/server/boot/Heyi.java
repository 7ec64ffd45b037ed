package heyi.server.boot;

import heyi.server.http.HttpFront;
import heyi.server.signing.SigningAuthority;
import heyi.server.sql.Blocking;
import heyi.server.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root: starts every part in order, independent parts side by side, and stops them
 * in reverse.
 *
 * <p><b>Errors</b>: when a part cannot start, what has started is stopped and the future fails with
 * an exception whose message is one sentence.
 */
public final class Heyi {
  /**
   * Waiting plus running pieces of blocking work; far above what the pool of connections carries.
   */
  private static final int BLOCKING_LIMIT = 1_024;

  private static final Logger log = LoggerFactory.getLogger(Heyi.class);

  private final HeyiConfig config;
  private final DataDirectory directory;
  private final Vertx vertx;
  private final Shutdown shutdown = new Shutdown();
  private Supplier<Future<Void>> finish = Future::succeededFuture;
  private @Nullable HttpFront front;
  private @Nullable DemoLinks links;

  private Heyi(HeyiConfig config, DataDirectory directory, Vertx vertx) {
    this.config = config;
    this.directory = directory;
    this.vertx = vertx;
  }

  /** Starts everything; {@code progress} gets one line per part that is up. */
  public static Future<Heyi> start(
      HeyiConfig config, InstantSource clock, SecureRandom random, Consumer<String> progress) {
    DataDirectory directory;
    try {
      directory = DataDirectory.lock(config.data().directory());
    } catch (StartException e) {
      return Future.failedFuture(e);
    }
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setWorkerPoolSize(4)
                .setInternalBlockingPoolSize(4)
                .setPreferNativeTransport(false));
    Heyi heyi = new Heyi(config, directory, vertx);
    CompletableFuture<Heyi> started = new CompletableFuture<>();
    heyi.startParts(clock, random, progress)
        .onSuccess(_ -> started.complete(heyi))
        .onFailure(failure -> heyi.stop().onComplete(_ -> started.completeExceptionally(failure)));
    return Future.fromCompletionStage(started);
  }

  private Future<Void> startParts(
      InstantSource clock, SecureRandom random, Consumer<String> progress) {
    Blocking blocking = new Blocking(vertx, BLOCKING_LIMIT);
    Future<Database> database =
        blocking
            .call(() -> Database.open(config.database().options(directory.postgres())))
            .onSuccess(db -> shutdown.add("database", () -> blocking.call(() -> close(db))))
            .onSuccess(db -> progress.accept("PostgreSQL   " + db.describe()));
    Future<MediaWiring> media =
        MediaWiring.start(vertx, clock, config.media(), blocking, shutdown)
            .onSuccess(started -> progress.accept("Bridge       " + started.describe()));
    Future<SigningAuthority> authority =
        blocking.call(
            () -> SigningAuthority.open(directory.signing().resolve("keys.p12"), clock, random));
    Future<RecordingWiring> recording =
        authority
            .compose(
                opened ->
                    blocking.call(
                        () ->
                            RecordingWiring.open(vertx, config, directory, opened, clock, random)))
            .onSuccess(opened -> progress.accept("Recordings   " + opened.place()))
            .onSuccess(opened -> progress.accept("Kept         " + opened.kept()))
            .onSuccess(opened -> progress.accept("Seals        " + opened.seals().describe()));
    return Future.join(database, media, recording, authority)
        .compose(
            _ -> {
              Core core =
                  new Core(vertx, config, directory, blocking, clock, random, database.result());
              return serve(core, media.result(), recording.result(), authority.result(), progress);
            });
  }

  private Future<Void> serve(
      Core core,
      MediaWiring media,
      RecordingWiring recording,
      SigningAuthority authority,
      Consumer<String> progress) {
    StoresWiring stores = StoresWiring.on(core);
    SessionWiring sessions = SessionWiring.of(core, stores, media, recording, authority);
    finish = sessions::finish;
    HttpWiring http =
        new HttpWiring(core, stores, ReadinessWiring.of(core, recording, media.pool()));
    return core.blocking()
        .call(() -> prepareDemo(stores))
        .onSuccess(prepared -> links = prepared)
        .compose(_ -> sessions.recover())
        .onSuccess(_ -> sessions.keepSealing(shutdown))
        .compose(_ -> sessions.exports().start())
        .onSuccess(_ -> shutdown.add("films", sessions.exports()::stop))
        .onSuccess(_ -> sessions.custody().start(shutdown))
        .compose(_ -> http.listen(sessions))
        .onSuccess(
            opened -> {
              front = opened;
              shutdown.add("http", opened::close);
              recording
                  .seals()
                  .keepCompleting(vertx, core.blocking(), config.seal().retryInterval(), shutdown);
              Background.run(
                  "warm-up", MediaWiring.warmUp(core.blocking()).onSuccess(_ -> giveBackHeap()));
              progress.accept(
                  String.format(
                      Locale.ROOT, "HTTP         %s:%d", config.http().bind(), opened.port()));
              progress.accept(
                  String.format(
                      Locale.ROOT,
                      "HTTPS        %s:%d",
                      config.http().httpsBind(),
                      opened.httpsPort()));
            })
        .mapEmpty();
  }

  /** Start needs twice the heap of the time after it: key derivation, unpacking PostgreSQL. */
  private static void giveBackHeap() {
    System.gc();
  }

  private static Void close(AutoCloseable part) throws Exception {
    part.close();
    return null;
  }

  private @Nullable DemoLinks prepareDemo(StoresWiring stores) {
    if (!config.identity().demoUsers()) {
      return null;
    }
    DemoData data =
        new DemoData(
            stores.accounts(),
            stores.cases(),
            stores.sessions(),
            stores.tokens(),
            directory.demoLogins());
    return DemoLinks.of(data.prepare(), stores.invitations());
  }

  /** Port of plain HTTP. */
  public int port() {
    return Objects.requireNonNull(front).port();
  }

  /** Port of HTTPS. */
  public int httpsPort() {
    return Objects.requireNonNull(front).httpsPort();
  }

  /** Sign-ins and fresh invitation tokens of the demo case; null without demo users. */
  public @Nullable DemoLinks demoLinks() {
    return links;
  }

  /** Seals the running recordings, then stops everything. */
  public Future<Void> finishAndStop() {
    return finish
        .get()
        .recover(
            failure -> {
              log.warn("recordings not finished, the next start does it", failure);
              return Future.succeededFuture();
            })
        .compose(_ -> stop());
  }

  /** Stops everything, last started first; never fails. */
  public Future<Void> stop() {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    shutdown
        .run()
        .onComplete(_ -> Thread.ofVirtual().name("stop").start(() -> closeVertx(stopped)));
    return Future.fromCompletionStage(stopped);
  }

  /** Last of all, and off its own threads: what waits for the end must not depend on them. */
  private void closeVertx(CompletableFuture<Void> stopped) {
    vertx
        .close()
        .onComplete(
            _ -> {
              directory.close();
              stopped.complete(null);
            });
  }
}
