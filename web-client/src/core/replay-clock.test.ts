import { beforeEach, describe, expect, it } from 'vitest'

import { ManualScheduler } from '../../test/manual-scheduler'
import { ReplayClock, type ReplayMedia, type ReplayState } from './replay-clock'

/** A media element whose playback runs on the test's clock, at a rate that may differ from what it was told. */
class FakeMedia implements ReplayMedia {
  paused = true
  readyState = 4
  /** How much this element runs faster than it should. */
  skew = 0
  private rate = 1
  private at = 0
  private since = 0

  constructor(private readonly scheduler: ManualScheduler) {}

  get playbackRate(): number {
    return this.rate
  }

  set playbackRate(rate: number) {
    this.settle()
    this.rate = rate
  }

  get currentTime(): number {
    const elapsed = this.paused ? 0 : (this.scheduler.now() - this.since) / 1000
    return this.at + elapsed * this.rate * (1 + this.skew)
  }

  set currentTime(seconds: number) {
    this.at = seconds
    this.since = this.scheduler.now()
  }

  play(): Promise<void> {
    this.since = this.scheduler.now()
    this.paused = false
    return Promise.resolve()
  }

  pause(): void {
    this.settle()
    this.paused = true
  }

  private settle(): void {
    this.at = this.currentTime
    this.since = this.scheduler.now()
  }
}

describe('ReplayClock', () => {
  let scheduler: ManualScheduler
  let state: ReplayState
  let clock: ReplayClock
  let early: FakeMedia
  let late: FakeMedia

  beforeEach(() => {
    scheduler = new ManualScheduler()
    clock = new ReplayClock(60_000, scheduler, (next) => {
      state = next
    })
    early = new FakeMedia(scheduler)
    late = new FakeMedia(scheduler)
    clock.attach('early', { media: early, offsetMs: 0, durationMs: 60_000 })
    clock.attach('late', { media: late, offsetMs: 5_000, durationMs: 20_000 })
  })

  it('starts each track at its place on the session clock', () => {
    clock.play()
    scheduler.elapse(4_900)
    expect([early.paused, late.paused]).toEqual([false, true])

    scheduler.elapse(2_100)
    expect(late.paused).toBe(false)
    expect(late.currentTime).toBeCloseTo(2, 1)
    expect(early.currentTime).toBeCloseTo(7, 1)
  })

  it('stops a track at its end and goes on with the others', () => {
    clock.play()
    scheduler.elapse(26_000)

    expect([early.paused, late.paused]).toEqual([false, true])
  })

  it('puts every track where a seek goes, also while paused', () => {
    clock.seek(12_000)

    expect(state).toMatchObject({ mode: 'paused', positionMs: 12_000 })
    expect([early.currentTime, late.currentTime]).toEqual([12, 7])
  })

  it('keeps seeks within the session', () => {
    clock.seek(-5_000)
    expect(clock.positionMs).toBe(0)
    clock.seek(99_000)
    expect(clock.positionMs).toBe(60_000)
  })

  it('holds a drifting track in step within 80 ms', () => {
    early.skew = 0.03
    clock.play()
    scheduler.elapse(20_000)

    expect(Math.abs(early.currentTime * 1000 - clock.positionMs)).toBeLessThan(80)
  })

  it('jumps a track that is far off', () => {
    clock.play()
    scheduler.elapse(6_000)
    late.currentTime = 9
    scheduler.elapse(100)

    expect(late.currentTime * 1000 + 5_000).toBeCloseTo(clock.positionMs, -1)
  })

  it('lets a track rest in a hole, ready at its end, while the others go on', () => {
    const holed = new FakeMedia(scheduler)
    clock.attach('holed', { media: holed, offsetMs: 1_000, durationMs: 30_000, holes: () => [{ fromMs: 4_000, toMs: 9_000 }] })
    clock.play()
    scheduler.elapse(5_000)
    expect([early.paused, holed.paused]).toEqual([false, true])
    expect(holed.currentTime).toBe(8)

    scheduler.elapse(5_000)
    expect(holed.paused).toBe(false)
    expect(holed.currentTime * 1000 + 1_000 - clock.positionMs).toBeCloseTo(0, -2)
  })

  it('does not wait for the data of a track in its hole', () => {
    const holed = new FakeMedia(scheduler)
    holed.readyState = 1
    clock.attach('holed', { media: holed, offsetMs: 0, durationMs: 30_000, holes: () => [{ fromMs: 0, toMs: 9_000 }] })
    clock.play()
    scheduler.elapse(5_000)

    expect(state).toMatchObject({ mode: 'playing', positionMs: 5_000 })
  })

  it('puts a track behind the hole that a seek goes into', () => {
    const holed = new FakeMedia(scheduler)
    clock.attach('holed', { media: holed, offsetMs: 1_000, durationMs: 30_000, holes: () => [{ fromMs: 4_000, toMs: 9_000 }] })
    clock.seek(6_000)

    expect([early.currentTime, holed.currentTime]).toEqual([6, 8])
  })

  it('waits for a track without data, all together', () => {
    clock.play()
    scheduler.elapse(6_000)
    late.readyState = 2
    scheduler.elapse(3_000)
    expect(state.mode).toBe('buffering')
    expect(state.positionMs).toBeLessThanOrEqual(6_100)
    expect(early.paused).toBe(true)

    late.readyState = 4
    scheduler.elapse(1_000)
    expect(state.mode).toBe('playing')
    expect(early.paused).toBe(false)
  })

  it('leaves a track behind that never delivers', () => {
    late.readyState = 0
    clock.play()
    scheduler.elapse(20_000)

    expect(state.mode).toBe('playing')
    expect(state.positionMs).toBeGreaterThan(11_000)
  })

  it('runs all tracks at the chosen speed', () => {
    clock.setRate(2)
    clock.play()
    scheduler.elapse(4_000)

    expect(clock.positionMs).toBe(8_000)
    expect(late.currentTime).toBeCloseTo(3, 1)
  })

  it('keeps its place when the speed changes', () => {
    clock.play()
    scheduler.elapse(4_000)
    clock.setRate(0.5)

    expect(clock.positionMs).toBe(4_000)
  })

  it('pauses at the end and begins again from the start', () => {
    clock.play()
    scheduler.elapse(61_000)
    expect(state).toMatchObject({ mode: 'paused', positionMs: 60_000 })

    clock.play()
    scheduler.elapse(1_000)
    expect(clock.positionMs).toBe(1_000)
  })
})
