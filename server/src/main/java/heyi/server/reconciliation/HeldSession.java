package heyi.server.reconciliation;

import heyi.server.casefile.SessionId;
import heyi.server.casefile.SessionState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session that is over, as the database knows it.
 *
 * @param endedAt null when nobody wrote it down
 * @param recordingId null when none was sealed
 * @param rootHash that everyone in the room saw; null when none was sealed
 */
record HeldSession(
    SessionId id,
    SessionState state,
    @Nullable Instant endedAt,
    @Nullable String recordingId,
    @Nullable String rootHash) {}
