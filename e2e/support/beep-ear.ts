import type { Page } from '@playwright/test'

/** How many of the other side's beeps the page hears in the time: rises of the level of what its connection receives. */
export function hearBeeps(page: Page, lengthMs: number): Promise<number> {
  return page.evaluate(async (length) => {
    const context = new AudioContext({ sampleRate: 48_000 })
    await context.resume()
    const ear = new AnalyserNode(context, { fftSize: 1_024 })
    for (const peer of window.heyiPeers) {
      if (peer.connectionState !== 'connected') continue
      for (const { track } of peer.getReceivers()) {
        if (track.kind === 'audio') context.createMediaStreamSource(new MediaStream([track])).connect(ear)
      }
    }
    const samples = new Float32Array(ear.fftSize)
    const end = context.currentTime + length / 1_000
    let beeps = 0
    let loud = false
    return new Promise<number>((done) => {
      const listen = setInterval(() => {
        ear.getFloatTimeDomainData(samples)
        const level = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
        // Half-way between silence and the beep's level: a concealed beep that fades out is not counted twice.
        if (!loud && level > 0.05) beeps++
        loud = loud ? level > 0.02 : level > 0.05
        if (context.currentTime < end) return
        clearInterval(listen)
        void context.close().then(() => done(beeps))
      }, 10)
    })
  }, lengthMs)
}
