import { hex } from './bytes'

const ROUND = constants(64, 1 / 3)
const BLOCK = 64
/** Below this the browser's own hash takes the whole content at once; above, it is hashed piece by piece. */
const WHOLE_LIMIT = 64 * 1024 * 1024
const PIECE = 4 * 1024 * 1024

/** SHA-256 (FIPS 180-4) piece by piece, which the browser's own does not offer. */
export class Sha256 {
  private readonly state = Uint32Array.from(constants(8, 1 / 2))
  private readonly rest = new Uint8Array(BLOCK)
  private readonly words = new Uint32Array(64)
  private held = 0
  private total = 0

  static of(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
    const hash = new Sha256()
    for (const part of parts) hash.add(part)
    return hash.end()
  }

  add(bytes: Uint8Array): this {
    this.total += bytes.length
    let at = 0
    if (this.held > 0) {
      at = Math.min(BLOCK - this.held, bytes.length)
      this.rest.set(bytes.subarray(0, at), this.held)
      this.held += at
      if (this.held < BLOCK) return this
      this.block(this.rest, 0)
      this.held = 0
    }
    for (; at + BLOCK <= bytes.length; at += BLOCK) this.block(bytes, at)
    this.rest.set(bytes.subarray(at))
    this.held = bytes.length - at
    return this
  }

  end(): Uint8Array<ArrayBuffer> {
    const bits = this.total * 8
    const padding = new Uint8Array(this.held < 56 ? BLOCK - this.held : 2 * BLOCK - this.held)
    padding[0] = 0x80
    const view = new DataView(padding.buffer)
    view.setUint32(padding.length - 8, Math.floor(bits / 2 ** 32))
    view.setUint32(padding.length - 4, bits >>> 0)
    this.add(padding)
    const out = new DataView(new ArrayBuffer(32))
    this.state.forEach((word, i) => out.setUint32(4 * i, word))
    return new Uint8Array(out.buffer)
  }

  private block(bytes: Uint8Array, at: number): void {
    const w = this.words
    for (let i = 0; i < 16; i++) {
      const p = at + 4 * i
      w[i] = (byte(bytes, p) << 24) | (byte(bytes, p + 1) << 16) | (byte(bytes, p + 2) << 8) | byte(bytes, p + 3)
    }
    for (let i = 16; i < 64; i++) {
      const a = word(w, i - 15)
      const b = word(w, i - 2)
      const s0 = right(a, 7) ^ right(a, 18) ^ (a >>> 3)
      const s1 = right(b, 17) ^ right(b, 19) ^ (b >>> 10)
      w[i] = word(w, i - 16) + s0 + word(w, i - 7) + s1
    }
    const s = this.state
    let [a, b, c, d] = [word(s, 0), word(s, 1), word(s, 2), word(s, 3)]
    let [e, f, g, h] = [word(s, 4), word(s, 5), word(s, 6), word(s, 7)]
    for (let i = 0; i < 64; i++) {
      const t1 = h + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + ((e & f) ^ (~e & g)) + word(ROUND, i) + word(w, i)
      const t2 = (right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))
      h = g
      g = f
      f = e
      e = (d + t1) | 0
      d = c
      c = b
      b = a
      a = (t1 + t2) | 0
    }
    ;[a, b, c, d, e, f, g, h].forEach((value, i) => (s[i] = word(s, i) + value))
  }
}

export interface Hashes {
  /** 64 hexadecimal digits. */
  readonly sha256: string
  /** CRC-32, as ZIP has it. */
  readonly crc: number
}

/** Hashes of a part of a file; `onBytes` hears how much was read. */
export async function hashBlob(blob: Blob, onBytes: (count: number) => void): Promise<Hashes> {
  const whole = blob.size <= WHOLE_LIMIT && crypto.subtle !== undefined
  const hash = new Sha256()
  let crc = 0
  let sha256 = ''
  const step = whole ? Math.max(blob.size, 1) : PIECE
  for (let at = 0; at < Math.max(blob.size, 1); at += step) {
    const piece = new Uint8Array(await blob.slice(at, at + step).arrayBuffer())
    crc = crc32(piece, crc)
    if (whole) sha256 = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', piece)))
    else hash.add(piece)
    onBytes(piece.length)
  }
  return { sha256: whole ? sha256 : hex(hash.end()), crc }
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

function crc32(bytes: Uint8Array, before: number): number {
  let crc = ~before
  for (let i = 0; i < bytes.length; i++) crc = word(CRC_TABLE, (crc ^ byte(bytes, i)) & 0xff) ^ (crc >>> 8)
  return ~crc >>> 0
}

const byte = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0
const word = (words: Uint32Array, at: number): number => words[at] ?? 0
const right = (value: number, by: number): number => (value >>> by) | (value << (32 - by))

/** First 32 bits of the fractional parts of roots of the first primes. */
function constants(count: number, power: number): Uint32Array {
  const primes: number[] = []
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n)
  return Uint32Array.from(primes, (prime) => {
    const root = prime ** power
    return Math.floor((root - Math.floor(root)) * 2 ** 32)
  })
}
