import { describe, expect, it } from 'vitest'

import { nextRetryDelayInMs } from './reconnect-policy'

const context = { attempt: 1, sinceLossInMs: 0, random: 0 }

describe('nextRetryDelayInMs', () => {
  it('begins almost at once and slows down', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => nextRetryDelayInMs({ ...context, attempt }))
    expect(waits).toEqual([200, 600, 1_500, 3_000, 5_000, 8_000, 8_000, 8_000])
  })

  it('spreads a room that was thrown out together', () => {
    expect(nextRetryDelayInMs({ ...context, attempt: 4, random: 0.999 })).toBe(3_899)
  })

  it('waits at least as long as the server asked', () => {
    expect(nextRetryDelayInMs({ ...context, retryAfterMs: 2_000 })).toBe(2_000)
    expect(nextRetryDelayInMs({ ...context, attempt: 6, retryAfterMs: 2_000 })).toBe(8_000)
  })

  it('stops after twenty minutes', () => {
    expect(nextRetryDelayInMs({ ...context, sinceLossInMs: 20 * 60_000 - 1 })).not.toBeNull()
    expect(nextRetryDelayInMs({ ...context, sinceLossInMs: 20 * 60_000 })).toBeNull()
  })
})
