package heyi.recording.session;

import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import org.jspecify.annotations.Nullable;

/**
 * A recording that lies in the spool unsealed, while nobody records.
 *
 * @param id its name
 * @param sessionId the session of the case; null when the files do not say it any more
 * @param recordingClass who may open it; null as above
 * @param ended whether its ledger says that it is over, so that it only has to be sealed
 */
public record LeftRecording(
    RecordingId id,
    @Nullable String sessionId,
    @Nullable RecordingClass recordingClass,
    boolean ended) {}
