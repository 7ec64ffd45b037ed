import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A beep or flash must rise from under half of its height; both are on for 100 ms of each second. */
const FLASH_LUMA = 128
const BEEP_LEVEL = 0.1
const SAMPLE_RATE = 8_000
const WINDOW = SAMPLE_RATE / 200

/** Decodes the whole file and throws if anything in it is broken. */
export async function decodeWithoutErrors(file: string): Promise<void> {
  const { stderr } = await run('ffmpeg', ['-v', 'error', '-xerror', '-i', file, '-fps_mode', 'passthrough', '-enc_time_base', '1:1000', '-f', 'null', '-'])
  if (stderr.trim() !== '') throw new Error(`${file} does not decode cleanly: ${stderr}`)
}

/** Seconds, on the file's own clock, at which the picture turns white. */
export async function flashes(file: string): Promise<number[]> {
  const { stdout } = await run(
    'ffprobe',
    ['-v', 'error', '-f', 'lavfi', '-i', `movie=${file},signalstats`, '-show_entries', 'frame=pts_time:frame_tags=lavfi.signalstats.YAVG', '-of', 'csv=p=0'],
    { maxBuffer: 64 * 1024 * 1024 },
  )
  const frames = stdout.trim().split('\n').map((line) => line.split(',').map(Number))
  return rises(frames.map(([at = 0, luma = 0]) => ({ at, on: luma > FLASH_LUMA })))
}

/** Seconds, on the file's own clock, at which the tone begins. */
export async function beeps(file: string): Promise<number[]> {
  const { stdout } = await run(
    'ffmpeg',
    ['-v', 'error', '-i', file, '-af', `aresample=${SAMPLE_RATE}:async=1:first_pts=0`, '-ac', '1', '-f', 'f32le', '-'],
    { encoding: 'buffer', maxBuffer: 256 * 1024 * 1024 },
  )
  const samples = new Float32Array(stdout.buffer, stdout.byteOffset, Math.floor(stdout.byteLength / 4))
  const windows = []
  for (let start = 0; start + WINDOW <= samples.length; start += WINDOW) {
    const power = samples.subarray(start, start + WINDOW).reduce((sum, sample) => sum + sample * sample, 0)
    windows.push({ at: start / SAMPLE_RATE, on: Math.sqrt(power / WINDOW) > BEEP_LEVEL })
  }
  return rises(windows)
}

function rises(series: readonly { at: number; on: boolean }[]): number[] {
  return series.filter((sample, index) => sample.on && index > 0 && series[index - 1]?.on === false).map((sample) => sample.at)
}

/** Milliseconds from each beep to the flash nearest to it. */
export function offsetsMs(flashTimes: readonly number[], beepTimes: readonly number[]): number[] {
  return beepTimes
    .map((beep) => flashTimes.reduce((best, flash) => (Math.abs(flash - beep) < Math.abs(best) ? flash - beep : best), Infinity))
    .filter((offset) => Math.abs(offset) < 0.5)
    .map((offset) => offset * 1000)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}
