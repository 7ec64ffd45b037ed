const START = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e]

/** SM3 (GB/T 32905-2016) of a whole content. */
export function sm3(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const size = parts.reduce((sum, part) => sum + part.length, 0)
  const padded = new Uint8Array(Math.ceil((size + 9) / 64) * 64)
  let at = 0
  for (const part of parts) {
    padded.set(part, at)
    at += part.length
  }
  padded[size] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor((size * 8) / 2 ** 32))
  view.setUint32(padded.length - 4, (size * 8) >>> 0)
  let state = Uint32Array.from(START)
  for (let block = 0; block < padded.length; block += 64) state = compress(state, view, block)
  const out = new DataView(new ArrayBuffer(32))
  state.forEach((word, i) => out.setUint32(4 * i, word))
  return new Uint8Array(out.buffer)
}

function compress(state: Uint32Array, view: DataView, at: number): Uint32Array<ArrayBuffer> {
  const w = new Uint32Array(68)
  for (let i = 0; i < 16; i++) w[i] = view.getUint32(at + 4 * i)
  for (let i = 16; i < 68; i++) {
    const x = word(w, i - 16) ^ word(w, i - 9) ^ left(word(w, i - 3), 15)
    w[i] = x ^ left(x, 15) ^ left(x, 23) ^ left(word(w, i - 13), 7) ^ word(w, i - 6)
  }
  let [a, b, c, d] = [word(state, 0), word(state, 1), word(state, 2), word(state, 3)]
  let [e, f, g, h] = [word(state, 4), word(state, 5), word(state, 6), word(state, 7)]
  for (let i = 0; i < 64; i++) {
    const t = left(i < 16 ? 0x79cc4519 : 0x7a879d8a, i % 32)
    const ss1 = left((left(a, 12) + e + t) >>> 0, 7)
    const ff = i < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c)
    const gg = i < 16 ? e ^ f ^ g : (e & f) | (~e & g)
    const tt1 = (ff + d + (ss1 ^ left(a, 12)) + (word(w, i) ^ word(w, i + 4))) >>> 0
    const tt2 = (gg + h + ss1 + word(w, i)) >>> 0
    d = c
    c = left(b, 9)
    b = a
    a = tt1
    h = g
    g = left(f, 19)
    f = e
    e = tt2 ^ left(tt2, 9) ^ left(tt2, 17)
  }
  return Uint32Array.from([a, b, c, d, e, f, g, h], (value, i) => value ^ word(state, i))
}

const word = (words: Uint32Array, at: number): number => words[at] ?? 0
const left = (value: number, by: number): number => ((value << by) | (by === 0 ? 0 : value >>> (32 - by))) >>> 0
