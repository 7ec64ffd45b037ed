package heyi.recording;

/**
 * A stretch in which a source was heard to speak, on the session clock.
 *
 * @param fromMillis its first sound
 * @param toMillis the end of its last
 */
public record SpeechSpan(long fromMillis, long toMillis) {}
