import { describe, expect, it } from 'vitest'

import type { ReplayEvent } from '@/protocol/rest'

import { chapters, chapterStep } from './chapters'

function change(atMs: number, from: string, to: string): ReplayEvent {
  return { atMs, type: 'phase-changed', data: { from, to } }
}

describe('chapters', () => {
  it('cover the recording from start to end', () => {
    const found = chapters([change(2_000, 'LOBBY', 'OPENING'), change(60_000, 'OPENING', 'JOINT')], 100_000)

    expect(found).toEqual([
      { phase: 'LOBBY', fromMs: 0, toMs: 2_000 },
      { phase: 'OPENING', fromMs: 2_000, toMs: 60_000 },
      { phase: 'JOINT', fromMs: 60_000, toMs: 100_000 },
    ])
  })

  it('leave out what was before the recording or lasted no time', () => {
    const found = chapters([change(-5_000, 'CREATED', 'LOBBY'), change(0, 'LOBBY', 'OPENING'), change(120_000, 'OPENING', 'CLOSED')], 100_000)

    expect(found).toEqual([{ phase: 'OPENING', fromMs: 0, toMs: 100_000 }])
  })

  it('name the party of a caucus, each its own', () => {
    const pause = (atMs: number): ReplayEvent => ({ atMs, type: 'phase-changed', data: { from: 'JOINT', to: 'PAUSED', reason: 'caucus' } })
    const opened = (atMs: number, seatId: string): ReplayEvent => ({ atMs, type: 'caucus-opened', seatId, data: { by: 'mediator', caucus: 1 } })
    const events = [
      ...[opened(10_000, 'party-1'), pause(10_000), change(20_000, 'PAUSED', 'JOINT')],
      ...[pause(30_000), opened(30_004, 'party-2'), change(40_000, 'PAUSED', 'JOINT')],
    ]

    expect(chapters(events, 50_000).map(({ caucusWith }) => caucusWith)).toEqual([undefined, 'party-1', undefined, 'party-2', undefined])
  })

  it('are none where no phase is on record', () => {
    expect(chapters([{ atMs: 1, type: 'seat-joined' }], 100)).toEqual([])
  })
})

describe('chapterStep', () => {
  const all = chapters([change(10_000, 'OPENING', 'JOINT'), change(60_000, 'JOINT', 'SIGNING')], 100_000)

  it('goes on to the next start, and nowhere from the last chapter', () => {
    expect(chapterStep(all, 0, 1)).toBe(10_000)
    expect(chapterStep(all, 10_000, 1)).toBe(60_000)
    expect(chapterStep(all, 60_000, 1)).toBeNull()
  })

  it('goes back to the start of this chapter, and from there to the one before', () => {
    expect(chapterStep(all, 30_000, -1)).toBe(10_000)
    expect(chapterStep(all, 11_000, -1)).toBe(0)
    expect(chapterStep(all, 0, -1)).toBeNull()
  })
})
