package heyi.recording.mux;

import heyi.media.MediaKind;
import heyi.media.SourceName;
import heyi.recording.PixelSize;
import heyi.recording.Sha256;
import heyi.recording.TrackId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Second pass over the journal for one source: packets to frames to the file. */
final class TrackMux implements AutoCloseable {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Shorter holes are how talk sounds and phones film. */
  private static final long MIN_GAP_MILLIS = 1000;

  /** A ledger line must hold them all. */
  private static final int MAX_GAPS = 500;

  /** What the last video frame is taken to last. */
  private static final long LAST_FRAME_MILLIS = 33;

  private final StreamScan scan;
  private final TrackId id;
  private final Path file;
  private final boolean byReports;
  private final Unwrapper timestamps;
  private final Reordering reordering;
  private final Depacketizer depacketizer;
  private final SpeechMeter speech = new SpeechMeter();
  private final List<MadeTrack.Gap> gaps = new ArrayList<>();
  private @Nullable WebmFile webm;
  private long firstMillis;
  private long lastMillis = -1;
  private long endMillis;

  TrackMux(StreamScan scan, TrackId id, Path file) {
    this.scan = scan;
    this.id = id;
    this.file = file;
    this.byReports = scan.clockedByReports();
    this.timestamps = scan.sameTimestamps();
    this.depacketizer =
        scan.source().source().kind() == MediaKind.VIDEO
            ? new Vp8Depacketizer()
            : new OpusDepacketizer();
    this.reordering = new Reordering(ordered -> depacketizer.add(ordered, this::frame));
  }

  StreamKey key() {
    return StreamKey.of(scan.source());
  }

  void rtp(RtpPacket packet, long arrivalNanos) {
    reordering.add(packet, arrivalNanos);
  }

  /** Ends the file; empty when there was no frame to play. */
  Optional<MadeTrack> finish() {
    reordering.flush();
    WebmFile written = webm;
    if (written == null) {
      return Optional.empty();
    }
    written.finish();
    try {
      return Optional.of(made());
    } catch (IOException e) {
      throw new MuxException("could not look at " + file.getFileName(), e);
    }
  }

  private MadeTrack made() throws IOException {
    SourceName name = scan.source().source().name();
    MediaKind kind = scan.source().source().kind();
    return new MadeTrack(
        id,
        scan.source().seatId(),
        scan.source().label(),
        kind,
        name,
        Files.size(file),
        Sha256.NONE,
        firstMillis,
        endMillis - firstMillis,
        kind == MediaKind.VIDEO ? scan.largestSize() : null,
        byReports ? "sender-reports" : "arrival",
        gaps,
        speech.finish());
  }

  @Override
  public void close() {
    if (webm != null) {
      webm.close();
    }
  }

  private void frame(EncodedFrame frame) {
    long unwrapped = timestamps.unwrap(frame.timestamp());
    long millis =
        Math.max(0, Math.floorDiv(scan.sessionNanos(unwrapped, byReports), NANOS_PER_MILLI));
    WebmFile out = webm;
    if (out == null) {
      PixelSize size = scan.largestSize();
      out = WebmFile.create(file, scan.source().source().kind(), size);
      webm = out;
      firstMillis = millis;
    } else {
      millis = Math.max(millis, lastMillis + 1);
      noteGap(millis);
    }
    boolean audio = scan.source().source().kind() == MediaKind.AUDIO;
    long duration = audio ? OpusDepacketizer.durationMillis(frame.data()) : 0;
    out.write(frame.data(), millis - firstMillis, duration, frame.keyframe());
    speech.frame(millis, duration, frame.audioLevel());
    lastMillis = millis;
    endMillis = millis + (audio ? duration : LAST_FRAME_MILLIS);
  }

  private void noteGap(long millis) {
    if (millis - endMillis >= MIN_GAP_MILLIS && gaps.size() < MAX_GAPS) {
      gaps.add(new MadeTrack.Gap(endMillis, millis));
    }
  }
}
