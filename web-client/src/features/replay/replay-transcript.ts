import { type Transcript, readTranscript, type TranscriptLine } from '@/core/transcript'
import { DecodeError } from '@/protocol/decode'
import type { ReplayEvent } from '@/protocol/rest'
import { type TranscriptEntry, transcriptEntry } from '@/protocol/transcript'

const PREFIX = 'transcript-'

/** The transcript as the events of a session have it. An event of a newer server that cannot be read is left out. */
export function transcriptOf(events: readonly ReplayEvent[]): Transcript {
  return readTranscript(events.filter(({ type }) => type.startsWith(PREFIX)).flatMap(entryOf))
}

function entryOf({ type, at, seatId, data }: ReplayEvent): readonly TranscriptEntry[] {
  if (at === undefined || typeof data !== 'object' || data === null) return []
  try {
    const entered = { kind: type.slice(PREFIX.length), at: new Date(at).toISOString(), by: seatId }
    return [transcriptEntry({ ...data, ...entered }, '$')]
  } catch (failure) {
    if (!(failure instanceof DecodeError)) throw failure
    return []
  }
}

/** The line that was begun last before this moment; null before the first. */
export function lineAt(lines: readonly TranscriptLine[], atMs: number): TranscriptLine | null {
  return lines.reduce<TranscriptLine | null>(
    (last, line) => (line.spokenAt <= atMs && (last === null || line.spokenAt >= last.spokenAt) ? line : last),
    null,
  )
}
