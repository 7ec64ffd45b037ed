/** What is known when a connection to the room is lost. */
export interface ReconnectContext {
  /** 1 for the first try after a loss. */
  readonly attempt: number
  readonly sinceLossInMs: number
  /** What the server asked for, if it did. */
  readonly retryAfterMs?: number
  /** 0 (inclusive) … 1 (exclusive). */
  readonly random: number
}

/** A socket blink heals at once; a lift or a tunnel takes seconds; later a phone is better left alone. */
const LADDER_IN_MS = [200, 600, 1_500, 3_000, 5_000, 8_000]
/** A seat is kept for the whole session, but a page that nobody looks at need not call for ever. */
const GIVE_UP_AFTER_MS = 20 * 60_000
/** Spread, so that the whole room does not return in the same millisecond after a server restart. */
const JITTER = 0.3

/** Milliseconds until the next try, or null to stop and let the person ask for one. */
export function nextRetryDelayInMs(context: ReconnectContext): number | null {
  if (context.sinceLossInMs >= GIVE_UP_AFTER_MS) return null
  const step = LADDER_IN_MS[Math.min(context.attempt, LADDER_IN_MS.length) - 1] ?? 200
  const wait = Math.max(step, context.retryAfterMs ?? 0)
  return Math.round(wait * (1 + JITTER * context.random))
}
