import type { Cancel, Scheduler } from './scheduler'

/** What the clock needs of an audio or video element; `HTMLMediaElement` has it all. */
export interface ReplayMedia {
  currentTime: number
  playbackRate: number
  readonly paused: boolean
  readonly readyState: number
  play(): Promise<void>
  pause(): void
}

/** A stretch on the session clock. */
export interface ReplaySpan {
  readonly fromMs: number
  readonly toMs: number
}

export interface ReplayTrackMedia {
  readonly media: ReplayMedia
  /** Where the track begins on the session clock. */
  readonly offsetMs: number
  readonly durationMs: number
  /** Where it has nothing to play; may become known later. */
  readonly holes?: () => readonly ReplaySpan[]
}

export type ReplayMode = 'paused' | 'playing' | 'buffering'

export interface ReplayState {
  readonly mode: ReplayMode
  readonly positionMs: number
  readonly rate: number
}

const TICK_MS = 100
/** Beyond this a jump is less disturbing than catching up. */
const JUMP_BEYOND_MS = 400
/** Below this the ear does not notice; lips stay in step (limit of the sync demand is 80 ms). */
const IN_STEP_MS = 30
/** How much faster or slower a track may run while it catches up. */
const CATCH_UP = 0.06
/** `HTMLMediaElement.HAVE_FUTURE_DATA`: the next frame is there. */
const HAVE_FUTURE_DATA = 3
/** So near is where it should be, for a track that waits behind a hole. */
const WAITING_WITHIN_MS = 20
/** A track that does not deliver is left behind after this, so that one broken file cannot stop the replay. */
const PATIENCE_MS = 8_000

/**
 * One clock for all tracks of a session. The clock leads, every element follows: small drift is healed by rate, large
 * drift by a jump; while an element that should play has no data, the clock waits for it.
 *
 * In a hole a track does not run: browsers play what comes after a hole in sound at once, and show the picture before
 * it. It waits at the end of the hole instead, ready.
 */
export class ReplayClock {
  private readonly tracks = new Map<string, ReplayTrackMedia>()
  private mode: ReplayMode = 'paused'
  private rate = 1
  private anchorMs = 0
  private anchoredAt = 0
  private starvedSince: number | null = null
  private cancelTick: Cancel | null = null

  constructor(
    private readonly durationMs: number,
    private readonly scheduler: Scheduler,
    private readonly onChange: (state: ReplayState) => void,
  ) {}

  get positionMs(): number {
    const elapsed = this.mode === 'playing' ? (this.scheduler.now() - this.anchoredAt) * this.rate : 0
    return Math.min(this.durationMs, this.anchorMs + elapsed)
  }

  attach(trackId: string, track: ReplayTrackMedia): void {
    this.tracks.set(trackId, track)
    this.align(track)
  }

  detach(trackId: string): void {
    this.tracks.get(trackId)?.media.pause()
    this.tracks.delete(trackId)
  }

  play(): void {
    if (this.mode !== 'paused') return
    if (this.positionMs >= this.durationMs) this.anchorMs = 0
    this.anchor('playing')
    this.cancelTick = this.scheduler.every(TICK_MS, () => this.tick())
    this.alignAll()
    this.tick()
  }

  pause(): void {
    this.anchor('paused')
    this.cancelTick?.()
    this.cancelTick = null
    this.starvedSince = null
    for (const { media } of this.tracks.values()) media.pause()
    this.alignAll()
    this.report()
  }

  seek(positionMs: number): void {
    this.anchorMs = Math.max(0, Math.min(this.durationMs, positionMs))
    this.anchoredAt = this.scheduler.now()
    this.starvedSince = null
    this.alignAll()
    if (this.mode === 'paused') this.report()
    else this.tick()
  }

  setRate(rate: number): void {
    this.anchor(this.mode)
    this.rate = rate
    for (const { media } of this.tracks.values()) media.playbackRate = rate
    this.report()
  }

  dispose(): void {
    this.pause()
    this.tracks.clear()
  }

  private tick(): void {
    if (this.positionMs >= this.durationMs) {
      this.pause()
      return
    }
    const due = [...this.tracks.values()].filter((track) => this.isDue(track))
    this.waitOrRun(due)
    for (const track of this.tracks.values()) {
      if (due.includes(track) && this.mode === 'playing') this.follow(track)
      else this.rest(track, due.includes(track))
    }
    this.report()
  }

  private waitOrRun(due: readonly ReplayTrackMedia[]): void {
    const starved = due.some(({ media }) => media.readyState < HAVE_FUTURE_DATA)
    if (!starved) {
      this.starvedSince = null
      if (this.mode === 'buffering') this.anchor('playing')
      return
    }
    this.starvedSince ??= this.scheduler.now()
    const patient = this.scheduler.now() - this.starvedSince < PATIENCE_MS
    if (patient && this.mode === 'playing') this.anchor('buffering')
    if (!patient && this.mode === 'buffering') this.anchor('playing')
  }

  private follow({ media, offsetMs }: ReplayTrackMedia): void {
    const targetMs = this.positionMs - offsetMs
    const driftMs = media.currentTime * 1000 - targetMs
    if (Math.abs(driftMs) > JUMP_BEYOND_MS) {
      media.currentTime = targetMs / 1000
      media.playbackRate = this.rate
    } else if (Math.abs(driftMs) > IN_STEP_MS) {
      media.playbackRate = this.rate * (driftMs > 0 ? 1 - CATCH_UP : 1 + CATCH_UP)
    } else {
      media.playbackRate = this.rate
    }
    // A refused play() (no touch yet, element gone) leaves the element paused; the next tick tries again.
    if (media.paused) media.play().catch(() => undefined)
  }

  private rest(track: ReplayTrackMedia, isDue: boolean): void {
    const { media } = track
    if (!media.paused && (this.mode === 'buffering' || !isDue)) media.pause()
    const targetMs = this.targetMs(track)
    const waits = this.holeAt(track) !== undefined
    if (waits && Math.abs(media.currentTime * 1000 - targetMs) > WAITING_WITHIN_MS) media.currentTime = targetMs / 1000
  }

  private isDue(track: ReplayTrackMedia): boolean {
    const { offsetMs, durationMs } = track
    const runs = this.positionMs >= offsetMs && this.positionMs < offsetMs + durationMs
    return runs && this.holeAt(track) === undefined
  }

  private holeAt({ holes }: ReplayTrackMedia): ReplaySpan | undefined {
    return holes?.().find(({ fromMs, toMs }) => this.positionMs >= fromMs && this.positionMs < toMs)
  }

  /** Where on its own clock the track should be now. */
  private targetMs(track: ReplayTrackMedia): number {
    const atMs = this.holeAt(track)?.toMs ?? this.positionMs
    return Math.max(0, Math.min(track.durationMs, atMs - track.offsetMs))
  }

  private alignAll(): void {
    for (const track of this.tracks.values()) this.align(track)
  }

  private align(track: ReplayTrackMedia): void {
    const { media } = track
    media.currentTime = this.targetMs(track) / 1000
    media.playbackRate = this.rate
  }

  private anchor(mode: ReplayMode): void {
    this.anchorMs = this.positionMs
    this.anchoredAt = this.scheduler.now()
    this.mode = mode
  }

  private report(): void {
    this.onChange({ mode: this.mode, positionMs: this.positionMs, rate: this.rate })
  }
}
