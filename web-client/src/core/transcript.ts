import type { TranscriptEntry } from '@/protocol/transcript'

import { assertNever } from './assert-never'

export interface TranscriptVersion {
  readonly number: number
  readonly at: number
  /** Absent for a note about the session. */
  readonly speaker?: string
  readonly text: string
  /** Why it took the place of the one before; absent for the first. */
  readonly reason?: string
}

/** How the mediator answered an objection. */
export interface TranscriptAnswer {
  readonly kind: 'correction' | 'strike' | 'refusal'
  readonly number: number
  readonly at: number
  readonly reason: string
}

export interface TranscriptObjection {
  readonly number: number
  readonly at: number
  readonly by: string
  readonly text: string
  readonly answer?: TranscriptAnswer
}

/** One line with all that became of it. */
export interface TranscriptLine {
  /** Of its first version. */
  readonly number: number
  readonly key: string
  readonly spokenAt: number
  /** Oldest first; the last one counts. Never empty. */
  readonly versions: readonly TranscriptVersion[]
  readonly current: TranscriptVersion
  readonly strike?: { readonly at: number; readonly reason: string }
  readonly objections: readonly TranscriptObjection[]
}

/** The transcript as people read it. */
export interface Transcript {
  readonly lines: readonly TranscriptLine[]
  /** Number of the last entry that changed a line; 0 without any. Who confirms, confirms this. */
  readonly lastChange: number
  /** Up to which number each seat has read. */
  readonly readings: ReadonlyMap<string, number>
  readonly openObjections: number
}

/** Puts the entries into their lines. An entry about something that is not there changes nothing. */
export function readTranscript(entries: readonly TranscriptEntry[]): Transcript {
  const lines = new Map<number, TranscriptLine>()
  /** The first version of the line that a version or an objection belongs to. */
  const roots = new Map<number, number>()
  const readings = new Map<string, number>()
  let lastChange = 0

  function change(about: number, number: number, next: (line: TranscriptLine) => TranscriptLine): void {
    const root = roots.get(about)
    const line = root === undefined ? undefined : lines.get(root)
    if (root === undefined || line === undefined) return
    roots.set(number, root)
    lines.set(root, next(line))
  }

  for (const entry of entries) {
    switch (entry.kind) {
      case 'line': {
        const { number, key, spokenAt } = entry
        const current = version(entry)
        roots.set(number, number)
        lines.set(number, { number, key, spokenAt, versions: [current], current, objections: [] })
        lastChange = number
        break
      }
      case 'correction':
        change(entry.replaces, entry.number, (line) => {
          const current = { ...version(entry), reason: entry.reason }
          return answered({ ...line, versions: [...line.versions, current], current }, entry)
        })
        lastChange = entry.number
        break
      case 'strike':
        change(entry.replaces, entry.number, (line) =>
          answered({ ...line, strike: { at: entry.at, reason: entry.reason } }, entry),
        )
        lastChange = entry.number
        break
      case 'objection': {
        const { number, at, by, text } = entry
        change(entry.line, number, (line) => ({ ...line, objections: [...line.objections, { number, at, by, text }] }))
        break
      }
      case 'refusal':
        change(entry.objection, entry.number, (line) => answered(line, entry))
        break
      case 'reading':
        readings.set(entry.by, entry.upTo)
        break
      default:
        assertNever(entry)
    }
  }
  const all = [...lines.values()]
  const openObjections = all.flatMap(({ objections }) => objections).filter(({ answer }) => answer === undefined).length
  return { lines: all, lastChange, readings, openObjections }
}

function version({ number, at, speaker, text }: TranscriptVersion): TranscriptVersion {
  return { number, at, text, ...(speaker === undefined ? {} : { speaker }) }
}

type Answering = Extract<TranscriptEntry, { kind: TranscriptAnswer['kind'] }>

function answered(line: TranscriptLine, { kind, number, at, reason, objection }: Answering): TranscriptLine {
  if (objection === undefined) return line
  const answer = { kind, number, at, reason }
  return {
    ...line,
    objections: line.objections.map((each) => (each.number === objection ? { ...each, answer } : each)),
  }
}
