package heyi.server.boot;

import heyi.media.pool.BridgePool;
import heyi.recording.session.RecordingService;
import heyi.recording.session.SealedRecording;
import heyi.server.agreement.AgreementRoutes;
import heyi.server.agreement.AgreementSigning;
import heyi.server.agreement.DocumentStore;
import heyi.server.http.RateLimit;
import heyi.server.http.Routes;
import heyi.server.identity.UserId;
import heyi.server.operator.BridgeRoutes;
import heyi.server.quality.QualityLog;
import heyi.server.quality.QualityRoutes;
import heyi.server.quality.QualityStore;
import heyi.server.reconciliation.HeldSessions;
import heyi.server.reconciliation.Reconciliation;
import heyi.server.reconciliation.ReconciliationRoutes;
import heyi.server.replay.AuditLog;
import heyi.server.replay.OriginalRoutes;
import heyi.server.replay.PackageFiles;
import heyi.server.replay.RecordingRights;
import heyi.server.replay.RecordingStore;
import heyi.server.replay.ReplayRoutes;
import heyi.server.replay.SealRecords;
import heyi.server.session.InterruptedSessions;
import heyi.server.session.RoomLink;
import heyi.server.session.SessionConductor;
import heyi.server.session.SessionRecords;
import heyi.server.signing.PdfSigner;
import heyi.server.signing.SigningAuthority;
import heyi.server.sql.PatientDatabase;
import heyi.server.timeline.TimelineStore;
import heyi.server.transparency.LogRoutes;
import heyi.signaling.room.RoomId;
import heyi.signaling.socket.ServerFact;
import io.vertx.core.Future;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/** Rooms, recordings and agreements, wired to one another and to the case. */
final class SessionWiring {
  private final RoomWiring rooms;
  private final InterruptedSessions interrupted;
  private final BridgePool bridges;
  private final RecordingService recordings;
  private final Reconciliation reconciliation;
  private final Core core;
  private final QualityLog qualities;
  private final ExportWiring exports;
  private final CustodyWiring custody;
  private final List<Routes> routes;

