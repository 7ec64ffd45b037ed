import { nextTick } from 'vue'
import { afterEach, describe, expect, it } from 'vitest'

import { mountWith } from '../../../test/mount-with'
import { room } from '../../../test/room-samples'
import type { TranscriptEntry } from '@/protocol/transcript'

import TranscriptSheet from './TranscriptSheet.vue'

const AT = Date.parse('2026-11-21T08:00:00Z')
const LINE: TranscriptEntry = { kind: 'line', number: 1, at: AT, by: 'mediator', key: 'a', spokenAt: AT, speaker: 'party-1', text: '一万元。' }
const OBJECTION: TranscriptEntry = { kind: 'objection', number: 2, at: AT, by: 'party-1', line: 1, text: '两万元。' }
const READING: TranscriptEntry = { kind: 'reading', number: 2, at: AT, by: 'party-1', upTo: 1 }

function open(entries: readonly TranscriptEntry[], phase: 'JOINT' | 'READBACK' = 'READBACK') {
  return mountWith(TranscriptSheet, { props: { open: true, view: room({ phase, startedAt: AT }), entries, selfId: 'party-1' } })
}

/** The sheet is laid over the page, outside of its parent. */
function find<T extends HTMLElement>(id: string): T | null {
  return document.querySelector<T>(`[data-testid=${id}]`)
}

afterEach(() => {
  document.body.innerHTML = ''
})

describe('TranscriptSheet', () => {
  it('objects to a line with words', async () => {
    const sheet = open([LINE], 'JOINT')
    find('transcript-object')?.click()
    await nextTick()
    const input = find<HTMLInputElement>('transcript-object-text')
    if (input === null) throw new Error('nothing to write into')
    input.value = '是两万元。'
    input.dispatchEvent(new Event('input'))
    await nextTick()
    find('transcript-object-send')?.closest('form')?.dispatchEvent(new Event('submit'))

    expect(sheet.emitted('transcribe')).toEqual([[{ type: 'transcript-objection', line: 1, text: '是两万元。' }]])
    expect(find('transcript-confirm'), 'nothing is confirmed before the reading back').toBeNull()
  })

  it('confirms what stands there now', () => {
    const sheet = open([LINE])
    find('transcript-confirm')?.click()

    expect(sheet.emitted('transcribe')).toEqual([[{ type: 'transcript-reading', upTo: 1 }]])
  })

  it('shows that it was confirmed, and asks anew when something was changed', async () => {
    const sheet = open([LINE, READING])
    expect(find('transcript-confirmed')).not.toBeNull()

    const strike: TranscriptEntry = { kind: 'strike', number: 3, at: AT, by: 'mediator', replaces: 1, reason: '误记' }
    await sheet.setProps({ entries: [LINE, READING, strike] })
    expect(find('transcript-confirmed')).toBeNull()
    expect(find('transcript-confirm')).not.toBeNull()
  })

  it('waits with the confirmation for the answer to an objection', () => {
    open([LINE, OBJECTION])

    expect(find('transcript-confirm')).toBeNull()
  })
})
