import type { TranscriptLine } from '@/core/transcript'

export interface TextPiece {
  readonly text: string
  readonly found: boolean
}

/** Cuts a text where the words stand; upper and lower case are the same. */
export function piecesOf(text: string, find: string): readonly TextPiece[] {
  const wanted = find.trim().toLowerCase()
  const where = text.toLowerCase()
  // A letter whose lower case is longer would shift what is marked: then nothing is marked.
  if (wanted === '' || where.length !== text.length) return [{ text, found: false }]
  const pieces: TextPiece[] = []
  let from = 0
  for (let at = where.indexOf(wanted); at >= 0; at = where.indexOf(wanted, from)) {
    if (at > from) pieces.push({ text: text.slice(from, at), found: false })
    from = at + wanted.length
    pieces.push({ text: text.slice(at, from), found: true })
  }
  if (from < text.length) pieces.push({ text: text.slice(from), found: false })
  return pieces
}

/** Numbers of the lines in which the words stand, in any version or objection. */
export function linesWith(lines: readonly TranscriptLine[], find: string): readonly number[] {
  const wanted = find.trim().toLowerCase()
  if (wanted === '') return []
  return lines
    .filter(({ versions, objections }) => [...versions, ...objections].some(({ text }) => text.toLowerCase().includes(wanted)))
    .map(({ number }) => number)
}
