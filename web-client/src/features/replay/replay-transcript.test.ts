import { describe, expect, it } from 'vitest'

import type { ReplayEvent } from '@/protocol/rest'

import { lineAt, transcriptOf } from './replay-transcript'

const ZERO = Date.parse('2026-11-21T08:00:00Z')

function line(number: number, second: number, text: string): ReplayEvent {
  const spokenAt = new Date(ZERO + second * 1_000).toISOString()
  const data = { number, key: `k-${number}`, spokenAt, speaker: 'party-1', text, source: 'typed' }
  return { atMs: second * 1_000 + 500, at: ZERO + second * 1_000 + 500, type: 'transcript-line', seatId: 'mediator', label: '李明远', data }
}

const EVENTS: readonly ReplayEvent[] = [
  { atMs: 0, at: ZERO, type: 'room-opened', data: {} },
  line(1, 10, '一万元。'),
  line(2, 30, '好的。'),
  { atMs: 40_000, at: ZERO + 40_000, type: 'transcript-objection', seatId: 'party-1', data: { number: 3, line: 1, text: '两万元。' } },
  // Written later, said earlier.
  line(4, 20, '补记一行。'),
  { atMs: 50_000, at: ZERO + 50_000, type: 'transcript-song', seatId: 'mediator', data: { number: 5 } },
]

describe('the transcript of a replay', () => {
  const { lines, openObjections } = transcriptOf(EVENTS)

  it('is read from the events of the session', () => {
    expect(lines.map(({ current }) => current.text)).toEqual(['一万元。', '好的。', '补记一行。'])
    expect(openObjections).toBe(1)
  })

  it.each([
    [9, null],
    [10, 1],
    [19, 1],
    [25, 4],
    [30, 2],
    [3_600, 2],
  ])('at %i s is at line %s', (second, number) => {
    expect(lineAt(lines, ZERO + second * 1_000)?.number ?? null).toBe(number)
  })
})
