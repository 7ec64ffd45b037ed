const MINUTE_MS = 60_000

export interface RemainingTime {
  readonly hours: number
  readonly minutes: number
}

/** How long something is still good, in whole minutes begun; null when it is over. */
export function remainingTime(until: number, now: number): RemainingTime | null {
  const left = Math.ceil((until - now) / MINUTE_MS)
  return left > 0 ? { hours: Math.floor(left / 60), minutes: left % 60 } : null
}
