/**
 * The room as a pure state machine: {@code (state, command) → (state, events)}.
 *
 * <p>Nothing here does I/O, knows a clock or a thread; {@link heyi.signaling.room.Room#decide} is
 * the entry. The session machine is {@code LOBBY → OPENING → JOINT ⇄ PAUSED → READBACK → SIGNING →
 * CLOSED}; requirements R26 (录音录像，全程留痕) and R38 (online signing).
 */
@NullMarked
package heyi.signaling.room;

import org.jspecify.annotations.NullMarked;
