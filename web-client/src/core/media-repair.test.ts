import { beforeEach, describe, expect, it } from 'vitest'

import { ManualScheduler } from '../../test/manual-scheduler'
import { MediaRepair } from './media-repair'

describe('MediaRepair', () => {
  let scheduler: ManualScheduler
  let asked: string[]
  let repair: MediaRepair

  beforeEach(() => {
    scheduler = new ManualScheduler()
    asked = []
    repair = new MediaRepair({ scheduler, ask: (reason) => asked.push(reason) > 0 })
    repair.handleMediaLink('connecting')
    repair.handleMediaLink('connected')
  })

  it('waits for a short interruption to pass', () => {
    repair.handleMediaLink('interrupted')
    scheduler.elapse(3_999)
    repair.handleMediaLink('connected')
    scheduler.elapse(60_000)

    expect(asked).toEqual([])
  })

  it('asks for another connection when the interruption stays', () => {
    repair.handleMediaLink('interrupted')
    scheduler.elapse(4_000)

    expect(asked).toEqual(['ice-disconnected'])
  })

  it('does not wait when the network changed', () => {
    repair.handleNetworkChange()
    repair.handleMediaLink('interrupted')
    scheduler.elapse(0)

    expect(asked).toEqual(['ice-disconnected'])
  })

  it('asks again when the line is back: while it was down nobody heard', () => {
    repair.handleMediaLink('interrupted')
    repair.handleLineBack()
    scheduler.elapse(0)

    expect(asked).toEqual(['ice-disconnected'])
  })

  it('asks ever more rarely while it fails, and quickly again after a success', () => {
    for (const delay of [0, 1_000, 2_500, 5_000, 10_000, 10_000]) {
      const before = asked.length
      repair.failed('ice-failed')
      scheduler.elapse(delay - 1)
      expect(asked).toHaveLength(before)
      scheduler.elapse(1)
      expect(asked).toHaveLength(before + 1)
    }
    repair.handleMediaLink('connected')
    repair.failed('ice-failed')
    scheduler.elapse(0)
    expect(asked).toHaveLength(7)
  })

  it('asks no more once stopped', () => {
    repair.failed('ice-failed', 500)
    repair.stop()
    scheduler.elapse(60_000)

    expect(asked).toEqual([])
  })
})
