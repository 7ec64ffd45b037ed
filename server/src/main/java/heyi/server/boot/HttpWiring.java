package heyi.server.boot;

import heyi.server.casefile.CaseRoutes;
import heyi.server.http.Authenticator;
import heyi.server.http.HttpFront;
import heyi.server.http.HttpPorts;
import heyi.server.http.LanAddresses;
import heyi.server.http.LoginRoutes;
import heyi.server.http.OperatorRoutes;
import heyi.server.http.RateLimit;
import heyi.server.http.Routes;
import heyi.server.http.SeatBearer;
import heyi.server.http.SelfMadeCertificate;
import heyi.server.identity.User;
import heyi.server.invitation.InvitationRoutes;
import heyi.server.invitation.SeatStanding;
import heyi.server.sql.Blocking;
import heyi.server.sql.Database;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the HTTP front from the features. */
final class HttpWiring {
  private final HeyiConfig config;
  private final DataDirectory directory;
  private final StoresWiring stores;
  private final Blocking blocking;
  private final InstantSource clock;
  private final SecureRandom random;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  HttpWiring(
      HeyiConfig config,
      DataDirectory directory,
      StoresWiring stores,
      Blocking blocking,
      InstantSource clock,
      SecureRandom random) {
    this.config = config;
    this.directory = directory;
    this.stores = stores;
    this.blocking = blocking;
    this.clock = clock;
    this.random = random;
  }

  Future<HttpFront> listen(
      Vertx vertx, Database database, Handler<ServerWebSocket> roomSocket, List<Routes> more) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    OperatorRoutes operator =
        new OperatorRoutes(registry, Map.of("database", database::answers), blocking);
    RateLimit invitationAttempts = new RateLimit(clock, config.invitations().attemptsPerMinute());
    HttpFront front =
        HttpFront.create(
            vertx,
            blocking,
            new HttpFront.Content(
                routes(more),
                operator,
                new StoreAuthenticator(stores),
                invitationAttempts,
                roomSocket,
                config.http().bodyLimitBytes()));
    return blocking.call(this::ports).compose(front::listen).map(front);
  }

  private List<Routes> routes(List<Routes> more) {
    List<Routes> routes = new ArrayList<>(more);
    RateLimit logins = new RateLimit(clock, config.identity().loginAttemptsPerMinute());
    routes.add(new LoginRoutes(stores.accounts(), stores.logins(), blocking, logins));
    routes.add(new CaseRoutes(stores.cases(), stores.sessions(), stores.access(), blocking));
    routes.add(
        new InvitationRoutes(
            stores.invitations(),
            stores.seats(),
            stores.access(),
            blocking,
            config.http().publicUrl()));
    return routes;
  }

  private HttpPorts ports() {
    HeyiConfig.Http http = config.http();
    PemKeyCertOptions certificate =
        SelfMadeCertificate.keepIn(directory.tls(), LanAddresses.find(), clock.instant(), random);
    return new HttpPorts(
        http.bind(),
        http.port(),
        http.httpsBind(),
        http.httpsPort(),
        certificate,
        http.idleTimeout());
  }

  private record StoreAuthenticator(StoresWiring stores) implements Authenticator {
    @Override
    public @Nullable User user(String token) {
      return stores.logins().find(token);
    }

    @Override
    public @Nullable SeatBearer seat(String token) {
      return stores.seats().look(token) instanceof SeatStanding.Holds holds
          ? new SeatBearer(holds.session().value(), holds.seatId())
          : null;
    }
  }
}
