import type { AdvanceTarget, Consent } from '@/protocol/client-messages'
import type { MediaKind, RoomView, Self } from '@/protocol/room-view'
import type { WelcomeMessage } from '@/protocol/server-messages'

import type { LocalMedia, LocalMediaState } from './local-media'
import { type MediaLink, PeerLink, type PeerLinkOptions, type RemoteStreams } from './peer-link'
import { RoomClient, type RoomError, type RoomLink } from './room-client'
import type { OpenRoomSocket } from './room-socket'
import type { Cancel, Scheduler } from './scheduler'

/** Everything a room page shows; replaced whole at every change. */
export interface RoomSnapshot {
  readonly link: RoomLink
  readonly media: MediaLink
  readonly self: Self | null
  readonly view: RoomView | null
  readonly streams: RemoteStreams
  readonly local: LocalMediaState
  /** What just happened and deserves a sentence; cleared by the page. */
  readonly notice: RoomNotice | null
}

export type RoomNotice =
  | { readonly kind: 'muted-by-mediator'; readonly media: MediaKind }
  | { readonly kind: 'error'; readonly code: string; readonly correlationId: string | undefined }

export interface RoomSessionOptions {
  readonly url: string
  readonly seatToken: string
  readonly consents: readonly Consent[]
  readonly lang: string
  readonly media: LocalMedia
  readonly openSocket: OpenRoomSocket
  readonly createConnection: PeerLinkOptions['createConnection']
  readonly scheduler: Scheduler
  readonly random: () => number
  readonly onChange: (snapshot: RoomSnapshot) => void
}

/** Repeated media failures ask again only this often: a broken network must not become a storm of endpoints. */
const MEDIA_RETRY_LADDER_MS = [0, 1_000, 2_500, 5_000, 10_000]

/** A seat in a room: the line, the media link and the local devices, joined into one snapshot. */
export class RoomSession {
  private snapshot: RoomSnapshot
  private readonly client: RoomClient
  private readonly peer: PeerLink
  private mediaFailures = 0
  private cancelMediaRetry: Cancel | null = null

  constructor(private readonly options: RoomSessionOptions) {
    this.snapshot = {
      link: { phase: 'idle' },
      media: 'none',
      self: null,
      view: null,
      streams: new Map(),
      local: options.media.state,
      notice: null,
    }
    this.peer = new PeerLink({
      createConnection: options.createConnection,
      localTrack: (kind) => options.media.state[kind].track,
      sendAnswer: (offerId, sdp) => this.client.send({ type: 'answer', offerId, sdp }),
      onRemoteStreams: (streams) => this.update({ streams }),
      onMediaLink: (media) => this.handleMediaLink(media),
      onFailed: (reason) => this.handleMediaFailed(reason),
    })
    this.client = new RoomClient({
      url: options.url,
      seatToken: options.seatToken,
      consents: options.consents,
      lang: options.lang,
      openSocket: options.openSocket,
      scheduler: options.scheduler,
      random: options.random,
      mayResume: () => this.peer.isOpen,
      listener: {
        onLink: (link) => this.handleLink(link),
        onWelcome: (welcome) => this.handleWelcome(welcome),
        onState: (view) => this.update({ view }),
        onOffer: (offer) => void this.peer.handleOffer(offer),
        onMutedByMediator: (kind) => this.handleMutedByMediator(kind),
        onError: (error) => this.handleError(error),
      },
    })
  }

  start(): void {
    this.client.start()
  }

  retryNow(): void {
    this.client.retryNow()
  }

  /** Takes the seat back from the page that took it over. */
  async useHereAgain(): Promise<void> {
    await this.options.media.request()
    this.client.retryNow()
  }

  advance(to: AdvanceTarget, reason?: string): void {
    this.client.send({ type: 'advance', to, ...(reason === undefined ? {} : { reason }) })
  }

