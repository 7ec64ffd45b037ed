package heyi.recording;

import heyi.media.MediaKind;
import heyi.media.SourceName;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One playable file of a sealed recording: everything that one source sent.
 *
 * @param trackId its name within the recording
 * @param seatId the seat that sent it
 * @param label the role of the seat, never a name
 * @param kind audio or video
 * @param source the media source
 * @param objectKey where the object store keeps it
 * @param contentType what to announce over HTTP, for instance {@code video/webm}
 * @param sizeBytes size of the file
 * @param sha256 hash of the file
 * @param offset from the start of the recording to the first frame, on the session clock
 * @param duration from the first frame to the end of the last
 * @param size of the picture (largest seen), null for audio
 * @param speech when it was heard to speak, on the session clock; empty for video
 */
public record Track(
    TrackId trackId,
    String seatId,
    String label,
    MediaKind kind,
    SourceName source,
    ObjectKey objectKey,
    String contentType,
    long sizeBytes,
    Sha256 sha256,
    Duration offset,
    Duration duration,
    @Nullable PixelSize size,
    List<SpeechSpan> speech) {

  /** Copies the list. */
  public Track {
    speech = List.copyOf(speech);
  }
}
