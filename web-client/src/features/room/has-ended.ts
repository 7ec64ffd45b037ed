import type { RoomView } from '@/protocol/room-view'

/** Whether the session is over; from a caucus that has ended its two go back to the others. */
export function hasEnded(view: RoomView | null): boolean {
  return view !== null && view.kind !== 'caucus' && (view.phase === 'CLOSED' || view.phase === 'SEALED')
}
