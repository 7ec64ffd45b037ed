import { type AdvanceTarget, answersTo, type Consent, type TranscriptMessage } from '@/protocol/client-messages'
import type { MediaKind, RoomView, Self } from '@/protocol/room-view'
import type { WelcomeMessage } from '@/protocol/server-messages'
import type { TranscriptEntry } from '@/protocol/transcript'

import type { LocalMedia, LocalMediaState } from './local-media'
import { MediaRepair } from './media-repair'
import { type MediaLink, PeerLink, type PeerLinkOptions, type RemoteStreams } from './peer-link'
import { QualityMeter } from './quality-meter'
import { type RecordedSource, RoomClient, type RoomError, type RoomLink, type SeatQuality } from './room-client'
import type { OpenRoomSocket } from './room-socket'
import type { Cancel, Scheduler } from './scheduler'
import { TranscriptLog } from './transcript-log'

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
  /** The seat that speaks now. */
  readonly speaking: string | null
  /** How the networks fare, by seat: one's own; everybody's for the mediator. */
  readonly qualities: ReadonlyMap<string, SeatQuality>
  /** What the recorder receives; known to the mediator. */
  readonly recorded: readonly RecordedSource[]
  /** What is written of the transcript, in order. */
  readonly transcript: readonly TranscriptEntry[]
}

export type RoomNotice =
  | { readonly kind: 'muted-by-mediator'; readonly media: MediaKind }
  /** Everybody hears and sees this person again. */
  | { readonly kind: 'caucus-over' }
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

/** Often enough to see a network go bad, seldom enough to cost nothing. */
const MEASURE_EVERY_MS = 5_000
/** Somebody told too much at once asks again so long after. */
const ASK_AGAIN_MS = 1_000
/** A video that comes new is seen at once, until the page has measured its tile. */
const NEW_VIDEO_HEIGHT = 360

/** What the page says by itself of media that have just ended, as between two rooms: no person did anything wrong. */
const OF_MEDIA = ['viewing', 'media-failed', 'renegotiate'] as const

/** What a page that says nothing of itself counts as. */
const IN_FRONT = JSON.stringify({ hidden: false, interrupted: [] })

/** A seat in a room: the line, the media link and the local devices, joined into one snapshot. */
export class RoomSession {
  private snapshot: RoomSnapshot
  private readonly client: RoomClient
  private readonly peer: PeerLink
  private readonly repair: MediaRepair
  private shown: ReadonlyMap<string, number> | null = null
  private toldViewing = ''
  private hidden = false
  private toldBackground = IN_FRONT
  private readonly meter = new QualityMeter()
  private cancelMeasuring: Cancel | null = null
  private readonly transcript = new TranscriptLog((after) => this.client.send({ type: 'transcript-since', after }))

