import { describe, expect, it } from 'vitest'

import type { QualityReport } from '@/protocol/rest'

import { qualitySpans } from './quality-spans'

function report(at: number, level: QualityReport['level']): QualityReport {
  return { at, seatId: 'party-1', level }
}

describe('qualitySpans', () => {
  it('joins what is equal, and changes where the level changes', () => {
    const spans = qualitySpans([report(5_000, 'good'), report(10_000, 'good'), report(15_000, 'poor')], 0)

    expect(spans).toEqual([
      { fromMs: 0, toMs: 10_000, level: 'good' },
      { fromMs: 10_000, toMs: 15_000, level: 'poor' },
    ])
  })

  it('says nothing of a time without reports', () => {
    const spans = qualitySpans([report(5_000, 'good'), report(60_000, 'good')], 0)

    expect(spans.map(({ fromMs }) => fromMs)).toEqual([0, 50_000])
  })

  it('leaves out what was before the recording', () => {
    expect(qualitySpans([report(1_000, 'good')], 4_000)).toEqual([])
  })
})
