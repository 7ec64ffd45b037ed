import { type Decoded, type Decoder, DecodeError, instant, integer, maybe, object, record, text } from './decode'

/** Characters of a text where the room says nothing else. */
export const DEFAULT_TEXT_LENGTH = 500

const entered = { number: integer, at: instant, by: text }

const kinds = {
  line: object({ ...entered, key: text, spokenAt: instant, speaker: maybe(text), text }),
  correction: object({ ...entered, replaces: integer, speaker: maybe(text), text, reason: text, objection: maybe(integer) }),
  strike: object({ ...entered, replaces: integer, reason: text, objection: maybe(integer) }),
  objection: object({ ...entered, line: integer, text }),
  refusal: object({ ...entered, objection: integer, reason: text }),
  reading: object({ ...entered, upTo: integer }),
} satisfies Record<string, Decoder<unknown>>

type Kinds = typeof kinds
export type TranscriptKind = keyof Kinds
/** One entry of the transcript; none is ever changed or taken away. Times are epoch milliseconds. */
export type TranscriptEntry = { [K in TranscriptKind]: { readonly kind: K } & Decoded<Kinds[K]> }[TranscriptKind]

function isKind(word: string): word is TranscriptKind {
  return Object.prototype.hasOwnProperty.call(kinds, word)
}

export const transcriptEntry: Decoder<TranscriptEntry> = (value, path) => {
  const source = record(value, path)
  const kind = text(source['kind'], `${path}.kind`)
  if (!isKind(kind)) throw new DecodeError(`${path}.kind`, Object.keys(kinds).join('|'), kind)
  const decoder: Decoder<object> = kinds[kind]
  return { kind, ...decoder(source, path) } as TranscriptEntry
}
