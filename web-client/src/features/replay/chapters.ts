import type { ReplayEvent } from '@/protocol/rest'

import { kebab } from './event-words'

/** A stretch of the session in one phase, on the session's clock. */
export interface Chapter {
  /** As the ledger has it, for instance `JOINT`. */
  readonly phase: string
  readonly fromMs: number
  readonly toMs: number
  /** The party to whom the mediator talked alone meanwhile. */
  readonly caucusWith?: string
}

/** The phases one after the other from the start of the recording to its end; none when no phase is on record. */
export function chapters(events: readonly ReplayEvent[], durationMs: number): readonly Chapter[] {
  const found: Chapter[] = []
  for (const event of events) {
    const change = phaseChange(event)
    if (change === null) continue
    const atMs = Math.min(Math.max(event.atMs, 0), durationMs)
    const last = found[found.length - 1]
    if (last !== undefined) found[found.length - 1] = { ...last, toMs: atMs }
    else found.push({ phase: change.from, fromMs: 0, toMs: atMs })
    const party = change.reason === 'caucus' ? partyOfCaucus(events, event.atMs) : undefined
    found.push({ phase: change.to, fromMs: atMs, toMs: durationMs, ...(party === undefined ? {} : { caucusWith: party }) })
  }
  return found.filter(({ fromMs, toMs }) => toMs > fromMs)
}

/** How far behind the start of a chapter "back" still means the one before, as with a disc player's button. */
const START_MS = 2_000

/** Where a step of so many chapters leads; null beyond either end. */
export function chapterStep(all: readonly Chapter[], positionMs: number, step: 1 | -1): number | null {
  if (step === 1) return all.find(({ fromMs }) => fromMs > positionMs)?.fromMs ?? null
  return all.filter(({ fromMs }) => fromMs < positionMs - START_MS).at(-1)?.fromMs ?? (positionMs > 0 ? 0 : null)
}

/** The pause and the caucus that it is for begin together, in whichever order they stand in the record. */
function partyOfCaucus(events: readonly ReplayEvent[], atMs: number): string | undefined {
  const opened = events.filter(({ type }) => kebab(type) === 'caucus-opened')
  return opened.sort((one, two) => Math.abs(one.atMs - atMs) - Math.abs(two.atMs - atMs))[0]?.seatId
}

function phaseChange({ type, data }: ReplayEvent): { from: string; to: string; reason: unknown } | null {
  if (kebab(type) !== 'phase-changed' || typeof data !== 'object' || data === null || !('from' in data) || !('to' in data)) return null
  const { from, to } = data
  return typeof from === 'string' && typeof to === 'string' ? { from, to, reason: 'reason' in data ? data.reason : undefined } : null
}
