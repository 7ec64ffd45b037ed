import { describe, expect, it } from 'vitest'

import { hex, utf8 } from '@/verifier/bytes'
import { canonical } from '@/verifier/json'
import { NO_HASH, readLedger } from '@/verifier/ledger'
import { Sha256 } from '@/verifier/sha256'

import { IntegrityCheck, type IntegrityNews } from './integrity-check'

const CHUNKS = Array.from({ length: 30 }, (_, at) => utf8(`chunk ${at}`))

function ledgerOf(payloads: readonly (readonly [type: string, payload: object])[]): string {
  let previous = NO_HASH
  const lines = payloads.map(([type, payload], sequence) => {
    const line = canonical({ at: '2026-11-21T00:00:00Z', offsetMillis: 0, payload, previous, sequence, type })
    previous = hex(Sha256.of(utf8(line)))
    return `${line}\n`
  })
  return lines.join('')
}

const LEDGER = ledgerOf([
  ...CHUNKS.map(
    (chunk, at) => ['chunk-sealed', { number: at, fromMillis: at * 2_000, toMillis: at * 2_000 + 2_000, sha256: hex(Sha256.of(chunk)) }] as const,
  ),
  ['source-gap', { seatId: 'party-1', kind: 'video', fromMillis: 3_000, toMillis: 9_000, cause: 'mute', toldBy: 2 }],
])

function checked(change: { ledger?: string; chunk?: (at: number) => Response } = {}, rootHash = readLedger(utf8(LEDGER)).rootHash) {
  const news: IntegrityNews[] = []
  const get = (url: string): Promise<Response> => {
    if (url === '/ledger') return Promise.resolve(new Response(change.ledger ?? LEDGER))
    const at = Number(url.slice('/chunks/'.length))
    return Promise.resolve(change.chunk?.(at) ?? new Response(CHUNKS[at] ?? null))
  }
  const check = new IntegrityCheck({ ledgerUrl: '/ledger', chunksUrl: '/chunks', rootHash }, get, (each) => news.push(each))
  const verdicts = (): Record<number, boolean> =>
    Object.fromEntries(news.flatMap((each) => (each.news === 'chunk' ? [[each.number, each.good]] : [])))
  return { check, news, verdicts }
}

describe('the check of what is replayed', () => {
  it('tells causes first, then the ledger, then the chunks near the replay and no others', async () => {
    const { check, news, verdicts } = checked()

    await check.open()

    expect(news[0]).toEqual({ news: 'gaps', gaps: [{ seatId: 'party-1', kind: 'video', fromMs: 3_000, toMs: 9_000, cause: 'mute' }] })
    expect(news[1]).toMatchObject({ news: 'ledger', good: true })
    expect(Object.keys(verdicts())).toHaveLength(10)
    await check.look(30_000)
    expect(Object.keys(verdicts())).toHaveLength(20)
    expect(verdicts()[9]).toBe(true)
    expect(verdicts()[15]).toBe(true)
    expect(verdicts()[25]).toBeUndefined()
  })

  it('goes through everything when asked, and each once', async () => {
    const { check, news, verdicts } = checked()

    await check.open()
    await check.all()

    expect(Object.values(verdicts())).toEqual(CHUNKS.map(() => true))
    expect(news.filter((each) => each.news === 'chunk')).toHaveLength(CHUNKS.length)
  })

  it('rests while somebody seeks, and goes on where he looks', async () => {
    const { check, verdicts } = checked({
      chunk: (at) => {
        if (at === 3) check.rest()
        return new Response(CHUNKS[at])
      },
    })

    await check.open()

    expect(Object.keys(verdicts())).toEqual(['0', '1', '2', '3'])
    await check.look(40_000)
    expect(Object.keys(verdicts())).toHaveLength(4 + 10)
    expect(verdicts()[20]).toBe(true)
  })

  it('finds the chunk that was altered, and the one that is gone', async () => {
    const { check, verdicts } = checked({
      chunk: (at) => (at === 4 ? new Response(utf8('chunk 5')) : at === 7 ? new Response(null, { status: 404 }) : new Response(CHUNKS[at])),
    })

    await check.open()
    await check.all()

    expect(Object.entries(verdicts()).filter(([, good]) => !good).map(([at]) => at)).toEqual(['4', '7'])
  })

  it('believes no ledger with another root than everybody saw', async () => {
    const { check, news } = checked({}, '0'.repeat(64))

    await check.open()

    expect(news[1]).toMatchObject({ news: 'ledger', good: false })
    expect(news.some((each) => each.news === 'chunk')).toBe(false)
  })

  it('finds a ledger in which one character is another', async () => {
    const { check, news } = checked({ ledger: LEDGER.replace('"fromMillis":2000', '"fromMillis":2001') })

    await check.open()

    expect(news[1]).toMatchObject({ news: 'ledger', good: false })
  })

  it('says so when the server does not give the ledger', async () => {
    const news: IntegrityNews[] = []
    const check = new IntegrityCheck(
      { ledgerUrl: '/ledger', chunksUrl: '/chunks', rootHash: NO_HASH },
      () => Promise.reject(new Error('no network')),
      (each) => news.push(each),
    )

    await check.open()

    expect(news).toEqual([{ news: 'unable' }])
  })
})
