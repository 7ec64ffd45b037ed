// @vitest-environment node
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

import { hex, utf8 } from '@/verifier/bytes'
import { checkPackage } from '@/verifier/check-package'
import type { Report } from '@/verifier/report'
import { Sha256 } from '@/verifier/sha256'
import { sm3 } from '@/verifier/sm3'
import { readZip } from '@/verifier/zip'

/** The package that the server's verifier is held to as well, see SampleContractTest. */
const SAMPLE = new Uint8Array(readFileSync(fileURLToPath(new URL('../../api/evidence/sample.zip', import.meta.url))))
const MUTATIONS = 400

const check = (bytes: Uint8Array<ArrayBuffer>): Promise<Report> => checkPackage(new Blob([bytes]), () => undefined)

/** Numbers that are the same in every run (mulberry32). */
function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const MUTATE: readonly ((bytes: Uint8Array<ArrayBuffer>, random: (below: number) => number) => Uint8Array<ArrayBuffer>)[] = [
  function flip(bytes, random) {
    const changed = bytes.slice()
    const at = random(bytes.length)
    changed[at] = (changed[at] ?? 0) ^ (1 << random(8))
    return changed
  },
  function drop(bytes, random) {
    const from = random(bytes.length)
    const to = Math.min(bytes.length, from + 1 + random(64))
    return Uint8Array.from([...bytes.subarray(0, from), ...bytes.subarray(to)])
  },
  function add(bytes, random) {
    const at = random(bytes.length + 1)
    const more = Array.from({ length: 1 + random(64) }, () => random(256))
    return Uint8Array.from([...bytes.subarray(0, at), ...more, ...bytes.subarray(at)])
  },
  function swap(bytes, random) {
    const length = 1 + random(64)
    const first = random(bytes.length - 2 * length)
    const second = first + length + random(bytes.length - first - 2 * length)
    const changed = bytes.slice()
    changed.set(bytes.subarray(first, first + length), second)
    changed.set(bytes.subarray(second, second + length), first)
    return changed
  },
]

describe('the page that checks evidence', () => {
  it('finds nothing wrong with a package that nobody touched, and says what it proves', async () => {
    const report = await check(SAMPLE)

    expect(report.findings).toEqual([])
    expect(report.unchecked).toEqual([])
    expect(report.recordingId).toBe('rec-1')
    expect(report.bytes).toBeGreaterThan(0)
    const said = report.proven.map(({ en }) => en).join('\n')
    expect(said).toContain('3 chunks are unchanged')
    expect(said).toContain('signed by key')
    expect(said).toContain('at the latest')
    expect(said).toContain('entry 0 of the transparency log')
    expect(said).toContain('1 replays and exports after the close')
    expect(report.notProven.map(({ en }) => en)).toContain('that the time stamp authority is to be trusted: check its root certificate elsewhere')
  })

  it(
    'lets no change of the whole file pass',
    async () => {
      const random = seeded(20_261_121)
      for (let i = 0; i < MUTATIONS; i++) {
        const mutate = MUTATE[i % MUTATE.length] ?? ((bytes) => bytes)
        const changed = mutate(SAMPLE, random)
        if (hex(Sha256.of(changed)) === hex(Sha256.of(SAMPLE))) continue
        const report = await check(changed)
        expect(report.findings, `${mutate.name}, number ${i}`).not.toEqual([])
        expect(report.proven).toEqual([])
      }
    },
    120_000,
  )

  it('names the file that was changed', async () => {
    const { entries } = await readZip(new Blob([SAMPLE]))
    for (const entry of entries) {
      const changed = SAMPLE.slice()
      const at = entry.offset + 30 + utf8(entry.name).length + Math.floor(entry.size / 2)
      changed[at] = (changed[at] ?? 0) ^ 1
      const report = await check(changed)
      expect(report.findings.map(({ object }) => object)).toContain(entry.name)
    }
  })

  it('reads what is no package at all', async () => {
    expect((await check(Uint8Array.of(1, 2, 3))).findings).not.toEqual([])
    expect((await check(new Uint8Array())).findings).not.toEqual([])
  })

  it('hashes as the standards say', () => {
    expect(hex(Sha256.of(utf8('abc')))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(hex(new Sha256().add(utf8('a'.repeat(63))).add(utf8('a'.repeat(937))).end())).toBe(
      '41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3',
    )
    expect(hex(sm3(utf8('abc')))).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
  })
})
