/** One element of DER (X.690): its tag, its content, and all its bytes. */
export interface Der {
  readonly tag: number
  readonly content: Uint8Array<ArrayBuffer>
  readonly whole: Uint8Array<ArrayBuffer>
}

export const SEQUENCE = 0x30
export const SET = 0x31
export const INTEGER = 0x02
export const BIT_STRING = 0x03
export const OCTET_STRING = 0x04
export const OID = 0x06
export const GENERALIZED_TIME = 0x18

/** The elements that stand one after the other; throws when bytes are left that are none. */
export function elements(bytes: Uint8Array<ArrayBuffer>): Der[] {
  const found: Der[] = []
  let at = 0
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0
    let length = bytes[at + 1] ?? 0
    let start = at + 2
    if (length >= 0x80) {
      const count = length - 0x80
      if (count === 0 || count > 4) throw new Error('a length of no known form')
      length = 0
      for (let i = 0; i < count; i++) length = length * 256 + (bytes[start + i] ?? 0)
      start += count
    }
    const end = start + length
    if (end > bytes.length) throw new Error('an element ends behind its parent')
    found.push({ tag, content: bytes.slice(start, end), whole: bytes.slice(at, end) })
    at = end
  }
  return found
}

/** The element at a place of a constructed one; throws when there is none. */
export function child(parent: Der, ...path: readonly number[]): Der {
  let current = parent
  for (const index of path) {
    const next = elements(current.content)[index]
    if (next === undefined) throw new Error('an element is missing')
    current = next
  }
  return current
}

export function only(bytes: Uint8Array<ArrayBuffer>): Der {
  const [first, ...rest] = elements(bytes)
  if (first === undefined || rest.length > 0) throw new Error('not one element')
  return first
}

/** An object identifier with dots. */
export function oid(der: Der): string {
  if (der.tag !== OID) throw new Error('not an object identifier')
  const [first = 0, ...rest] = der.content
  const parts = [Math.min(2, Math.floor(first / 40))]
  parts.push(first - 40 * (parts[0] ?? 0))
  let value = 0
  for (const byte of rest) {
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) {
      parts.push(value)
      value = 0
    }
  }
  return parts.join('.')
}
