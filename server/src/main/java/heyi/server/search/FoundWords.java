package heyi.server.search;

import heyi.server.casefile.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * A line of a transcript in which the words stand.
 *
 * @param kind {@code line}, {@code correction} or {@code objection}
 * @param atMs when the line was spoken, on the clock of the recording; null when nothing was
 *     recorded
 * @param seatId whose words they are; null for a note of the mediator
 */
record FoundWords(
    SessionId session,
    int number,
    String kind,
    @Nullable Long atMs,
    @Nullable String seatId,
    String text) {}
