import type { MediaKind } from '@/protocol/room-view'
import type { OfferMessage } from '@/protocol/server-messages'

import { sendInLayers } from './quirks/temporal-layers'

/** How media flow between this page and the bridge. */
export type MediaLink = 'none' | 'connecting' | 'connected' | 'interrupted' | 'failed'

/** Remote media by endpoint id: the bridge names each stream after the endpoint that sends it. */
export type RemoteStreams = ReadonlyMap<string, MediaStream>

export interface PeerLinkOptions {
  readonly createConnection: (configuration: RTCConfiguration) => RTCPeerConnection
  readonly localTrack: (kind: MediaKind) => MediaStreamTrack | null
  readonly sendAnswer: (offerId: string, sdp: string) => void
  readonly onRemoteStreams: (streams: RemoteStreams) => void
  readonly onMediaLink: (state: MediaLink) => void
  /** The connection is lost for good; the server must make a new endpoint and a fresh offer. */
  readonly onFailed: (reason: string) => void
}

/** Sections 0 and 1 of every offer carry our microphone and camera up. */
const UPLINK_MIDS: Readonly<Record<MediaKind, string>> = { audio: '0', video: '1' }
/** The bridge's own feedback source: nothing to show. */
const BRIDGE_STREAM = 'jvb'

/**
 * One peer connection to the bridge. The server always offers; we answer at once, without candidates (the bridge learns
 * our address from the first packet). A fresh offer means a new connection: an old one reused after the endpoint was
 * re-created keeps a dead DTLS session or recovers its video only after seconds.
 */
export class PeerLink {
  private connection: RTCPeerConnection | null = null
  private streams: ReadonlyMap<string, MediaStream> = new Map()
  private queue: Promise<void> = Promise.resolve()
  private freshest = 0
  private negotiatedUplink: ReadonlySet<MediaKind> = new Set()

  constructor(private readonly options: PeerLinkOptions) {}

  get isOpen(): boolean {
    return this.connection !== null && this.connection.connectionState !== 'failed'
  }

  /** Answers in the order of arrival; offers made for an older connection are dropped. */
  handleOffer(offer: OfferMessage): Promise<void> {
    if (offer.fresh) this.freshest++
    const generation = this.freshest
    this.queue = this.queue
      .then(() => (generation === this.freshest ? this.answer(offer) : undefined))
      .catch((failure: unknown) => {
        if (generation === this.freshest) this.options.onFailed(`offer: ${describe(failure)}`)
      })
    return this.queue
  }

  /**
   * Puts the current local track of this kind on the wire. Returns false when the last answer did not promise to send
   * this kind: then the caller asks the server for a new offer.
   */
  async replaceTrack(kind: MediaKind): Promise<boolean> {
    const transceiver = this.uplink(kind)
    if (transceiver === undefined) return false
    await transceiver.sender.replaceTrack(this.options.localTrack(kind))
    return this.negotiatedUplink.has(kind) || this.options.localTrack(kind) === null
  }

  /**
   * Sends no more lines of the camera than anybody wants to see, and nothing when nobody looks. One limit after the
   * other and none during an answer: a browser refuses parameters that were read before others were set, and a camera
   * whose last limit was refused would stay dark.
   */
  limitCamera(maxHeight: number): Promise<void> {
    const limited = this.queue.then(() => this.applyLimit(maxHeight))
    this.queue = limited.catch(() => undefined)
    return limited
  }

  private async applyLimit(maxHeight: number): Promise<void> {
    const sender = this.uplink('video')?.sender
    if (sender === undefined) return
    const parameters = sender.getParameters()
    const height = sender.track?.getSettings().height ?? maxHeight
    for (const encoding of parameters.encodings) {
      encoding.active = maxHeight > 0
      encoding.scaleResolutionDownBy = maxHeight > 0 ? Math.max(1, height / maxHeight) : 1
    }
    await sender.setParameters(parameters)
  }

  /** What the open connection counted so far. */
  async statistics(): Promise<readonly object[]> {
    if (this.connection === null) return []
    const entries: object[] = []
    const report = await this.connection.getStats()
    report.forEach((entry: object) => entries.push(entry))
    return entries
  }

