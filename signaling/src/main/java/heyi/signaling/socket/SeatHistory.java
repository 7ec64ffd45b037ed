package heyi.signaling.socket;

import heyi.signaling.wire.ServerMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Numbers what a seat is told, over all its connections, and keeps what a state does not repeat: a
 * page that comes back names the last number it saw and hears what it missed.
 *
 * <p><b>Threads:</b> any; its lock is held for no I/O.
 *
 * <p><b>Bounds:</b> the last {@value #KEPT} are kept, the oldest is forgotten first. Who missed
 * more has the whole state, which every welcome carries.
 */
final class SeatHistory {
  /** A mediator does not mute the same person more often within one outage. */
  static final int KEPT = 32;

  private final Deque<Told> kept = new ArrayDeque<>();
  private long seq;

  /** A message and its number. */
  record Told(long seq, ServerMessage message) {}

  /** Gives a message its number, from 1. */
  synchronized long tell(ServerMessage message) {
    seq++;
    if (message instanceof ServerMessage.MutedByMediator) {
      if (kept.size() == KEPT) {
        kept.removeFirst();
      }
      kept.addLast(new Told(seq, message));
    }
    return seq;
  }

  /** What was told after this number, in order. */
  synchronized List<Told> since(long lastSeq) {
    return kept.stream().filter(told -> told.seq() > lastSeq).toList();
  }
}