  muteSeat(seatId: string, kind: MediaKind): void {
    this.client.send({ type: 'mute-seat', seatId, kind, muted: true })
  }

  confirmAgreement(documentId: string, sha256: string): void {
    this.client.send({ type: 'confirm-agreement', documentId, sha256 })
  }

  declineAgreement(documentId: string, reason: string): void {
    this.client.send({ type: 'decline-agreement', documentId, reason })
  }

  async setMuted(kind: MediaKind, muted: boolean): Promise<void> {
    await this.options.media.setMuted(kind, muted)
    this.tellMute(kind)
  }

  /** The local devices changed; the wiring calls this from `LocalMedia.onChange`. */
  handleLocalMedia(local: LocalMediaState): void {
    this.update({ local })
  }

  /** A local track came or went; the wiring calls this from `LocalMedia.onTrack`. */
  async handleLocalTrack(kind: MediaKind): Promise<void> {
    if (!this.peer.isOpen) return
    const carried = await this.peer.replaceTrack(kind)
    if (!carried) this.client.send({ type: 'renegotiate' })
    this.tellMute(kind)
  }

  clearNotice(): void {
    this.update({ notice: null })
  }

  leave(): void {
    this.client.leave()
    this.endMedia()
  }

  dispose(): void {
    this.client.dispose()
    this.endMedia()
  }

  private endMedia(): void {
    this.cancelMediaRetry?.()
    this.peer.close()
    this.options.media.release()
  }

  private handleLink(link: RoomLink): void {
    this.update({ link })
    // Nothing may be sent or seen from here any more; the camera's light goes out too.
    if (link.phase === 'taken-over' || link.phase === 'refused' || link.phase === 'closed') this.endMedia()
  }

  private handleWelcome(welcome: WelcomeMessage): void {
    this.peer.useIceServers(welcome.iceServers)
    this.update({ self: welcome.self })
    const seat = welcome.state.seats.find(({ seatId }) => seatId === welcome.self.seatId)
    for (const kind of ['audio', 'video'] as const) {
      const told = kind === 'audio' ? seat?.audioMuted : seat?.videoMuted
      if (told !== this.isOff(kind)) this.tellMute(kind)
    }
  }

  private isOff(kind: MediaKind): boolean {
    const device = this.options.media.state[kind]
    return device.muted || device.track === null
  }

  private tellMute(kind: MediaKind): void {
    this.client.send({ type: 'mute', kind, muted: this.isOff(kind) })
  }

  private handleMutedByMediator(kind: MediaKind): void {
    void this.setMuted(kind, true)
    this.update({ notice: { kind: 'muted-by-mediator', media: kind } })
  }

  private handleError({ code, correlationId, retryAfterMs }: RoomError): void {
    // Overtaken by a newer offer: the answer to that one is already under way.
    if (code === 'stale-offer') return
    if (code === 'bad-sdp') this.handleMediaFailed(code)
    if (code === 'unavailable' && this.snapshot.media !== 'connected') this.handleMediaFailed(code, retryAfterMs)
    this.update({ notice: { kind: 'error', code, correlationId } })
  }

  private handleMediaLink(media: MediaLink): void {
    if (media === 'connected') this.mediaFailures = 0
    this.update({ media })
  }

  private handleMediaFailed(reason: string, atLeastMs = 0): void {
    const last = MEDIA_RETRY_LADDER_MS.length - 1
    const delayInMs = Math.max(atLeastMs, MEDIA_RETRY_LADDER_MS[Math.min(this.mediaFailures++, last)] ?? 0)
    this.cancelMediaRetry?.()
    this.cancelMediaRetry = this.options.scheduler.after(delayInMs, () => {
      this.client.send({ type: 'media-failed', reason })
    })
  }

  private update(change: Partial<RoomSnapshot>): void {
    this.snapshot = { ...this.snapshot, ...change }
    this.options.onChange(this.snapshot)
  }
}
