package heyi.recording.capture;

import heyi.media.MediaKind;
import heyi.media.SourceName;
import heyi.media.Ssrc;
import heyi.recording.RecordedSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows which published sources are heard and which are silent, and when a keyframe is due.
 *
 * <p><b>Threads:</b> {@link #packet} from receive threads; everything else from one context.
 * <b>Bounds:</b> counts only SSRCs of sources that were added.
 */
public final class SourceWatch {
  /** A source that nothing came from for so long is silent. */
  public static final Duration SILENCE = Duration.ofSeconds(3);

  /**
   * The second keyframes of sources that began together are asked for at different times, spread
   * evenly for any number of them: a seek then never meets the longest way to a keyframe of all at
   * once, nor a bridge the keyframes of all.
   */
  private static final double SPREAD = (Math.sqrt(5) - 1) / 2;

  private static final int VIDEO_RATE = 90_000;
  private static final int AUDIO_RATE = 48_000;

  private final Map<SourceName, Watched> sources = new LinkedHashMap<>();
  private final Map<Integer, StreamActivity> activityBySsrc = new ConcurrentHashMap<>();
  private int begun;

  private static final class Watched {
    final RecordedSource source;
    final StreamActivity activity;
    final long addedNanos;
    boolean muted;
    long unmutedNanos;
    KeyframeDemand keyframes;

    Watched(RecordedSource source, KeyframeDemand keyframes, long nowNanos) {
      this.source = source;
      this.keyframes = keyframes;
      this.activity =
          new StreamActivity(source.source().kind() == MediaKind.VIDEO ? VIDEO_RATE : AUDIO_RATE);
      this.addedNanos = nowNanos;
      this.unmutedNanos = nowNanos;
    }

    boolean silent(long nowNanos) {
      long heard = Math.max(activity.snapshot().lastNanos(), Math.max(addedNanos, unmutedNanos));
      return !muted && nowNanos - heard > SILENCE.toNanos();
    }
  }

  /**
   * What came of a source.
   *
   * @param source its name
   * @param packets received
   * @param bytes received
   * @param missing packets that were sent and have not come
   * @param muted may be silent
   * @param silent not muted, and nothing came within {@link #SILENCE}
   */
  public record Heard(
      SourceName source, long packets, long bytes, long missing, boolean muted, boolean silent) {}

  /**
   * A source whose capture stood still though it was not muted.
   *
   * @param source its name
   * @param fromNanos last packet before the pause
   * @param toNanos first packet after it
   * @param missingNanos how much time its timestamps do not know of
   */
  public record Stalled(SourceName source, long fromNanos, long toNanos, long missingNanos) {}

  /** The stalls that were found since the last call. */
  public List<Stalled> stalls() {
    List<Stalled> all = new ArrayList<>();
    for (Watched watched : sources.values()) {
      StallMeter.Stall stall = watched.activity.takeStall();
      if (stall != null && !watched.muted) {
        all.add(
            new Stalled(
                watched.source.source().name(),
                stall.fromNanos(),
                stall.toNanos(),
                stall.missingNanos()));
      }
    }
    return all;
  }

  /** Starts to watch a source, or replaces it. */
  public void add(RecordedSource source, long nowNanos) {
    remove(source.source().name());
    Watched watched = new Watched(source, demand(), nowNanos);
    sources.put(source.source().name(), watched);
    activityBySsrc.put(source.source().primary().bits(), watched.activity);
  }

  /** Forgets a source. */
  public boolean remove(SourceName name) {
    Watched gone = sources.remove(name);
    if (gone == null) {
      return false;
    }
    activityBySsrc.remove(gone.source.source().primary().bits(), gone.activity);
    return true;
  }

  /** A muted source may be silent. */
  public void muted(SourceName name, boolean muted, long nowNanos) {
    Watched watched = sources.get(name);
    if (watched != null) {
      watched.muted = muted;
      watched.unmutedNanos = nowNanos;
    }
  }

  /**
   * Silence counts from now on, and pictures begin anew: for all sources, because none could be
   * heard until now.
   */
  public void startOver(long nowNanos) {
    sources
        .values()
        .forEach(
            watched -> {
              watched.unmutedNanos = nowNanos;
              watched.keyframes = demand();
            });
  }

  /** Counts a packet. */
  public void packet(byte[] buffer, int offset, int length, long arrivalNanos) {
    int ssrc =
        (buffer[offset + 8] & 0xFF) << 24
            | (buffer[offset + 9] & 0xFF) << 16
            | (buffer[offset + 10] & 0xFF) << 8
            | (buffer[offset + 11] & 0xFF);
    StreamActivity activity = activityBySsrc.get(ssrc);
    if (activity != null) {
      activity.packet(buffer, offset, length, arrivalNanos);
    }
  }

  /** The sources that are watched, in the order in which they were added. */
  public List<RecordedSource> sources() {
    return sources.values().stream().map(watched -> watched.source).toList();
  }

  /** What came of each source. */
  public List<Heard> heard(long nowNanos) {
    List<Heard> all = new ArrayList<>();
    for (Watched watched : sources.values()) {
      StreamActivity.Snapshot now = watched.activity.snapshot();
      all.add(
          new Heard(
              watched.source.source().name(),
              now.packets(),
              now.bytes(),
              now.missing(),
              watched.muted,
              watched.silent(nowNanos)));
    }
    return all;
  }

  /** The streams to ask for a keyframe now; they count as asked. */
  public List<Ssrc> keyframesDue(long nowNanos) {
    List<Ssrc> due = new ArrayList<>();
    for (Watched watched : sources.values()) {
      if (watched.source.source().kind() == MediaKind.VIDEO
          && watched.keyframes.due(watched.activity.snapshot(), nowNanos)) {
        due.add(watched.source.source().primary());
      }
    }
    return due;
  }

  private KeyframeDemand demand() {
    double ahead = begun * SPREAD % 1;
    begun++;
    return new KeyframeDemand(ahead);
  }
}
