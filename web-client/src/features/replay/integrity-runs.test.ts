import { describe, expect, it } from 'vitest'

import { integrityRuns } from './integrity-runs'

const chunks = [0, 1, 2, 3].map((number) => ({ number, fromMs: number * 2_000, toMs: number * 2_000 + 2_000 }))

describe('runs of the integrity bar', () => {
  it('puts neighbours of one verdict together', () => {
    expect(integrityRuns(chunks, (number) => (number < 2 ? 'good' : number === 2 ? 'bad' : 'open'))).toEqual([
      { fromMs: 0, toMs: 4_000, verdict: 'good' },
      { fromMs: 4_000, toMs: 6_000, verdict: 'bad' },
      { fromMs: 6_000, toMs: 8_000, verdict: 'open' },
    ])
  })
})
