package heyi.recording.session;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Work on a recording's files, one piece after the other; a failure breaks the recording.
 *
 * <p><b>Threads:</b> called on the recording's context; the work runs on its lane.
 */
final class DiskLane {
  private final BlockingTasks lane;
  private final Context context;
  private final Consumer<Throwable> onFailure;
  private boolean flushing;

  /** Something that touches files. */
  interface Work {
    void run() throws IOException;
  }

  DiskLane(BlockingTasks lane, Context context, Consumer<Throwable> onFailure) {
    this.lane = lane;
    this.context = context;
    this.onFailure = onFailure;
  }

  Future<Void> run(Work work) {
    return runLast(work).onFailure(onFailure::accept);
  }

  /** Whoever asks deals with the failure. */
  Future<Void> runLast(Work work) {
    return lane.<@Nullable Void>run(
            context,
            () -> {
              work.run();
              return null;
            })
        .mapEmpty();
  }

  /** Writes what came; not while it is still being written. */
  void flush(RecordingJournal journal) {
    if (!flushing) {
      flushing = true;
      run(journal::flush).onComplete(done -> flushing = false);
    }
  }
}
