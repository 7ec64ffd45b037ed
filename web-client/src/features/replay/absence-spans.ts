import type { I18n } from '@/i18n'
import type { ReplayEvent, ReplayTrack } from '@/protocol/rest'

import { kebab } from './event-words'
import type { LedgerGap } from './integrity-check'

/** Why a seat sent nothing, or nothing of it was recorded. */
export const ABSENCE_CAUSES = [
  'muted',
  'away',
  'background',
  'network',
  'stalled',
  'bridge',
  'recorder',
  'restart',
  'off-record',
  'held-back',
  'caucus',
  'starting',
  'unknown',
] as const
export type AbsenceCause = (typeof ABSENCE_CAUSES)[number]

/** A stretch in which a seat sent nothing, and why, on the session's clock. */
export interface AbsenceSpan {
  readonly fromMs: number
  readonly toMs: number
  readonly cause: AbsenceCause
  /** What the mediator said of it. */
  readonly reason?: string
}

/** When the seat's sound (or picture) was off, or the seat itself was gone, as the record tells. */
export function absenceSpans(events: readonly ReplayEvent[], seatId: string, kind: ReplayTrack['kind'], durationMs: number): readonly AbsenceSpan[] {
  const spans: AbsenceSpan[] = []
  const since: Partial<Record<AbsenceCause, number>> = {}

  function set(cause: AbsenceCause, absent: boolean, atMs: number): void {
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

/** The words of the ledger as the lanes have them; one that this page does not know is not hidden. */
const LEDGER_CAUSES: Readonly<Record<string, AbsenceCause>> = {
  mute: 'muted',
  leave: 'away',
  network: 'network',
  background: 'background',
  'capture-stall': 'stalled',
  bridge: 'bridge',
  recorder: 'recorder',
  'server-restart': 'restart',
  'off-record': 'off-record',
  'held-back': 'held-back',
  caucus: 'caucus',
  starting: 'starting',
}

/** Holes of a second or more in what can be played of a seat, as the ledger tells. */
export function gapSpans(gaps: readonly LedgerGap[], seatId: string, kind: ReplayTrack['kind']): readonly AbsenceSpan[] {
  return gaps
    .filter((gap) => gap.seatId === seatId && gap.kind === kind)
    .map(({ fromMs, toMs, cause, reason }) => ({
      fromMs,
      toMs,
      cause: LEDGER_CAUSES[cause] ?? 'unknown',
      ...(reason === undefined ? {} : { reason }),
    }))
}

/** What explains that nothing is there at a moment; undefined when something may be. */
export function absenceAt(spans: readonly AbsenceSpan[], atMs: number): AbsenceSpan | undefined {
  return spans.find(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs)
}

/** The cause, and what the mediator said of it. */
export function absenceWords({ cause, reason }: AbsenceSpan, t: I18n['t']): string {
  const words = t(`replay.lane.${cause}`)
  return reason === undefined ? words : `${words}（${reason}）`
}

function isMuteOf(data: unknown, kind: ReplayTrack['kind']): data is { muted: boolean } {
  if (typeof data !== 'object' || data === null || !('kind' in data) || !('muted' in data)) return false
  return data.kind === kind && typeof data.muted === 'boolean'
}
