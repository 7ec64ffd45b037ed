package heyi.server.boot;

import heyi.recording.PixelSize;
import heyi.recording.composite.CompositeOptions;
import heyi.server.export.ExportOptions;
import heyi.server.export.ExportQueue;
import heyi.server.export.ExportRoutes;
import heyi.server.export.ExportStore;
import heyi.server.http.Routes;
import heyi.server.replay.AuditLog;
import heyi.server.replay.RecordingRights;
import heyi.server.replay.RecordingStore;
import io.vertx.core.Future;

/** Films of sealed recordings. */
record ExportWiring(ExportQueue queue, Routes routes, Core core) {
  /** 16:9, as screens are. */
  private static final double SHAPE = 16 / 9.0;

  static ExportWiring of(
      Core core, StoresWiring stores, RecordingWiring recording, RecordingStore recordings) {
    HeyiConfig.Exports config = core.config().exports();
    ExportStore store = new ExportStore(core.database().jdbi(), core.clock(), stores.tokens());
    ExportQueue queue =
        ExportQueue.of(
            store,
            new ExportQueue.Sources(stores.cases(), recordings, recording.objects()),
            core.directory().films(),
            options(config),
            System::nanoTime);
    ExportRoutes routes =
        new ExportRoutes(
            new ExportRoutes.Parts(
                new RecordingRights(stores.access()),
                recordings,
                store,
                queue,
                new AuditLog(core.database().jdbi(), core.clock()),
                recording.objects(),
                core.blocking(),
                config.mostOpen()));
    return new ExportWiring(queue, routes, core);
  }

  private static ExportOptions options(HeyiConfig.Exports config) {
    int width = (int) Math.round(config.height() * SHAPE) & ~1;
    return new ExportOptions(
        new PixelSize(width, config.height() & ~1),
        config.framesPerSecond(),
        config.videoBitsPerSecond(),
        (int) config.segment().toSeconds(),
        config.timeZone(),
        config.mostOpen(),
        new CompositeOptions(
            config.deadline(),
            config.stall(),
            config.memoryMegabytes(),
            config.threads(),
            config.niceness()));
  }

  /** Takes up the films that wait. */
  Future<Void> start() {
    return core.blocking()
        .call(
            () -> {
              queue.start(core.config().exports().atOnce());
              return null;
            });
  }

  /** Ends the processes; what they made is kept. */
  Future<Void> stop() {
    return core.blocking()
        .call(
            () -> {
              queue.close();
              return null;
            });
  }
}
