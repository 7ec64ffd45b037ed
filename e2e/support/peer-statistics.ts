import type { Page } from '@playwright/test'

declare global {
  interface Window {
    heyiPeers: RTCPeerConnection[]
  }
}

export interface Received {
  readonly videos: number
  readonly framesDecoded: number
  readonly audios: number
  readonly audioEnergy: number
}

/** Remembers the page's peer connections, so that a story can ask them what arrives. Runs inside the page. */
export function rememberPeers(): void {
  window.heyiPeers = []
  const Original = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      window.heyiPeers.push(this)
    }
  }
}

/** What the page's open connection receives: only sources that deliver count. */
export function received(page: Page): Promise<Received> {
  return page.evaluate(async () => {
    const sum = { videos: 0, framesDecoded: 0, audios: 0, audioEnergy: 0 }
    for (const peer of window.heyiPeers) {
      if (peer.connectionState !== 'connected') continue
      for (const report of (await peer.getStats()).values()) {
        if (report.type !== 'inbound-rtp') continue
        if (report.kind === 'video' && report.framesDecoded > 0) {
          sum.videos++
          sum.framesDecoded += report.framesDecoded
        }
        if (report.kind === 'audio' && report.totalAudioEnergy > 0) {
          sum.audios++
          sum.audioEnergy += report.totalAudioEnergy
        }
      }
    }
    return sum
  })
}

/** Bytes of sound and picture that the page's open connections have received since they were opened. */
export function mediaBytes(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let bytes = 0
    for (const peer of window.heyiPeers) {
      if (peer.connectionState !== 'connected') continue
      for (const report of (await peer.getStats()).values()) {
        if (report.type === 'inbound-rtp') bytes += report.bytesReceived ?? 0
      }
    }
    return bytes
  })
}

/** How many of the page's connections were not closed: a page that has left a conference holds none to it. */
export function openPeers(page: Page): Promise<number> {
  return page.evaluate(() => window.heyiPeers.filter(({ connectionState }) => connectionState !== 'closed').length)
}

/** Stops or resumes what the page sends of its microphone, as a device does that stands still: it is not muted. */
export function holdMicrophone(page: Page, held: boolean): Promise<void> {
  return page.evaluate(async (stop) => {
    for (const peer of window.heyiPeers) {
      for (const { sender } of peer.getTransceivers()) {
        const { encodings } = sender.getParameters()
        if (peer.connectionState !== 'connected' || sender.track?.kind !== 'audio' || encodings.length === 0) continue
        const parameters = sender.getParameters()
        for (const encoding of parameters.encodings) encoding.active = !stop
        await sender.setParameters(parameters)
      }
    }
  }, held)
}

export interface ReceivedVideo {
  readonly atMs: number
  readonly bytes: number
  readonly frames: number
}

/** What the page's open connection has received of each video, by the name of the source. */
export function videosReceived(page: Page): Promise<Record<string, ReceivedVideo>> {
  return page.evaluate(async () => {
    const videos: Record<string, ReceivedVideo> = {}
    for (const peer of window.heyiPeers) {
      if (peer.connectionState !== 'connected') continue
      for (const report of (await peer.getStats()).values()) {
        if (report.type !== 'inbound-rtp' || report.kind !== 'video') continue
        videos[report.trackIdentifier] = { atMs: report.timestamp, bytes: report.bytesReceived, frames: report.framesDecoded }
      }
    }
    return videos
  })
}

export interface Route {
  readonly candidateType: string
  readonly relayProtocol: string | undefined
}

/** How the page's open connections reach the bridge: their own end of the selected candidate pair. */
export function route(page: Page): Promise<Route[]> {
  return page.evaluate(async () => {
    const routes = []
    for (const peer of window.heyiPeers) {
      if (peer.connectionState !== 'connected') continue
      const reports = await peer.getStats()
      for (const transport of reports.values()) {
        if (transport.type !== 'transport') continue
        const pair = reports.get(transport.selectedCandidatePairId)
        const { candidateType, relayProtocol } = reports.get(pair.localCandidateId)
        routes.push({ candidateType, relayProtocol })
      }
    }
    return routes
  })
}

export interface Flow {
  readonly atMs: number
  readonly concealedSamples: number
  readonly totalSamples: number
  readonly fecPackets: number
  readonly audioPacketsLost: number
  readonly audioPacketsSent: number
  readonly videoBytesSent: number
  readonly framesDecoded: number
}

/** Counters of the page's open connections, since they were opened; of the sound that comes only one seat's. */
export function flow(page: Page, heard: string): Promise<Flow> {
  return page.evaluate(async (seat) => {
    const sum = {
      atMs: performance.now(),
      concealedSamples: 0,
      totalSamples: 0,
      fecPackets: 0,
      audioPacketsLost: 0,
      audioPacketsSent: 0,
      videoBytesSent: 0,
      framesDecoded: 0,
    }
    for (const peer of window.heyiPeers) {
      if (peer.connectionState !== 'connected') continue
      for (const report of (await peer.getStats()).values()) {
        if (report.type === 'inbound-rtp' && report.kind === 'audio' && report.trackIdentifier.startsWith(seat)) {
          sum.concealedSamples += (report.concealedSamples ?? 0) - (report.silentConcealedSamples ?? 0)
          sum.totalSamples += report.totalSamplesReceived ?? 0
          sum.fecPackets += report.fecPacketsReceived ?? 0
          sum.audioPacketsLost += report.packetsLost ?? 0
        }
        if (report.type === 'inbound-rtp' && report.kind === 'video') sum.framesDecoded += report.framesDecoded ?? 0
        if (report.type === 'outbound-rtp' && report.kind === 'audio') sum.audioPacketsSent += report.packetsSent ?? 0
        if (report.type === 'outbound-rtp' && report.kind === 'video') sum.videoBytesSent += report.bytesSent ?? 0
      }
    }
    return sum
  }, heard)
}

/** Caps what the page's camera takes, as a page of a weaker phone would. */
export async function limitCamera(page: Page, maxBitrate: number): Promise<void> {
  await page.evaluate(async (limit) => {
    for (const peer of window.heyiPeers) {
      for (const sender of peer.getSenders()) {
        if (sender.track?.kind !== 'video') continue
        const parameters = sender.getParameters()
        for (const encoding of parameters.encodings) encoding.maxBitrate = limit
        await sender.setParameters(parameters)
      }
    }
  }, maxBitrate)
}
