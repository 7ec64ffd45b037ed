import { describe, expect, it } from 'vitest'

import type { TranscriptEntry } from '@/protocol/transcript'

import { readTranscript } from './transcript'
import { TranscriptLog } from './transcript-log'

const ENTERED = { at: 1_000, by: 'mediator' }
const ENTRIES: readonly TranscriptEntry[] = [
  { kind: 'line', number: 1, ...ENTERED, key: 'a', spokenAt: 500, speaker: 'party-1', text: '一万元。' },
  { kind: 'objection', number: 2, at: 1_100, by: 'party-1', line: 1, text: '两万元。' },
  { kind: 'line', number: 3, ...ENTERED, key: 'b', spokenAt: 900, text: '休息。' },
  { kind: 'correction', number: 4, ...ENTERED, replaces: 1, speaker: 'party-1', text: '两万元。', reason: '笔误', objection: 2 },
  { kind: 'strike', number: 5, ...ENTERED, replaces: 3, reason: '误记' },
  { kind: 'objection', number: 6, at: 1_200, by: 'party-2', line: 4, text: '没有利息。' },
  { kind: 'refusal', number: 7, ...ENTERED, objection: 6, reason: '经回放无误' },
  { kind: 'objection', number: 8, at: 1_300, by: 'party-2', line: 1, text: '还是不对。' },
  { kind: 'reading', number: 9, at: 1_400, by: 'party-1', upTo: 5 },
]

describe('readTranscript', () => {
  const { lines, lastChange, readings, openObjections } = readTranscript(ENTRIES)

  it('keeps every version of a line, the newest counts', () => {
    expect(lines.map(({ number }) => number)).toEqual([1, 3])
    expect(lines[0]?.versions.map(({ text }) => text)).toEqual(['一万元。', '两万元。'])
    expect(lines[0]?.current).toMatchObject({ number: 4, speaker: 'party-1', reason: '笔误' })
  })

  it('keeps what was struck out', () => {
    expect(lines[1]).toMatchObject({ current: { text: '休息。' }, strike: { reason: '误记' } })
  })

  it('puts each objection with its answer to its line', () => {
    expect(lines[0]?.objections.map(({ text, answer }) => [text, answer?.kind])).toEqual([
      ['两万元。', 'correction'],
      ['没有利息。', 'refusal'],
      ['还是不对。', undefined],
    ])
    expect(openObjections).toBe(1)
  })

  it('knows who has read how far', () => {
    expect(lastChange).toBe(5)
    expect(readings).toEqual(new Map([['party-1', 5]]))
  })

  it('is not confused by what is about nothing', () => {
    const stray: TranscriptEntry = { kind: 'objection', number: 1, at: 0, by: 'party-1', line: 7, text: '？' }
    expect(readTranscript([stray]).lines).toEqual([])
  })
})

describe('TranscriptLog', () => {
  function log(): { log: TranscriptLog; asked: number[] } {
    const asked: number[] = []
    return { log: new TranscriptLog((after) => asked.push(after)), asked }
  }

  it('grows by what is told and asks for nothing', () => {
    const { log: mine, asked } = log()
    mine.handleWelcome(0)
    ENTRIES.forEach((entry, index) => mine.handleEntries([entry], index + 1))
    mine.handleEntries(ENTRIES.slice(0, 2), 9)

    expect(mine.entries).toEqual(ENTRIES)
    expect(asked).toEqual([])
  })

  it('asks page by page for what a late page lacks', () => {
    const { log: mine, asked } = log()
    mine.handleWelcome(9)
    mine.handleSize(9)
    mine.handleEntries(ENTRIES.slice(0, 4), 9)
    mine.handleEntries(ENTRIES.slice(4), 9)

    expect(mine.entries).toEqual(ENTRIES)
    expect(asked).toEqual([0, 4])
  })

  it('asks for a hole, and again when it asked too much', () => {
    const { log: mine, asked } = log()
    mine.handleWelcome(0)
    mine.handleEntries(ENTRIES.slice(3, 4), 4)
    mine.askAgain()

    expect(mine.entries).toEqual([])
    expect(asked).toEqual([0, 0])
  })

  it('forgets what the server lost in a restart', () => {
    const { log: mine, asked } = log()
    mine.handleWelcome(0)
    mine.handleEntries(ENTRIES.slice(0, 5), 5)

    mine.handleWelcome(4)
    mine.handleEntries(ENTRIES.slice(3, 4), 4)

    expect(mine.entries).toEqual(ENTRIES.slice(0, 4))
    expect(asked).toEqual([3])
  })

  it('takes what stands now in the place of what was lost', () => {
    const { log: mine } = log()
    mine.handleWelcome(0)
    mine.handleEntries(ENTRIES.slice(0, 5), 5)
    const other: TranscriptEntry = { kind: 'strike', number: 5, ...ENTERED, replaces: 3, reason: '另一个理由' }

    mine.handleWelcome(5)
    mine.handleEntries([other], 5)

    expect(mine.entries).toEqual([...ENTRIES.slice(0, 4), other])
  })
})
