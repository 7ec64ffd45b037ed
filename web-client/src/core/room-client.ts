import { type ClientMessage, type Consent, encodeClientMessage } from '@/protocol/client-messages'
import { DecodeError } from '@/protocol/decode'
import type { MediaKind, RoomView } from '@/protocol/room-view'
import { type OfferMessage, parseServerMessage, type ServerMessageOf, type WelcomeMessage } from '@/protocol/server-messages'

import { assertNever } from './assert-never'
import { nextRetryDelayInMs, type ReconnectContext } from './reconnect-policy'
import type { OpenRoomSocket, RoomSocket } from './room-socket'
import type { Cancel, Scheduler } from './scheduler'

/** Where the line to the room stands. */
export type RoomLink =
  | { readonly phase: 'idle' }
  | { readonly phase: 'connecting'; readonly attempt: number }
  | { readonly phase: 'live' }
  | { readonly phase: 'waiting'; readonly attempt: number; readonly retryInMs: number; readonly offline: boolean }
  /** Tried long enough; `retryNow()` starts again. */
  | { readonly phase: 'given-up' }
  /** The server will not have us; only another invitation helps. */
  | { readonly phase: 'refused'; readonly code: string; readonly correlationId?: string }
  /** The same seat was opened elsewhere; `retryNow()` takes it back. */
  | { readonly phase: 'taken-over' }
  | { readonly phase: 'closed' }
  | { readonly phase: 'left' }

export type RoomError = ServerMessageOf<'error'>
export type SeatQuality = ServerMessageOf<'quality'>
/** What the recorder receives of one source. */
export type RecordedSource = ServerMessageOf<'recording'>['sources'][number]

/** Consecutive entries of the transcript. */
export type TranscriptPage = ServerMessageOf<'transcript'>

export interface RoomClientListener {
  onLink(link: RoomLink): void
  onWelcome(welcome: WelcomeMessage): void
  onState(view: RoomView): void
  onOffer(offer: OfferMessage): void
  onMutedByMediator(kind: MediaKind): void
  onQuality(quality: SeatQuality): void
  onRecording(sources: readonly RecordedSource[]): void
  onTranscript(page: TranscriptPage): void
  onDominantSpeaker(seatId: string): void
  /** How many lines of one of our own videos anybody wants. */
  onSenderConstraint(source: string, maxHeight: number): void
  onError(error: RoomError): void
}

export interface RoomClientOptions {
  readonly url: string
  readonly seatToken: string
  readonly consents: readonly Consent[]
  readonly lang: string
  readonly openSocket: OpenRoomSocket
  readonly scheduler: Scheduler
  readonly random: () => number
  readonly policy?: (context: ReconnectContext) => number | null
  /** True while this page still holds the peer connection of the seat. */
  readonly mayResume: () => boolean
  readonly listener: RoomClientListener
}

const PING_EVERY_MS = 3_000
/** Two pings unanswered: the line is dead, whatever TCP says (phones that changed network). */
const SILENCE_LIMIT_MS = 8_000
/** A line in doubt gets this long to answer one ping. */
const PROBE_LIMIT_MS = 2_500
/** Refusals that no retry can heal. */
const FINAL_CODES = new Set(['unknown-seat', 'used-up-invitation', 'consent-required', 'malformed', 'not-allowed'])

/**
 * The room protocol over one WebSocket at a time: joins, keeps the line alive, comes back after a loss with the same
 * seat, and stops for good when the server says so. Knows nothing of media: offers go out through the listener.
 */
export class RoomClient {
  private socket: RoomSocket | null = null
  private link: RoomLink = { phase: 'idle' }
  private generation = 0
  /** Losses in a row since the last welcome. */
  private losses = 0
  private lostAt: number | null = null
  private retryAfterMs: number | undefined
  private refusal: RoomError | null = null
  private nextId = 1
  private lastFrameAt = 0
  /** Number of the last message seen; the next connection asks for what came after it. */
  private lastSeq: number | null = null
  private offline = false
  private cancelRetry: Cancel | null = null
  private cancelPing: Cancel | null = null
  private cancelProbe: Cancel | null = null

  constructor(private readonly options: RoomClientOptions) {}

  start(): void {
    this.connect()
  }

  /** False when the line is down: the caller repeats what matters after the next welcome. */
  send(message: ClientMessage): boolean {
    if (this.link.phase !== 'live' || this.socket === null) return false
    this.socket.send(encodeClientMessage(message, this.nextId++))
    return true
  }

  /** Tries at once: the network came back, or the person asked. */
  retryNow(): void {
    const phase = this.link.phase
    if (phase === 'waiting' || phase === 'given-up' || phase === 'taken-over') {
      this.losses = 0
      this.lostAt = null
      this.connect()
    }
  }

  /** The device lost its network: no use in waiting for the silence to be noticed. */
  networkLost(): void {
    this.offline = true
    if (this.link.phase === 'live' || this.link.phase === 'connecting') this.scheduleRetry()
    else if (this.link.phase === 'waiting') this.setLink({ ...this.link, offline: true })
  }

  /** The device has a network again. */
  networkBack(): void {
    this.offline = false
    if (this.link.phase === 'waiting') this.retryNow()
    else this.probe()
  }

  /** The line may be dead without knowing (another network, a page that slept): one ping must be answered soon. */
  probe(): void {
    if (this.link.phase !== 'live') return
    const { scheduler } = this.options
    const askedAt = scheduler.now()
    this.send({ type: 'ping' })
    this.cancelProbe?.()
    this.cancelProbe = scheduler.after(PROBE_LIMIT_MS, () => {
      if (this.lastFrameAt < askedAt) this.scheduleRetry()
    })
  }

