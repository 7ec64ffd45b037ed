/**
 * Runtime checks at the edge: a decoder turns `unknown` into a typed value or throws `DecodeError` with the path of
 * the offending part. Unknown properties are ignored, so that a newer server may add to a message.
 */
export class DecodeError extends Error {
  override readonly name = 'DecodeError'

  constructor(
    readonly path: string,
    expected: string,
    found: unknown,
  ) {
    super(`${path}: expected ${expected}, found ${describe(found)}`)
  }
}

export type Decoder<T> = (value: unknown, path: string) => T
export type Decoded<D> = D extends Decoder<infer T> ? T : never

function describe(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value
}

export const text: Decoder<string> = (value, path) => {
  if (typeof value !== 'string') throw new DecodeError(path, 'string', value)
  return value
}

export const truth: Decoder<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw new DecodeError(path, 'boolean', value)
  return value
}

export const number: Decoder<number> = (value, path) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new DecodeError(path, 'number', value)
  return value
}

export const integer: Decoder<number> = (value, path) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new DecodeError(path, 'integer', value)
  return value
}

/** Anything at all; the reader of the field decides. */
export const anything: Decoder<unknown> = (value) => value

/** An ISO 8601 instant, given as epoch milliseconds. */
export const instant: Decoder<number> = (value, path) => {
  const millis = typeof value === 'string' ? Date.parse(value) : Number.NaN
  if (Number.isNaN(millis)) throw new DecodeError(path, 'ISO 8601 instant', value)
  return millis
}

export function oneOf<const T extends readonly string[]>(...allowed: T): Decoder<T[number]> {
  return (value, path) => {
    if (typeof value !== 'string' || !allowed.includes(value)) throw new DecodeError(path, allowed.join('|'), value)
    return value as T[number]
  }
}

/** A closed word list that may grow on the server: what we do not know becomes `fallback`. */
export function oneOfOr<const T extends readonly string[], const F extends string>(
  fallback: F,
  ...known: T
): Decoder<T[number] | F> {
  return (value, path) => {
    const word = text(value, path)
    return known.includes(word) ? (word as T[number]) : fallback
  }
}

export function listOf<T>(item: Decoder<T>, maxItems = 10_000): Decoder<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value) || value.length > maxItems) throw new DecodeError(path, `array of ≤ ${maxItems}`, value)
    return value.map((each: unknown, index) => item(each, `${path}[${index}]`))
  }
}

/** One string or several, always given as a list. */
export const textOrTexts: Decoder<readonly string[]> = (value, path) =>
  typeof value === 'string' ? [value] : listOf(text, 16)(value, path)

/** Marks a field that may be absent or null; it is then left out of the result. */
export interface Optional<T> {
  readonly optional: Decoder<T>
}

export function maybe<T>(decoder: Decoder<T>): Optional<T> {
  return { optional: decoder }
}

type Fields = Record<string, Decoder<unknown> | Optional<unknown>>
type RequiredKeys<F extends Fields> = { [K in keyof F]: F[K] extends Decoder<unknown> ? K : never }[keyof F]
type OptionalKeys<F extends Fields> = Exclude<keyof F, RequiredKeys<F>>
type ValueOf<D> = D extends Decoder<infer T> ? T : D extends Optional<infer T> ? T : never
export type ObjectOf<F extends Fields> = {
  readonly [K in RequiredKeys<F>]: ValueOf<F[K]>
} & { readonly [K in OptionalKeys<F>]?: ValueOf<F[K]> }

export function record(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new DecodeError(path, 'object', value)
  return value as Record<string, unknown>
}

export function object<const F extends Fields>(fields: F): Decoder<ObjectOf<F>> {
  const entries = Object.entries(fields)
  return (value, path) => {
    const source = record(value, path)
    const result: Record<string, unknown> = {}
    for (const [key, decoder] of entries) {
      const raw = source[key]
      if (typeof decoder === 'function') {
        result[key] = decoder(raw, `${path}.${key}`)
      } else if (raw !== undefined && raw !== null) {
        result[key] = decoder.optional(raw, `${path}.${key}`)
      }
    }
    return result as ObjectOf<F>
  }
}

/** Decodes a whole JSON text; a syntax error is a `DecodeError` too. */
export function fromJson<T>(decoder: Decoder<T>, json: string): T {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    throw new DecodeError('$', 'JSON', json)
  }
  return decoder(value, '$')
}
