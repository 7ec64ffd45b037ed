package heyi.recording.composite;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a film is.
 *
 * @param percent 0 to 100; a run that takes up an earlier one does not begin at 0
 * @param left estimate of the time still needed, null while too little was made to tell
 */
public record CompositeProgress(int percent, @Nullable Duration left) {}
