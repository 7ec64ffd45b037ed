const ENCODER = new TextEncoder()

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => ENCODER.encode(text)

/** Bytes that are not UTF-8 become U+FFFD, so that what they spell is never what was written. */
export const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

export const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

export const unhex = (digits: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: digits.length / 2 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16))

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** Base 64 in its one spelling; null for anything else. */
export function unbase64(coded: string): Uint8Array<ArrayBuffer> | null {
  try {
    const bytes = Uint8Array.from(atob(coded), (char) => char.charCodeAt(0))
    return base64(bytes) === coded ? bytes : null
  } catch {
    return null
  }
}

export const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
