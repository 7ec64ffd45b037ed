import type { SourceQuality } from '@/protocol/client-messages'
import type { MediaKind } from '@/protocol/room-view'

/** Sums of one source at its last measurement; statistics only ever grow. */
interface Sums {
  readonly atMs: number
  readonly bytes: number
  readonly packets: number
  readonly lost: number
  readonly freezes: number
}

/** As many as the room takes: eight seats with camera and microphone, seen by one of them. */
const MAX_SOURCES = 16
const SOURCE_NAME = /^[A-Za-z0-9._-]{1,128}$/

/** One entry of an `RTCStatsReport`, read with care: browsers leave out what they do not know. */
class Entry {
  constructor(private readonly fields: object) {}

  text(name: string): string {
    const value: unknown = Reflect.get(this.fields, name)
    return typeof value === 'string' ? value : ''
  }

  number(name: string): number | null {
    const value: unknown = Reflect.get(this.fields, name)
    return typeof value === 'number' && Number.isFinite(value) ? value : null
  }

  truth(name: string): boolean {
    return Reflect.get(this.fields, name) === true
  }

  get kind(): MediaKind {
    return this.text('kind') === 'video' ? 'video' : 'audio'
  }
}

/** Makes one report of what a peer connection counted since the last one (W3C webrtc-stats). */
export class QualityMeter {
  private before: ReadonlyMap<string, Sums> = new Map()

  /** Sources that were not there the last time are not reported yet: there is nothing to compare with. */
  measure(statistics: readonly object[]): readonly SourceQuality[] {
    const entries = statistics.map((fields) => new Entry(fields))
    const pathMs = millis(entries.find((entry) => entry.text('type') === 'candidate-pair' && entry.truth('nominated'))?.number('currentRoundTripTime'))
    const now = new Map<string, Sums>()
    const sources: SourceQuality[] = []
    for (const entry of entries) {
      const up = entry.text('type') === 'outbound-rtp'
      if (!up && entry.text('type') !== 'inbound-rtp') continue
      const id = entry.text('id')
      const sums = sumsOf(entry, up)
      now.set(id, sums)
      const last = this.before.get(id)
      if (last === undefined || sums.packets === last.packets) continue
      sources.push(up ? upQuality(entry, last, sums, entries.filter(isReport), pathMs) : downQuality(entry, last, sums, pathMs))
    }
    this.before = now
    return sources.slice(0, MAX_SOURCES)
  }
}

/** What the other end says of a source that we send. */
function isReport(entry: Entry): boolean {
  return entry.text('type') === 'remote-inbound-rtp'
}

function sumsOf(entry: Entry, up: boolean): Sums {
  return {
    atMs: entry.number('timestamp') ?? 0,
    bytes: entry.number(up ? 'bytesSent' : 'bytesReceived') ?? 0,
    packets: entry.number(up ? 'packetsSent' : 'packetsReceived') ?? 0,
    lost: entry.number('packetsLost') ?? 0,
    freezes: entry.number('freezeCount') ?? 0,
  }
}

function upQuality(entry: Entry, last: Sums, sums: Sums, reports: readonly Entry[], pathMs: number | null): SourceQuality {
  const heard = reports.find((each) => each.text('localId') === entry.text('id'))
  // Of the microphone the bridge tells also what others lost behind it, so that Opus protects against that; what our own
  // line loses is what it tells of the camera.
  const camera = reports.find(({ kind }) => kind === 'video')
  const fraction = (camera ?? heard)?.number('fractionLost') ?? null
  return {
    direction: 'up',
    kind: entry.kind,
    bitrateKbps: kbps(last, sums),
    ...known('rttMs', pathMs ?? millis(heard?.number('roundTripTime'))),
    ...known('jitterMs', millis(heard?.number('jitter'))),
    ...known('lossPermille', fraction === null ? null : permille(fraction)),
    ...picture(entry, 0),
  }
}

function downQuality(entry: Entry, last: Sums, sums: Sums, pathMs: number | null): SourceQuality {
  const lost = Math.max(0, sums.lost - last.lost)
  const source = entry.text('trackIdentifier')
  return {
    direction: 'down',
    kind: entry.kind,
    ...(SOURCE_NAME.test(source) ? { source } : {}),
    bitrateKbps: kbps(last, sums),
    ...known('rttMs', pathMs),
    ...known('jitterMs', millis(entry.number('jitter'))),
    lossPermille: permille(lost / (lost + sums.packets - last.packets)),
    ...picture(entry, Math.min(1_000, Math.max(0, sums.freezes - last.freezes))),
  }
}

function picture(entry: Entry, freezes: number): Pick<SourceQuality, 'width' | 'height' | 'freezes'> {
  const [width, height] = [entry.number('frameWidth'), entry.number('frameHeight')]
  return width === null || height === null ? {} : { width, height, freezes }
}

function known<const K extends string>(name: K, value: number | null): { readonly [_ in K]?: number } | object {
  return value === null ? {} : { [name]: value }
}

function millis(seconds: number | null | undefined): number | null {
  return seconds === null || seconds === undefined ? null : Math.min(60_000, Math.max(0, Math.round(seconds * 1_000)))
}

function permille(fraction: number): number {
  return Math.min(1_000, Math.max(0, Math.round(fraction * 1_000)))
}

function kbps(last: Sums, sums: Sums): number {
  const elapsedMs = Math.max(1, sums.atMs - last.atMs)
  return Math.min(100_000, Math.max(0, Math.round(((sums.bytes - last.bytes) * 8) / elapsedMs)))
}
