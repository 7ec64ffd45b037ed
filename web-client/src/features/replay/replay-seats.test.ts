import { describe, expect, it } from 'vitest'

import type { ReplayTrack } from '@/protocol/rest'

import { replaySeats, speakerAt } from './replay-seats'

function track(seatId: string, kind: ReplayTrack['kind'], more: Partial<ReplayTrack> = {}): ReplayTrack {
  return { trackId: `${seatId}-${kind}`, seatId, kind, url: '', offsetMs: 0, durationMs: 10_000, ...more }
}

describe('the seats of a replay', () => {
  const seats = replaySeats([
    track('mediator', 'audio', { displayName: '林调解' }),
    track('party-1', 'video', { label: 'party-1' }),
    track('mediator', 'video'),
    track('party-1', 'audio', { speech: [[2_000, 3_000]] }),
  ])

  it('gather what each person sent, with a name if there is one', () => {
    expect(seats.map(({ seatId, name, tracks }) => [seatId, name, tracks.length])).toEqual([
      ['mediator', '林调解', 2],
      ['party-1', 'party-1', 2],
    ])
  })

  it('show who speaks, else the first with a picture, else nobody', () => {
    expect(speakerAt(seats, 2_500)?.seatId).toBe('party-1')
    expect(speakerAt(seats, 5_000)?.seatId).toBe('mediator')
    expect(speakerAt(seats, 20_000)).toBeUndefined()
  })
})
