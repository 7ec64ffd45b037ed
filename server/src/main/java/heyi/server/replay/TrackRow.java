package heyi.server.replay;

import heyi.recording.SpeechSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A playable file of a session, as the database indexes it. */
public record TrackRow(
    String trackId,
    String seatId,
    String label,
    String kind,
    String objectKey,
    String contentType,
    long sizeBytes,
    String sha256,
    long offsetMs,
    long durationMs,
    @Nullable Integer width,
    @Nullable Integer height,
    List<SpeechSpan> speech) {

  /** Copies the list. */
  public TrackRow {
    speech = List.copyOf(speech);
  }
}