  constructor(private readonly options: RoomSessionOptions) {
    this.snapshot = {
      link: { phase: 'idle' },
      media: 'none',
      self: null,
      view: null,
      streams: new Map(),
      local: options.media.state,
      notice: null,
      speaking: null,
      qualities: new Map(),
      recorded: [],
      transcript: [],
    }
    this.repair = new MediaRepair({
      scheduler: options.scheduler,
      ask: (reason) => this.client.send({ type: 'media-failed', reason }),
    })
    this.peer = new PeerLink({
      createConnection: options.createConnection,
      localTrack: (kind) => options.media.state[kind].track,
      sendAnswer: (offerId, sdp) => this.client.send({ type: 'answer', offerId, sdp }),
      onRemoteStreams: (streams) => {
        this.update({ streams })
        this.tellViewing()
      },
      onMediaLink: (media) => this.handleMediaLink(media),
      onFailed: (reason) => this.repair.failed(reason),
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
        onState: (view) => {
          this.update({ view })
          this.tellViewing()
          this.transcript.handleSize(view.transcriptSize ?? 0)
        },
        onOffer: (offer) => void this.peer.handleOffer(offer),
        onMutedByMediator: (kind) => this.handleMutedByMediator(kind),
        onQuality: (quality) => this.update({ qualities: new Map(this.snapshot.qualities).set(quality.seatId, quality) }),
        onRecording: (recorded) => this.update({ recorded }),
        onTranscript: ({ entries, size }) => {
          this.transcript.handleEntries(entries, size)
          this.update({ transcript: this.transcript.entries })
        },
        onDominantSpeaker: (speaking) => this.update({ speaking }),
        onSenderConstraint: (source, maxHeight) => this.handleSenderConstraint(source, maxHeight),
        onError: (error) => this.handleError(error),
      },
    })
  }

  start(): void {
    this.client.start()
    this.cancelMeasuring = this.options.scheduler.every(MEASURE_EVERY_MS, () => void this.measure())
  }

  retryNow(): void {
    this.client.retryNow()
  }

  networkLost(): void {
    this.repair.handleNetworkChange()
    this.client.networkLost()
  }

  networkBack(): void {
    this.client.networkBack()
  }

  /** Another network perhaps, or a page that slept: makes sure that the line lives. */
  checkLine(): void {
    this.repair.handleNetworkChange()
    this.client.probe()
  }

  /**
   * How many lines of which seat's video are on the screen; who is not named is not shown. What is not shown need not
   * be sent.
   */
  show(lines: ReadonlyMap<string, number>): void {
    this.shown = lines
    this.tellViewing()
  }

  /** A camera or microphone that another program took is opened again. */
  renewDevice(kind: MediaKind): Promise<void> {
    return this.options.media.renew(kind)
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

  /** The mediator takes the talk off the record; `advance` leads back. */
  offRecord(why: string): void {
    this.client.send({ type: 'off-record', why })
  }

  /** Asks one party to a private talk; the welcome to its room follows. */
  openCaucus(seatId: string): void {
    this.client.send({ type: 'open-caucus', seatId })
  }

  /** Leads both of a private talk back to the others. */
  endCaucus(): void {
    this.client.send({ type: 'end-caucus' })
  }

  /** Another page or program is in front, or this page is again. */
  setHidden(hidden: boolean): void {
    this.hidden = hidden
    this.tellBackground()
  }

  /** False when the line is down: the caller says it again after the next welcome. */
  transcribe(message: TranscriptMessage): boolean {
    const roomId = this.snapshot.view?.roomId
    return this.client.send(roomId === undefined ? message : { ...message, roomId })
  }

  async setMuted(kind: MediaKind, muted: boolean): Promise<void> {
    await this.options.media.setMuted(kind, muted)
    this.tellMute(kind)
  }

  /** The local devices changed; the wiring calls this from `LocalMedia.onChange`. */
  handleLocalMedia(local: LocalMediaState): void {
    this.update({ local })
    this.tellBackground()
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
    this.cancelMeasuring?.()
    this.endMedia()
  }

  dispose(): void {
    this.client.dispose()
    this.cancelMeasuring?.()
    this.endMedia()
  }

  private endMedia(): void {
    this.repair.stop()
    this.peer.close()
    this.options.media.release()
  }

  private handleLink(link: RoomLink): void {
    this.update({ link })
    // Nothing may be sent or seen from here any more; the camera's light goes out too.
    if (link.phase === 'taken-over' || link.phase === 'refused' || link.phase === 'closed') this.endMedia()
  }

  private handleWelcome(welcome: WelcomeMessage): void {
    const former = this.snapshot.view
    if (former !== null && former.roomId !== welcome.state.roomId) this.changeRoom(former, welcome.state)
    this.transcript.handleWelcome(welcome.state.transcriptSize ?? 0)
    this.update({ self: welcome.self, transcript: this.transcript.entries })
    this.repair.handleLineBack()
    this.toldBackground = IN_FRONT
    this.tellBackground()
    const seat = welcome.state.seats.find(({ seatId }) => seatId === welcome.self.seatId)
    for (const kind of ['audio', 'video'] as const) {
      const told = kind === 'audio' ? seat?.audioMuted : seat?.videoMuted
      if (told !== this.isOff(kind)) this.tellMute(kind)
    }
  }

  /**
   * From a joint talk into a caucus, or back. What is said from now on belongs to the other room alone: the connection
   * to the former conference ends before anything else, and nothing of the former room stays on the page.
   */
  private changeRoom(former: RoomView, next: RoomView): void {
    this.peer.close()
    this.repair.stop()
    this.transcript.forget()
    const notice = former.kind === 'caucus' && next.kind !== 'caucus' ? ({ kind: 'caucus-over' } as const) : null
    this.update({ view: next, notice, speaking: null, qualities: new Map(), recorded: [], transcript: [] })
  }

  private isOff(kind: MediaKind): boolean {
    const device = this.options.media.state[kind]
    return device.muted || device.track === null || device.trouble === 'interrupted'
  }

  private tellMute(kind: MediaKind): void {
    this.client.send({ type: 'mute', kind, muted: this.isOff(kind) })
  }

  private tellBackground(): void {
    const interrupted = (['audio', 'video'] as const).filter((kind) => this.wasTaken(kind))
    const state = { hidden: this.hidden, interrupted }
    const words = JSON.stringify(state)
    if (words !== this.toldBackground && this.client.send({ type: 'background', ...state })) this.toldBackground = words
  }

  /** By the system, for a telephone call or another program: not switched off by the person. */
  private wasTaken(kind: MediaKind): boolean {
    const { muted, trouble } = this.options.media.state[kind]
    return !muted && (trouble === 'interrupted' || trouble === 'ended')
  }

  private handleMutedByMediator(kind: MediaKind): void {
    void this.setMuted(kind, true)
    this.update({ notice: { kind: 'muted-by-mediator', media: kind } })
  }

  private handleError({ code, correlationId, replyTo, retryAfterMs }: RoomError): void {
    // Overtaken by a newer offer: the answer to that one is already under way.
    if (code === 'stale-offer') return
    if (code === 'wrong-phase' && OF_MEDIA.some((type) => answersTo(replyTo, type))) return
    if (code === 'too-many-messages') this.options.scheduler.after(retryAfterMs ?? ASK_AGAIN_MS, () => this.transcript.askAgain())
    if (code === 'bad-sdp') this.repair.failed(code)
    if (code === 'unavailable' && this.snapshot.media !== 'connected') this.repair.failed(code, retryAfterMs)
    this.update({ notice: { kind: 'error', code, correlationId } })
  }

  private handleSenderConstraint(source: string, maxHeight: number): void {
    const own = this.snapshot.view?.seats.find(({ seatId }) => seatId === this.snapshot.self?.seatId)
    // What was said of a former connection's camera is about nothing any more.
    if (own?.endpointId === undefined || !source.startsWith(`${own.endpointId}-`)) return
    // A browser that cannot goes on sending more than is wanted: nothing breaks.
    this.peer.limitCamera(maxHeight).catch(() => undefined)
  }

  private handleMediaLink(media: MediaLink): void {
    this.repair.handleMediaLink(media)
    // A new peer connection knows nothing of what was said for the old one.
    if (media === 'connecting') this.toldViewing = ''
    this.update({ media })
    this.tellViewing()
  }

  private async measure(): Promise<void> {
    if (this.snapshot.media !== 'connected') return
    const sources = this.meter.measure(await this.peer.statistics())
    if (sources.length > 0) this.client.send({ type: 'quality', sources })
  }

  private tellViewing(): void {
    if (this.shown === null || this.snapshot.media !== 'connected' || !this.peer.isOpen) return
    const sources = [...this.snapshot.streams].flatMap(([endpointId, stream]) => {
      const seat = this.snapshot.view?.seats.find((each) => each.endpointId === endpointId)
      const maxHeight = seat === undefined ? 0 : (this.shown?.get(seat.seatId) ?? 0)
      return stream.getVideoTracks().map(({ id }) => ({ source: id, maxHeight }))
    })
    const viewing = { type: 'viewing', defaultMaxHeight: NEW_VIDEO_HEIGHT, sources } as const
    const words = JSON.stringify(viewing)
    if (words !== this.toldViewing && this.client.send(viewing)) this.toldViewing = words
  }

  private update(change: Partial<RoomSnapshot>): void {
    this.snapshot = { ...this.snapshot, ...change }
    this.options.onChange(this.snapshot)
  }
}
