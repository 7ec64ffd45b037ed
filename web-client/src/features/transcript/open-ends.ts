import type { Transcript } from '@/core/transcript'
import type { RoomView } from '@/protocol/room-view'

/** What of the transcript would stay open if the session ended now. */
export interface OpenEnds {
  readonly objections: number
  /** Names of the parties who have not confirmed it as it is now. */
  readonly unread: readonly string[]
}

export function openEnds({ lines, openObjections, readings, lastChange }: Transcript, { seats }: RoomView): OpenEnds {
  const unread = seats.filter(({ role, seatId }) => role === 'PARTY' && readings.get(seatId) !== lastChange)
  return {
    objections: openObjections,
    unread: lines.length === 0 ? [] : unread.map(({ displayName }) => displayName),
  }
}
