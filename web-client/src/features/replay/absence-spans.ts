import type { ReplayEvent, ReplayTrack } from '@/protocol/rest'

import { kebab } from './event-words'

/** A stretch in which a seat sent nothing, and why, on the session's clock. */
export interface AbsenceSpan {
  readonly fromMs: number
  readonly toMs: number
  readonly cause: 'muted' | 'away'
}

/** When the seat's sound (or picture) was off, or the seat itself was gone, as the record tells. */
export function absenceSpans(events: readonly ReplayEvent[], seatId: string, kind: ReplayTrack['kind'], durationMs: number): readonly AbsenceSpan[] {
  const spans: AbsenceSpan[] = []
  const since: Partial<Record<AbsenceSpan['cause'], number>> = {}

  function set(cause: AbsenceSpan['cause'], absent: boolean, atMs: number): void {
    const fromMs = since[cause]
    if (absent) since[cause] ??= atMs
    else if (fromMs !== undefined) {
      delete since[cause]
      if (atMs > fromMs) spans.push({ fromMs, toMs: atMs, cause })
    }
  }

  for (const event of events) {
    if (event.seatId !== seatId) continue
    const atMs = Math.min(Math.max(event.atMs, 0), durationMs)
    switch (kebab(event.type)) {
      case 'seat-dropped':
      case 'seat-left':
        set('away', true, atMs)
        break
      case 'seat-rejoined':
      case 'seat-joined':
        set('away', false, atMs)
        break
      case 'mute-changed':
        if (isMuteOf(event.data, kind)) set('muted', event.data.muted, atMs)
    }
  }
  set('muted', false, durationMs)
  set('away', false, durationMs)
  return spans.sort((a, b) => a.fromMs - b.fromMs)
}

function isMuteOf(data: unknown, kind: ReplayTrack['kind']): data is { muted: boolean } {
  if (typeof data !== 'object' || data === null || !('kind' in data) || !('muted' in data)) return false
  return data.kind === kind && typeof data.muted === 'boolean'
}
