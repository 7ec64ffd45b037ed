package heyi.server.boot;

import heyi.media.pool.BridgePool;
import heyi.recording.session.RecordingService;
import heyi.server.agreement.AgreementRoutes;
import heyi.server.agreement.AgreementSigning;
import heyi.server.agreement.DocumentStore;
import heyi.server.http.Routes;
import heyi.server.operator.BridgeRoutes;
import heyi.server.quality.QualityLog;
import heyi.server.quality.QualityRoutes;
import heyi.server.quality.QualityStore;
import heyi.server.replay.AuditLog;
import heyi.server.replay.PackageFiles;
import heyi.server.replay.RecordingStore;
import heyi.server.replay.ReplayRoutes;
import heyi.server.session.InterruptedSessions;
import heyi.server.session.SessionConductor;
import heyi.server.session.SessionRecords;
import heyi.server.signing.PdfSigner;
import heyi.server.signing.SigningAuthority;
import heyi.server.sql.PatientDatabase;
import heyi.server.timeline.TimelineStore;
import io.vertx.core.Future;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Rooms, recordings and agreements, wired to one another and to the case. */
final class SessionWiring {
  private final RoomWiring rooms;
  private final InterruptedSessions interrupted;
  private final BridgePool bridges;
  private final RecordingService recordings;
  private final Core core;
  private final QualityLog qualities;
  private final List<Routes> routes;

  private SessionWiring(
      RoomWiring rooms,
      InterruptedSessions interrupted,
      BridgePool bridges,
      RecordingService recordings,
      Core core,
      QualityLog qualities,
      List<Routes> routes) {
    this.rooms = rooms;
    this.interrupted = interrupted;
    this.bridges = bridges;
    this.recordings = recordings;
    this.core = core;
    this.qualities = qualities;
    this.routes = List.copyOf(routes);
  }

  static SessionWiring of(
      Core core,
      StoresWiring stores,
      MediaWiring media,
      RecordingWiring recording,
      SigningAuthority authority) {
    Jdbi jdbi = core.database().jdbi();
    TimelineStore timeline = new TimelineStore(jdbi);
    RecordingStore recordings = new RecordingStore(jdbi);
    DocumentStore documents = new DocumentStore(jdbi, core.clock());
    SessionRecords records = new SessionRecords(stores.sessions(), recordings, timeline);
    AgreementSigning signing =
        new AgreementSigning(
            stores.cases(),
            documents,
            stores.tokens(),
            new PdfSigner(authority, core.clock()),
            authority);
    InterruptedSessions interrupted = interrupted(core, recording, records);
    QualityStore qualities = new QualityStore(jdbi);
    QualityLog qualityLog = new QualityLog(qualities, core.blocking());
    qualityLog.start(core.vertx());
    RoomWiring rooms =
        new RoomWiring(
            core,
            stores,
            media,
            new RoomPast(interrupted, documents),
            link ->
                new SessionConductor(
                    records,
                    signing,
                    recording.starter(media.recorderAddress(), core.blocking()),
                    link,
                    new PatientDatabase(core.vertx(), core.blocking()),
                    core.clock()),
            qualityLog::accept);
    return new SessionWiring(
        rooms,
        interrupted,
        media.pool(),
        recording.service(),
        core,
        qualityLog,
        List.of(
            new QualityRoutes(stores.access(), qualities, core.blocking()),
            new BridgeRoutes(media.pool(), rooms.rooms()::evacuate),
            new ReplayRoutes(
                stores.access(),
                recordings,
                timeline,
                new AuditLog(jdbi, core.clock()),
                recording.objects(),
                packages(core, recording, recordings, signing),
                core.blocking()),
            new AgreementRoutes(
                stores.access(),
                stores.cases(),
                documents,
                rooms,
                stores.tokens(),
                core.blocking(),
                core.clock())));
  }

  private static InterruptedSessions interrupted(
      Core core, RecordingWiring recording, SessionRecords records) {
    return new InterruptedSessions(
        core.vertx(),
        recording.service(),
        records,
        core.blocking(),
        recording.spool(),
        core.config().recording().resumeWithin());
  }

  private static PackageFiles packages(
      Core core, RecordingWiring recording, RecordingStore recordings, AgreementSigning signing) {
    return new PackageFiles(
        recording.service(),
        recordings,
        core.clock(),
        signing::packageDocuments,
        core.blocking(),
        core.directory().packages());
  }

  List<Routes> routes() {
    return routes;
  }

  /** The bridges, for the metrics. */
  BridgePool bridges() {
    return bridges;
  }

  /** The recordings, for the metrics. */
  RecordingService recordings() {
    return recordings;
  }

  void roomSocket(ServerWebSocket socket) {
    rooms.rooms().accept(socket);
  }

  /** Takes up what a killed server left; a failure is logged and tried at the next start. */
  Future<Void> recover() {
    return interrupted
        .look()
        .onSuccess(_ -> Background.run("sealing what was left", interrupted.sealOthers()))
        .recover(
            failure -> {
              Background.run("recovery", Future.failedFuture(failure));
              return Future.succeededFuture();
            });
  }

  /** Ends the running sessions and seals their recordings. */
  Future<Void> finish() {
    return rooms.finish().compose(_ -> qualities.flush());
  }

  int openRooms() {
    return rooms.rooms().openRooms();
  }
}