  private SessionWiring(
      RoomWiring rooms,
      InterruptedSessions interrupted,
      BridgePool bridges,
      RecordingService recordings,
      Reconciliation reconciliation,
      Core core,
      QualityLog qualities,
      ExportWiring exports,
      CustodyWiring custody,
      List<Routes> routes) {
    this.rooms = rooms;
    this.interrupted = interrupted;
    this.bridges = bridges;
    this.recordings = recordings;
    this.reconciliation = reconciliation;
    this.core = core;
    this.qualities = qualities;
    this.exports = exports;
    this.custody = custody;
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
    Reconciliation reconciliation = reconciliation(core, recording, recordings);
    AgreementSigning signing = signing(core, stores, documents, authority);
    ExportWiring exports = ExportWiring.of(core, stores, recording, recordings);
    SealRecords seals = sealRecords(stores, recording);
    PackageFiles packages = packages(core, recording, seals, recordings, signing);
    CustodyWiring custody = CustodyWiring.of(core, stores, recording, packages, exports);
    SessionRecords records = records(stores, recordings, timeline, custody, reconciliation);
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
            conductors(core, media, recording, records, signing),
            qualityLog::accept);
    return new SessionWiring(
        rooms,
        interrupted,
        media.pool(),
        recording.service(),
        reconciliation,
        core,
        qualityLog,
        exports,
        custody,
        List.of(
            exports.routes(),
            custody.routes(),
            new QualityRoutes(stores.access(), qualities, core.blocking()),
            logRoutes(core, recording),
            new BridgeRoutes(media.pool(), rooms.rooms()::evacuate),
            new ReconciliationRoutes(reconciliation),
            replay(core, stores, recording, recordings, timeline, seals, packages),
            originals(core, stores, recording, recordings, seals),
            new AgreementRoutes(
                stores.access(),
                stores.cases(),
                documents,
                rooms,
                stores.tokens(),
                core.blocking(),
                core.clock())));
  }

  private static SessionRecords records(
      StoresWiring stores,
      RecordingStore recordings,
      TimelineStore timeline,
      CustodyWiring custody,
      Reconciliation reconciliation) {
    return new SessionRecords(
        stores.sessions(),
        recordings,
        timeline,
        session -> {
          custody.soon();
          Background.run("check of the store", reconciliation.check(session));
        });
  }

  private static Function<RoomLink, SessionConductor> conductors(
      Core core,
      MediaWiring media,
      RecordingWiring recording,
      SessionRecords records,
      AgreementSigning signing) {
    return link ->
        new SessionConductor(
            records,
            signing,
            recording.starter(media.recorderAddress(), core.blocking()),
            link,
            new PatientDatabase(core.vertx(), core.blocking()),
            core.clock());
  }

  private static ReplayRoutes replay(
      Core core,
      StoresWiring stores,
      RecordingWiring recording,
      RecordingStore recordings,
      TimelineStore timeline,
      SealRecords seals,
      PackageFiles packages) {
    return new ReplayRoutes(
        new RecordingRights(stores.access()),
        recordings,
        timeline,
        new AuditLog(core.database().jdbi(), core.clock()),
        seals,
        recording.objects(),
        packages,
        core.blocking());
  }

  private static AgreementSigning signing(
      Core core, StoresWiring stores, DocumentStore documents, SigningAuthority authority) {
    return new AgreementSigning(
        stores.cases(),
        documents,
        stores.tokens(),
        new PdfSigner(authority, core.clock()),
        authority);
  }

  private static Reconciliation reconciliation(
      Core core, RecordingWiring recording, RecordingStore recordings) {
    Reconciliation reconciliation =
        new Reconciliation(
            core.vertx(),
            recording.service(),
            new HeldSessions(core.database().jdbi()),
            recordings,
            CustodyWiring.disposal(core, recording),
            core.blocking(),
            core.clock());
    reconciliation.start(core.config().recording().reconcileEvery());
    return reconciliation;
  }

  private static InterruptedSessions interrupted(
      Core core, RecordingWiring recording, SessionRecords records) {
    return new InterruptedSessions(
        core.vertx(),
        recording.service(),
        records,
        core.blocking(),
        core.config().recording().resumeWithin());
  }

  private static LogRoutes logRoutes(Core core, RecordingWiring recording) {
    return new LogRoutes(
        recording.seals().seals().log(),
        new RateLimit(core.steady(), core.config().transparency().requestsPerMinute()),
        core.blocking());
  }

  private static OriginalRoutes originals(
      Core core,
      StoresWiring stores,
      RecordingWiring recording,
      RecordingStore recordings,
      SealRecords seals) {
    return new OriginalRoutes(
        new RecordingRights(stores.access()),
        recordings,
        seals,
        recording.objects(),
        core.blocking());
  }

  private static SealRecords sealRecords(StoresWiring stores, RecordingWiring recording) {
    return new SealRecords(
        recording.seals().seals(), user -> stores.accounts().displayName(new UserId(user)));
  }

  private static PackageFiles packages(
      Core core,
      RecordingWiring recording,
      SealRecords seals,
      RecordingStore recordings,
      AgreementSigning signing) {
    return new PackageFiles(
        recording.service(),
        seals,
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

  /** The comparison of evidence and store, for the metrics. */
  Reconciliation reconciliation() {
    return reconciliation;
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

  /** How evidence is kept. */
  CustodyWiring custody() {
    return custody;
  }

  /** Seals what a close had to leave, because the store was away for too long. */
  void keepSealing(Shutdown shutdown) {
    Runnable stop =
        interrupted.keepSealing(core.config().seal().retryInterval(), this::tellThatItIsSealed);
    shutdown.add(
        "late seals",
        () -> {
          stop.run();
          return Future.succeededFuture();
        });
  }

  private void tellThatItIsSealed(SealedRecording sealed) {
    String root = Objects.requireNonNull(sealed.rootHash()).toString();
    Background.run(
        "telling the room",
        rooms.tell(new RoomId(sealed.sessionId()), new ServerFact.SessionSealed(root)));
  }

  /** Films of sealed recordings. */
  ExportWiring exports() {
    return exports;
  }

  /** Ends the running sessions and seals their recordings. */
  Future<Void> finish() {
    return rooms.finish().compose(_ -> qualities.flush());
  }

  int openRooms() {
    return rooms.rooms().openRooms();
  }
}
