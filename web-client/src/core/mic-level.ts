import type { Cancel, Scheduler } from './scheduler'

const READ_EVERY_MS = 80
/** Speech at arm's length reads about 0.05–0.2 RMS; this gain brings it to the middle of the meter. */
const GAIN = 5

export interface MicLevelOptions {
  readonly track: MediaStreamTrack
  readonly createContext: () => AudioContext
  readonly scheduler: Scheduler
  /** 0 … 1. */
  readonly onLevel: (level: number) => void
}

/** Reads how loud the microphone is, for the meter of the device check. */
export function watchMicLevel(options: MicLevelOptions): Cancel {
  const context = options.createContext()
  const source = context.createMediaStreamSource(new MediaStream([options.track]))
  const analyser = context.createAnalyser()
  analyser.fftSize = 1024
  source.connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  void context.resume()
  const cancel = options.scheduler.every(READ_EVERY_MS, () => {
    analyser.getFloatTimeDomainData(samples)
    options.onLevel(levelOf(samples))
  })
  return () => {
    cancel()
    source.disconnect()
    void context.close()
  }
}

/** Root mean square of the samples, scaled for a meter and bounded to 0 … 1. */
export function levelOf(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return Math.min(1, Math.sqrt(sum / Math.max(1, samples.length)) * GAIN)
}