  leave(): void {
    this.send({ type: 'leave' })
    this.end({ phase: 'left' })
  }

  /** Ends silently, as a page that goes away does: the seat stays. */
  dispose(): void {
    this.generation++
    this.dropSocket()
  }

  private connect(): void {
    this.dropSocket()
    this.refusal = null
    const generation = ++this.generation
    this.setLink({ phase: 'connecting', attempt: this.losses + 1 })
    const mine = (task: () => void) => {
      if (generation === this.generation) task()
    }
    this.lastFrameAt = this.options.scheduler.now()
    this.socket = this.options.openSocket(this.options.url, {
      onOpen: () => mine(() => this.join()),
      onFrame: (frame) => mine(() => this.handleFrame(frame)),
      onClose: (code) => mine(() => this.handleClose(code)),
    })
    this.cancelPing = this.options.scheduler.every(PING_EVERY_MS, () => this.checkLine())
  }

  private join(): void {
    const { seatToken, consents, lang, mayResume } = this.options
    const join: ClientMessage = {
      type: 'join',
      seatToken,
      resume: mayResume(),
      ...(this.lastSeq === null ? {} : { lastSeq: this.lastSeq }),
      consents,
      client: { lang },
    }
    this.socket?.send(encodeClientMessage(join, this.nextId++))
  }

  private checkLine(): void {
    if (this.options.scheduler.now() - this.lastFrameAt > SILENCE_LIMIT_MS) {
      this.handleClose(1006)
      return
    }
    this.send({ type: 'ping' })
  }

  private handleFrame(frame: string): void {
    this.lastFrameAt = this.options.scheduler.now()
    const { listener } = this.options
    const message = this.parse(frame)
    if (message === null) return
    // Before the welcome errors are numbered by themselves.
    if ('seq' in message && (this.link.phase === 'live' || message.type === 'welcome')) this.lastSeq = message.seq
    switch (message.type) {
      case 'welcome':
        this.losses = 0
        this.lostAt = null
        this.retryAfterMs = undefined
        this.offline = false
        this.setLink({ phase: 'live' })
        listener.onWelcome(message)
        listener.onState(message.state)
        return
      case 'state':
        listener.onState(message.state)
        return
      case 'offer':
        listener.onOffer(message)
        return
      case 'error':
        this.handleError(message)
        return
      case 'muted-by-mediator':
        listener.onMutedByMediator(message.kind)
        return
      case 'taken-over':
        this.end({ phase: 'taken-over' })
        return
      case 'quality':
        listener.onQuality(message)
        return
      case 'recording':
        listener.onRecording(message.sources)
        return
      case 'transcript':
        listener.onTranscript(message)
        return
      case 'dominant-speaker':
        listener.onDominantSpeaker(message.seatId)
        return
      case 'sender-constraint':
        listener.onSenderConstraint(message.source, message.maxHeight)
        return
      case 'pong':
      case 'unknown':
        return
      default:
        assertNever(message)
    }
  }

  private parse(frame: string): ReturnType<typeof parseServerMessage> | null {
    try {
      return parseServerMessage(frame)
    } catch (failure) {
      if (!(failure instanceof DecodeError)) throw failure
      // A frame we cannot read changes nothing; the next whole `state` repairs the view.
      console.warn(`room protocol: ${failure.message}`)
      return null
    }
  }

  private handleError(error: RoomError): void {
    this.retryAfterMs = error.retryAfterMs
    if (this.link.phase !== 'live') {
      if (FINAL_CODES.has(error.code)) this.refuse(error)
      else this.refusal = error
    }
    this.options.listener.onError(error)
  }

  private refuse(error: RoomError): void {
    const { code, correlationId } = error
    this.end({ phase: 'refused', code, ...(correlationId === undefined ? {} : { correlationId }) })
  }

  private handleClose(code: number): void {
    switch (code) {
      case 4001:
        this.end({ phase: 'taken-over' })
        return
      case 4002:
        this.end({ phase: 'closed' })
        return
      case 4004:
        this.end({ phase: 'left' })
        return
      case 4003:
        this.end({ phase: 'refused', code: this.refusal?.code ?? 'unknown-seat' })
        return
      default:
        this.scheduleRetry()
    }
  }

  private scheduleRetry(): void {
    this.dropSocket()
    this.generation++
    const { scheduler, random, policy = nextRetryDelayInMs } = this.options
    this.lostAt ??= scheduler.now()
    const attempt = ++this.losses
    const retryInMs = policy({
      attempt,
      sinceLossInMs: scheduler.now() - this.lostAt,
      random: random(),
      ...(this.retryAfterMs === undefined ? {} : { retryAfterMs: this.retryAfterMs }),
    })
    if (retryInMs === null) {
      this.setLink({ phase: 'given-up' })
      return
    }
    this.setLink({ phase: 'waiting', attempt, retryInMs, offline: this.offline })
    this.cancelRetry = scheduler.after(retryInMs, () => this.connect())
  }

  private end(link: RoomLink): void {
    this.generation++
    this.dropSocket()
    this.setLink(link)
  }

  private dropSocket(): void {
    this.cancelRetry?.()
    this.cancelPing?.()
    this.cancelProbe?.()
    this.cancelRetry = null
    this.cancelPing = null
    this.cancelProbe = null
    this.socket?.close()
    this.socket = null
  }

  private setLink(link: RoomLink): void {
    this.link = link
    this.options.listener.onLink(link)
  }
}

