import { describe, expect, it } from 'vitest'

import type { ReplayEvent } from '@/protocol/rest'

import { absenceAt, absenceSpans, absenceWords, gapSpans } from './absence-spans'

const mute = (atMs: number, muted: boolean, kind = 'audio', seatId = 'party-1'): ReplayEvent => ({
  atMs,
  type: 'mute-changed',
  seatId,
  data: { kind, muted, by: seatId },
})

describe('absenceSpans', () => {
  it('are when the sound was off, each kind for itself', () => {
    const events = [mute(1_000, true), mute(4_000, true, 'video'), mute(5_000, false), mute(6_000, true, 'audio', 'party-2')]

    expect(absenceSpans(events, 'party-1', 'audio', 10_000)).toEqual([{ fromMs: 1_000, toMs: 5_000, cause: 'muted' }])
    expect(absenceSpans(events, 'party-1', 'video', 10_000)).toEqual([{ fromMs: 4_000, toMs: 10_000, cause: 'muted' }])
  })

  it('are when the seat was gone', () => {
    const gone = (atMs: number, type: string): ReplayEvent => ({ atMs, type, seatId: 'party-1' })
    const events = [gone(-2_000, 'seat-joined'), gone(3_000, 'seat-dropped'), gone(4_000, 'seat-rejoined'), gone(9_000, 'seat-left')]

    expect(absenceSpans(events, 'party-1', 'video', 10_000)).toEqual([
      { fromMs: 3_000, toMs: 4_000, cause: 'away' },
      { fromMs: 9_000, toMs: 10_000, cause: 'away' },
    ])
  })

  it('begin once when a mute is told twice', () => {
    expect(absenceSpans([mute(1_000, true), mute(2_000, true)], 'party-1', 'audio', 5_000)).toEqual([
      { fromMs: 1_000, toMs: 5_000, cause: 'muted' },
    ])
  })
})

describe('gapSpans', () => {
  const gap = (cause: string, seatId = 'party-1', kind = 'video') => ({ seatId, kind, fromMs: 1_000, toMs: 3_000, cause })

  it.each([
    ['mute', 'muted'],
    ['leave', 'away'],
    ['network', 'network'],
    ['capture-stall', 'stalled'],
    ['bridge', 'bridge'],
    ['recorder', 'recorder'],
    ['server-restart', 'restart'],
    ['background', 'background'],
    ['off-record', 'off-record'],
    ['held-back', 'held-back'],
    ['caucus', 'caucus'],
    ['starting', 'starting'],
    ['something-newer', 'unknown'],
  ])('shows what the ledger calls %s as %s', (cause, shown) => {
    expect(gapSpans([gap(cause)], 'party-1', 'video')).toEqual([{ fromMs: 1_000, toMs: 3_000, cause: shown }])
  })

  it('say why the talk was off the record', () => {
    const [span] = gapSpans([{ ...gap('off-record'), reason: '涉及商业秘密' }], 'party-1', 'video')

    expect(span?.reason).toBe('涉及商业秘密')
    expect(span && absenceWords(span, (key) => key)).toBe('replay.lane.off-record（涉及商业秘密）')
  })

  it('are of one seat and one kind', () => {
    expect(gapSpans([gap('mute', 'party-2'), gap('mute', 'party-1', 'audio')], 'party-1', 'video')).toEqual([])
  })

  it('begin with their first moment and end before their last', () => {
    const spans = gapSpans([gap('mute')], 'party-1', 'video')

    expect([999, 1_000, 2_999, 3_000].map((atMs) => absenceAt(spans, atMs)?.cause)).toEqual([undefined, 'muted', 'muted', undefined])
  })
})
