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
