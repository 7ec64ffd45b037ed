package heyi.recording.session;

import heyi.media.SourceName;
import heyi.recording.capture.SourceWatch;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is done about a source that should be received and is not: first the people are told
 * (that is nothing to decide), then the recorder comes anew, for its line may be at fault, and when
 * that does not help the source is given up until it is received again.
 *
 * <p>A source that was excused for a while is not received by that: only its packets end a silence.
 *
 * <p><b>Threads:</b> one context. <b>Bounds:</b> the sources of a recording.
 */
final class Watchdog {
  /** Nothing came for eight seconds: three make a silence. Longer than a change of network. */
  static final Duration RESTART_AFTER = Duration.ofSeconds(5);

  /** A recorder that came anew receives within two seconds; then three make a silence again. */
  static final Duration GIVE_UP_AFTER = Duration.ofSeconds(6);

  private final Map<SourceName, Silence> silences = new HashMap<>();

  private static final class Silence {
    final long packets;
    final long sinceNanos;
    @Nullable Long restartedNanos;

    Silence(long packets, long sinceNanos) {
      this.packets = packets;
      this.sinceNanos = sinceNanos;
    }
  }

  /**
   * One look.
   *
   * @param heard all sources as they are now
   * @return whether the recorder shall come anew
   */
  boolean look(long nowNanos, List<SourceWatch.Heard> heard) {
    boolean restart = false;
    for (SourceWatch.Heard one : heard) {
      Silence silence = silences.get(one.source());
      if (silence != null && (one.packets() > silence.packets || one.muted())) {
        silences.remove(one.source());
        silence = null;
      }
      if (silence == null && one.silent()) {
        silences.put(one.source(), new Silence(one.packets(), nowNanos));
      } else if (silence != null
          && silence.restartedNanos == null
          && nowNanos - silence.sinceNanos >= RESTART_AFTER.toNanos()) {
        restart = true;
      }
    }
    if (restart) {
      silences.values().forEach(silence -> silence.restartedNanos = nowNanos);
    }
    return restart;
  }

  /** The source is gone. */
  void forget(SourceName source) {
    silences.remove(source);
  }

  /** Whether nothing came of the source since it fell silent, excused or not. */
  boolean waitsFor(SourceName source) {
    return silences.containsKey(source);
  }

  /** Whether the recorder came anew for the source and still receives nothing of it. */
  boolean givenUp(SourceName source, long nowNanos) {
    Silence silence = silences.get(source);
    Long restarted = silence == null ? null : silence.restartedNanos;
    return restarted != null && nowNanos - restarted >= GIVE_UP_AFTER.toNanos();
  }
}
