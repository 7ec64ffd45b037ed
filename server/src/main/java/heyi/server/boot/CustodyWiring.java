package heyi.server.boot;

import heyi.recording.disposal.EvidenceDisposal;
import heyi.server.custody.Custody;
import heyi.server.custody.CustodyRoutes;
import heyi.server.custody.UnsealingRoutes;
import heyi.server.custody.Unsealings;
import heyi.server.http.Routes;
import heyi.server.replay.PackageFiles;
import io.vertx.core.Future;

/** Who keeps evidence, for how long, and the job that carries out what was ordered. */
record CustodyWiring(Custody custody, Routes routes, Core core) {

  static CustodyWiring of(
      Core core,
      StoresWiring stores,
      RecordingWiring recording,
      PackageFiles packages,
      ExportWiring exports) {
    Custody custody =
        new Custody(
            new Custody.Parts(
                core.database().jdbi(),
                core.clock(),
                stores.tokens(),
                disposal(core, recording),
                recording.seals().seals(),
                recording.objects()::lock,
                (session, recordingId) -> {
                  exports.queue().discard(session);
                  packages.discard(recordingId);
                },
                core.config().recording().retention().period()));
    CustodyRoutes routes =
        new CustodyRoutes(
            custody,
            stores.access(),
            core.blocking(),
            () -> Background.run("custody", work(core, custody)),
            recording.place());
    UnsealingRoutes unsealing =
        new UnsealingRoutes(
            new Unsealings(
                core.database().jdbi(),
                core.clock(),
                stores.tokens(),
                recording.objects(),
                disposal(core, recording),
                recording.seals().seals()),
            stores.access(),
            core.blocking());
    Routes both =
        api -> {
          routes.register(api);
          unsealing.register(api);
        };
    return new CustodyWiring(custody, both, core);
  }

  /** Removes recordings, and looks at what was left of them. */
  static EvidenceDisposal disposal(Core core, RecordingWiring recording) {
    return new EvidenceDisposal(recording.objects(), recording.seals().seals(), core.clock());
  }

  /** Takes up what a former life left, now and again and again. */
  void start(Shutdown shutdown) {
    soon();
    long timer =
        core.vertx()
            .setPeriodic(
                core.config().recording().retention().retryEvery().toMillis(), _ -> soon());
    shutdown.add(
        "custody",
        () -> {
          core.vertx().cancelTimer(timer);
          return core.blocking()
              .call(
                  () -> {
                    custody.close();
                    return null;
                  });
        });
  }

  /** Does what is left to do, without anybody waiting. */
  void soon() {
    Background.run("custody", work(core, custody));
  }

  private static Future<Void> work(Core core, Custody custody) {
    return core.blocking()
        .call(
            () -> {
              custody.work();
              return null;
            });
  }
}
