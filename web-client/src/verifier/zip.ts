import { same, text, utf8 } from './bytes'
import type { Finding } from './report'

/** One file in the package, as `ZipLayout` of the server lays it out: stored, not compressed. */
export interface ZipEntry {
  readonly name: string
  readonly crc: number
  readonly size: number
  readonly offset: number
  readonly content: Blob
}

export interface Container {
  readonly entries: readonly ZipEntry[]
  readonly findings: readonly Finding[]
}

const LOCAL = 0x04034b50
const LIMIT_32 = 0xffffffff
const LIMIT_16 = 0xffff
const MAX_NAME = 512
const EXTRA_64 = 20

/** Reads headers from the front; every byte that is no content has to be what follows from names and contents. */
export async function readZip(file: Blob): Promise<Container> {
  const entries: ZipEntry[] = []
  const findings: Finding[] = []
  let at = 0
  try {
    while (u32(await part(file, at, 4)) === LOCAL) {
      const entry = await readEntry(file, at, findings)
      entries.push(entry)
      at = entry.offset + localHeader(entry).length + entry.size
    }
  } catch (failure) {
    const last = entries[entries.length - 1]?.name ?? 'its start'
    findings.push({ object: 'package', kind: 'UNREADABLE', message: `unreadable after ${last}: ${String(failure)}` })
    return { entries, findings }
  }
  const expected = directory(entries, at)
  if (file.size - at !== expected.length || !same(await part(file, at, expected.length), expected)) {
    findings.push({
      object: 'package',
      kind: 'CONTRADICTION',
      message: `its directory is not that of the ${entries.length} entries that stand in it`,
    })
  }
  return { entries, findings }
}

async function readEntry(file: Blob, offset: number, findings: Finding[]): Promise<ZipEntry> {
  const fixed = new DataView((await part(file, offset, 30)).buffer)
  const nameBytes = fixed.getUint16(26, true)
  const extraBytes = fixed.getUint16(28, true)
  if (nameBytes === 0 || nameBytes > MAX_NAME || (extraBytes !== 0 && extraBytes !== EXTRA_64)) {
    throw new Error(`no header of an entry at ${offset}`)
  }
  const header = await part(file, offset, 30 + nameBytes + extraBytes)
  const view = new DataView(header.buffer)
  const name = text(header.subarray(30, 30 + nameBytes))
  const size = extraBytes === 0 ? view.getUint32(22, true) : Number(view.getBigUint64(34 + nameBytes, true))
  const start = offset + header.length
  if (size > file.size - start) throw new Error(`${name} would have ${size} bytes`)
  const entry = { name, crc: view.getUint32(14, true), size, offset, content: file.slice(start, start + size) }
  if (!same(localHeader(entry), header)) {
    findings.push({ object: name, kind: 'ALTERED', message: 'its header in the package is not as it is written' })
  }
  return entry
}

async function part(file: Blob, at: number, size: number): Promise<Uint8Array<ArrayBuffer>> {
  if (at + size > file.size) throw new Error('the file ends too early')
  return new Uint8Array(await file.slice(at, at + size).arrayBuffer())
}

const u32 = (bytes: Uint8Array<ArrayBuffer>): number => new DataView(bytes.buffer).getUint32(0, true)

/** Writes little-endian numbers one after the other. */
class Out {
  private readonly parts: number[] = []
  u16(...values: number[]): this {
    for (const value of values) this.parts.push(value & 0xff, (value >>> 8) & 0xff)
    return this
  }
  u32(...values: number[]): this {
    for (const value of values) this.u16(value & LIMIT_16, value >>> 16)
    return this
  }
  u64(...values: number[]): this {
    for (const value of values) this.u32(value % 2 ** 32, Math.floor(value / 2 ** 32))
    return this
  }
  raw(bytes: Uint8Array): this {
    for (const byte of bytes) this.parts.push(byte)
    return this
  }
  get length(): number {
    return this.parts.length
  }
  bytes(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.parts)
  }
}

type Facts = Pick<ZipEntry, 'name' | 'crc' | 'size' | 'offset'>

function common(out: Out, entry: Facts, name: Uint8Array, extra: number): void {
  const size = Math.min(entry.size, LIMIT_32)
  out.u16(0x0800, 0, 0, 0x21).u32(entry.crc, size, size).u16(name.length, extra)
}

function localHeader(entry: Facts): Uint8Array<ArrayBuffer> {
  const name = utf8(entry.name)
  const large = entry.size >= LIMIT_32
  const out = new Out().u32(LOCAL).u16(large ? 45 : 20)
  common(out, entry, name, large ? EXTRA_64 : 0)
  out.raw(name)
  if (large) out.u16(1, EXTRA_64 - 4).u64(entry.size, entry.size)
  return out.bytes()
}

function directory(entries: readonly Facts[], offset: number): Uint8Array<ArrayBuffer> {
  const out = new Out()
  for (const entry of entries) {
    const name = utf8(entry.name)
    const large = entry.size >= LIMIT_32
    const far = entry.offset >= LIMIT_32
    const extra = (large ? 16 : 0) + (far ? 8 : 0)
    const version = extra > 0 ? 45 : 20
    out.u32(0x02014b50).u16(version, version)
    common(out, entry, name, extra === 0 ? 0 : extra + 4)
    out.u16(0, 0, 0).u32(0, Math.min(entry.offset, LIMIT_32)).raw(name)
    if (extra > 0) out.u16(1, extra)
    if (large) out.u64(entry.size, entry.size)
    if (far) out.u64(entry.offset)
  }
  const size = out.length
  if (entries.length >= LIMIT_16 || offset >= LIMIT_32) {
    out.u32(0x06064b50).u64(44).u16(45, 45).u32(0, 0)
    out.u64(entries.length, entries.length, size, offset)
    out.u32(0x07064b50, 0).u64(offset + size).u32(1)
  }
  const count = Math.min(entries.length, LIMIT_16)
  out.u32(0x06054b50).u16(0, 0, count, count).u32(size, Math.min(offset, LIMIT_32)).u16(0)
  return out.bytes()
}
