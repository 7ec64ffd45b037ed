package heyi.recording.session;

import heyi.recording.RecordingId;
import heyi.recording.capture.SourceWatch;
import heyi.recording.chunk.ChunkUploads;
import heyi.recording.chunk.SealedChunk;
import heyi.recording.chunk.Spool;
import heyi.recording.journal.JournalBuffer;
import heyi.recording.mux.MadeTrack;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.store.ObjectStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Brings one recording from its files to its connection, and from its end to its seal.
 *
 * <p><b>Threads:</b> any; nothing blocks the caller.
 *
 * @param running every recording between the two, by its name
 */
record Recorder(
    Vertx vertx,
    RecordingOptions options,
    ObjectStore store,
    InstantSource clock,
    Sealer sealer,
    SpoolRecovery recovery,
    SpoolGuard guard,
    BlockingTasks blocking,
    Map<RecordingId, ActiveRecording> running) {

  /** Opens the files and connects. */
  Future<Recording> launch(Launch launch) {
    RecordingFacts facts = launch.facts();
    if (guard.pressed()) {
      blocking.executor().execute(launch.onEnd());
      return Future.failedFuture(
          new RecordingException("there is no room to record: " + guard.level()));
    }
    Context context = vertx.getOrCreateContext();
    Spool spool = Spool.of(options.spool(), facts.id());
    JournalBuffer buffer = new JournalBuffer(options.journalBufferBytes());
    ChunkUploads uploads =
        new ChunkUploads(
            store,
            spool,
            StoreLayout.chunks(facts.root()),
            blocking.executor(),
            (delay, action) -> vertx.setTimer(delay.toMillis(), timer -> action.run()));
    BlockingTasks lane = BlockingTasks.lane("recording-" + facts.id());
    SourceWatch watch = new SourceWatch();
    return lane.run(context, () -> launch.open(spool, recovery, clock, buffer, uploads))
        .recover(failure -> failedStart(lane, launch.onEnd(), failure))
        .compose(
            journal -> {
              ActiveRecording recording =
                  new ActiveRecording(
                      vertx,
                      context,
                      lane,
                      facts,
                      launch.clock(),
                      journal,
                      watch,
                      clock,
                      uploads::backlog,
                      launch.others(),
                      ending -> seal(ending, uploads, launch.onEnd()));
              launch.prepare(recording);
              CaptureLoop capture =
                  new CaptureLoop(
                      vertx,
                      context,
                      launch.first(),
                      launch.clock(),
                      buffer,
                      watch,
                      recording::connectionLost,
                      recording::connectionRestored);
              running.put(facts.id(), recording);
              return connect(recording, capture, spool, launch);
            });
  }

  private Future<Recording> connect(
      ActiveRecording recording, CaptureLoop capture, Spool spool, Launch launch) {
    return capture
        .start()
        .<Recording>map(
            connected -> {
              recording
                  .context()
                  .runOnContext(go -> recording.begin(capture, options.chunkLength().toMillis()));
              return recording;
            })
        .recover(
            failure -> {
              running.remove(recording.id());
              return recording
                  .lane()
                  .run(
                      recording.context(),
                      () -> {
                        launch.abandon(recording.journal(), spool);
                        return spool;
                      })
                  .otherwiseEmpty()
                  .compose(cleaned -> failedStart(recording.lane(), launch.onEnd(), failure));
            });
  }

  private <T> Future<T> failedStart(BlockingTasks lane, Runnable onEnd, Throwable failure) {
    lane.close();
    blocking.executor().execute(onEnd);
    return Future.failedFuture(
        new RecordingException("could not start to record: " + failure.getMessage(), failure));
  }

  /** Stores what is missing, makes tracks, closes the ledger, stores it, lets go of everything. */
  private Future<SealedRecording> seal(
      ActiveRecording recording, ChunkUploads uploads, Runnable onEnd) {
    blocking.executor().execute(onEnd);
    Context context = recording.context();
    RecordingJournal journal = recording.journal();
    Spool spool = journal.spool();
    return recording
        .lane()
        .run(context, journal::sealedChunks)
        .compose(chunks -> storeAndMake(recording, uploads, chunks))
        .compose(
            made ->
                blocking.run(
                    context,
                    () -> {
                      sealer.storeTracks(spool, recording.facts(), made, recording::tellProgress);
                      return made;
                    }))
        .compose(
            made ->
                recording
                    .lane()
                    .run(
                        context,
                        () -> {
                          journal.closeLedger(made);
                          return made;
                        }))
        .compose(
            made ->
                blocking.run(
                    context, () -> sealer.store(spool, recording.facts(), recording::tellProgress)))
        .onComplete(
            result -> {
              running.remove(recording.id());
              recording.lane().run(context, () -> letGo(journal, result.succeeded()));
              recording.lane().close();
            });
  }

  /** Side by side: the worker needs the chunks on the disk only. */
  private Future<List<MadeTrack>> storeAndMake(
      ActiveRecording recording, ChunkUploads uploads, List<SealedChunk> chunks) {
    Context context = recording.context();
    Spool spool = recording.journal().spool();
    Future<List<MadeTrack>> made =
        blocking.run(context, () -> sealer.makeTracks(spool, recording::tellProgress));
    Future<Spool> stored =
        uploads
            .drained()
            .timeout(options.uploadTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .compose(
                drained ->
                    blocking.run(
                        context,
                        () -> {
                          sealer.storeChunks(spool, recording.facts(), chunks);
                          return spool;
                        }));
    return Future.join(made, stored).map(both -> made.result());
  }

  /** The spool of a sealed recording goes last; one that stays is removed at the next start. */
  private static RecordingJournal letGo(RecordingJournal journal, boolean sealed)
      throws IOException {
    journal.close();
    if (sealed) {
      journal.spool().delete();
    }
    return journal;
  }
}
