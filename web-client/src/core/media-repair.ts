import type { MediaLink } from './peer-link'
import type { Cancel, Scheduler } from './scheduler'

export interface MediaRepairOptions {
  readonly scheduler: Scheduler
  /** Asks the room for a new endpoint; false while the line is down. */
  readonly ask: (reason: string) => boolean
}

/** Repeated failures ask again only this often: a broken network must not become a storm of endpoints. */
const RETRY_LADDER_MS = [0, 1_000, 2_500, 5_000, 10_000]
/**
 * ICE calls itself disconnected after some seconds without an answer. What does not come back within this time will
 * not: the phone is on another path now.
 */
const INTERRUPTED_LIMIT_MS = 4_000

/** Decides when the peer connection is given up and the room asked for another. */
export class MediaRepair {
  private media: MediaLink = 'none'
  private failures = 0
  /** The network changed under us: an interruption is the end, not a hiccup. */
  private networkChanged = false
  private cancelAsking: Cancel | null = null
  private cancelPatience: Cancel | null = null

  constructor(private readonly options: MediaRepairOptions) {}

  handleMediaLink(media: MediaLink): void {
    this.media = media
    this.cancelPatience?.()
    if (media === 'connecting') this.networkChanged = false
    if (media === 'connected') this.failures = 0
    if (media === 'interrupted') {
      const patience = this.networkChanged ? 0 : INTERRUPTED_LIMIT_MS
      this.cancelPatience = this.options.scheduler.after(patience, () => this.failed('ice-disconnected'))
    }
  }

  /** Asks for a new endpoint, later when it failed lately. */
  failed(reason: string, atLeastMs = 0): void {
    const last = RETRY_LADDER_MS.length - 1
    const delayInMs = Math.max(atLeastMs, RETRY_LADDER_MS[Math.min(this.failures++, last)] ?? 0)
    this.cancelAsking?.()
    this.cancelAsking = this.options.scheduler.after(delayInMs, () => this.options.ask(reason))
  }

  handleNetworkChange(): void {
    this.networkChanged = true
  }

  /** The line is back: what was asked for while it was down went nowhere. */
  handleLineBack(): void {
    if (this.media === 'interrupted') this.failed('ice-disconnected')
  }

  stop(): void {
    this.cancelAsking?.()
    this.cancelPatience?.()
  }
}
