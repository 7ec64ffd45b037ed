/**
 * What happened in a session, as words for the ledger and for the auditor.
 *
 * <p>{@link heyi.server.timeline.RoomTimeline} (pure) translates room events, {@link
 * heyi.server.timeline.TimelineStore} keeps the index of them (blocks).
 */
@NullMarked
package heyi.server.timeline;

import org.jspecify.annotations.NullMarked;