  /** What was under way on a closed connection may never settle (W3C webrtc-pc, 4.7.4): nothing waits for it. */
  close(): void {
    this.freshest++
    this.queue = Promise.resolve()
    this.closeConnection()
  }

  private async answer(offer: OfferMessage): Promise<void> {
    const connection = offer.fresh || this.connection === null ? this.open(offer) : this.connection
    await connection.setRemoteDescription({ type: 'offer', sdp: offer.sdp })
    if (connection !== this.connection) return
    const sending = new Set<MediaKind>()
    for (const kind of ['audio', 'video'] as const) {
      const transceiver = this.uplink(kind)
      if (transceiver === undefined) continue
      const track = this.options.localTrack(kind)
      await transceiver.sender.replaceTrack(track)
      if (connection !== this.connection) return
      // A section once promised stays promised: a camera that is off for a minute needs no new offer.
      const promise = track !== null || this.negotiatedUplink.has(kind)
      transceiver.direction = promise ? 'sendrecv' : 'recvonly'
      if (promise) sending.add(kind)
    }
    await connection.setLocalDescription(await connection.createAnswer())
    if (connection !== this.connection) return
    const camera = this.uplink('video')
    if (camera !== undefined) await sendInLayers(camera.sender)
    if (connection !== this.connection) return
    this.negotiatedUplink = sending
    this.options.sendAnswer(offer.offerId, connection.localDescription?.sdp ?? '')
  }

  private uplink(kind: MediaKind): RTCRtpTransceiver | undefined {
    return this.connection?.getTransceivers().find((transceiver) => transceiver.mid === UPLINK_MIDS[kind])
  }

  private open({ iceServers = [], iceTransportPolicy = 'all' }: OfferMessage): RTCPeerConnection {
    this.closeConnection()
    const connection = this.options.createConnection({
      bundlePolicy: 'max-bundle',
      iceTransportPolicy,
      iceServers: iceServers.map(({ urls, username, credential }) => ({
        urls: [...urls],
        ...(username === undefined ? {} : { username }),
        ...(credential === undefined ? {} : { credential }),
      })),
    })
    this.connection = connection
    connection.ontrack = ({ track, streams }) => {
      for (const stream of streams) this.addStream(connection, stream, track)
    }
    connection.onconnectionstatechange = () => this.reportState(connection)
    this.options.onMediaLink('connecting')
    return connection
  }

  private addStream(connection: RTCPeerConnection, stream: MediaStream, track: MediaStreamTrack): void {
    if (connection !== this.connection || stream.id === BRIDGE_STREAM) return
    stream.onremovetrack = () => {
      if (connection === this.connection && stream.getTracks().length === 0) this.setStream(stream.id, null)
    }
    track.onunmute = () => {
      // First packets: video elements that gave up on an empty stream get another chance.
      if (connection === this.connection) this.setStream(stream.id, stream)
    }
    this.setStream(stream.id, stream)
  }

  private setStream(endpointId: string, stream: MediaStream | null): void {
    const next = new Map(this.streams)
    if (stream === null) next.delete(endpointId)
    else next.set(endpointId, stream)
    this.streams = next
    this.options.onRemoteStreams(next)
  }

  private reportState(connection: RTCPeerConnection): void {
    if (connection !== this.connection) return
    switch (connection.connectionState) {
      case 'connected':
        this.options.onMediaLink('connected')
        return
      case 'disconnected':
        this.options.onMediaLink('interrupted')
        return
      case 'failed':
        this.options.onMediaLink('failed')
        this.options.onFailed('ice-failed')
        return
      case 'new':
      case 'connecting':
      case 'closed':
        return
    }
  }

  private closeConnection(): void {
    const connection = this.connection
    this.connection = null
    this.negotiatedUplink = new Set()
    if (connection !== null) {
      connection.ontrack = null
      connection.onconnectionstatechange = null
      connection.close()
    }
    this.streams = new Map()
    this.options.onRemoteStreams(this.streams)
    this.options.onMediaLink('none')
  }
}

function describe(failure: unknown): string {
  return failure instanceof Error ? failure.name : 'unknown'
}
