import { afterEach, describe, expect, it } from 'vitest'

import { mountWith } from '../../../test/mount-with'
import { readTranscript } from '@/core/transcript'
import type { TranscriptEntry } from '@/protocol/transcript'

import ReplayTranscript from './ReplayTranscript.vue'

const ZERO = Date.parse('2026-11-21T08:00:00Z')
const line = (number: number, second: number, text: string): TranscriptEntry => ({
  kind: 'line',
  number,
  at: ZERO + second * 1_000,
  by: 'mediator',
  key: `k-${number}`,
  spokenAt: ZERO + second * 1_000,
  speaker: 'party-1',
  text,
})
const transcript = readTranscript([
  line(1, 10, '欠款一万元。'),
  line(2, 30, '好的。'),
  line(3, 50, '利息另算。'),
  { kind: 'objection', number: 4, at: ZERO, by: 'party-1', line: 3, text: '欠款没有利息。' },
])

function open(positionMs = 31_000) {
  return mountWith(ReplayTranscript, { props: { transcript, names: { 'party-1': '张秀英' }, zeroMs: ZERO, positionMs } })
}

afterEach(() => {
  document.body.innerHTML = ''
})

describe('ReplayTranscript', () => {
  it('marks the line that is spoken now', async () => {
    const panel = open()
    expect(panel.get('[aria-current=true]').attributes('data-number')).toBe('2')

    await panel.setProps({ positionMs: 60_000 })
    expect(panel.get('[aria-current=true]').attributes('data-number')).toBe('3')
  })

  it('goes to the moment of a line', async () => {
    const panel = open()
    await panel.get('[data-number="3"] button').trigger('click')

    expect(panel.emitted('seek')).toEqual([[50_000]])
  })

  it('finds words in lines and objections, onwards and back', async () => {
    const panel = open()
    await panel.get('[data-testid=transcript-find]').setValue('欠款')
    expect(panel.findAll('mark')).toHaveLength(2)

    await panel.get('form').trigger('submit')
    await panel.get('form').trigger('submit')
    expect(panel.get('[data-testid=transcript-found]').text()).toBe('2/2')
    await panel.get('[data-testid=transcript-find-previous]').trigger('click')

    expect(panel.emitted('seek')).toEqual([[10_000], [50_000], [10_000]])
  })

  it('says so when nothing is found', async () => {
    const panel = open()
    await panel.get('[data-testid=transcript-find]').setValue('不存在')

    expect(panel.get('[data-testid=transcript-found]').text()).toBe('0/0')
    expect(panel.get('[data-testid=transcript-find-next]').attributes()).toHaveProperty('disabled')
  })
})
