package heyi.signaling.room;

import heyi.media.MediaKind;

/**
 * Something that a seat publishes and that the recorder has not received for three seconds (R26).
 *
 * @param givenUp the recorder came anew for its sake and still receives nothing of it
 */
public record SilentSource(SeatId seat, MediaKind kind, boolean givenUp) {}
