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
import heyi.server.operator.BridgeMetrics;
import heyi.server.operator.CustodyMetrics;
import heyi.server.operator.ReadinessRoutes;
import heyi.server.operator.RecordingMetrics;
import heyi.server.readiness.Readiness;
import heyi.server.replay.AuditLog;
import heyi.server.search.SessionSearchRoutes;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the HTTP front from the features. */
final class HttpWiring {
  private final Core core;
  private final HeyiConfig config;
  private final StoresWiring stores;
  private final Readiness readiness;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  HttpWiring(Core core, StoresWiring stores, Readiness readiness) {
    this.readiness = readiness;
    this.core = core;
    this.config = core.config();
    this.stores = stores;
  }

  Future<HttpFront> listen(SessionWiring sessions) {
    Gauge.builder("heyi_rooms_open", sessions, SessionWiring::openRooms)
        .description("Rooms open on this node")
        .register(registry);
    BridgeMetrics.bind(registry, sessions.bridges());
    RecordingMetrics.bind(registry, sessions.recordings(), sessions.reconciliation());
    CustodyMetrics.bind(registry, sessions.custody().custody());
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    OperatorRoutes operator = new OperatorRoutes(registry, readiness, core.blocking());
    RateLimit invitationAttempts =
        new RateLimit(core.steady(), config.invitations().attemptsPerMinute());
    HttpFront front =
        HttpFront.create(
            core.vertx(),
            core.blocking(),
            new HttpFront.Content(
                routes(sessions.routes()),
                operator,
                new StoreAuthenticator(stores),
                invitationAttempts,
                sessions::roomSocket,
                config.http().bodyLimitBytes()));
    return core.blocking().call(this::ports).compose(front::listen).map(front);
  }

  private List<Routes> routes(List<Routes> more) {
    List<Routes> routes = new ArrayList<>(more);
    RateLimit logins = new RateLimit(core.steady(), config.identity().loginAttemptsPerMinute());
    routes.add(new LoginRoutes(stores.accounts(), stores.logins(), core.blocking(), logins));
    routes.add(new CaseRoutes(stores.cases(), stores.sessions(), stores.access(), core.blocking()));
    routes.add(new ReadinessRoutes(readiness));
    routes.add(
        new SessionSearchRoutes(
            stores.search(), new AuditLog(core.database().jdbi(), core.clock()), core.blocking()));
    routes.add(
        new InvitationRoutes(
            stores.invitations(),
            stores.seats(),
            stores.access(),
            core.blocking(),
            config.http().publicUrl()));
    return routes;
  }

  private HttpPorts ports() {
    HeyiConfig.Http http = config.http();
    PemKeyCertOptions certificate =
        SelfMadeCertificate.keepIn(
            core.directory().tls(), LanAddresses.find(), core.clock().instant(), core.random());
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
