import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { mountWith } from '../../../test/mount-with'
import { room } from '../../../test/room-samples'
import type { TranscriptEntry } from '@/protocol/transcript'

import TranscriptDesk from './TranscriptDesk.vue'

const AT = Date.parse('2026-11-21T08:00:00Z')
const LINE: TranscriptEntry = { kind: 'line', number: 1, at: AT, by: 'mediator', key: 'a', spokenAt: AT, speaker: 'party-1', text: '一万元。' }
const OBJECTION: TranscriptEntry = { kind: 'objection', number: 2, at: AT, by: 'party-1', line: 1, text: '两万元。' }

describe('TranscriptDesk', () => {
  const send = vi.fn<(message: object) => boolean>()
  let desk: VueWrapper

  function open(entries: readonly TranscriptEntry[] = [], live = true): VueWrapper {
    const view = room({ phase: 'READBACK', startedAt: AT - 65_000, ...(entries.length > 0 ? { transcriptSize: entries.length } : {}) })
    desk = mountWith(TranscriptDesk, { props: { view, entries, live, send } })
    return desk
  }

  beforeEach(() => {
    send.mockReset().mockReturnValue(true)
    window.sessionStorage.clear()
  })

  afterEach(() => {
    desk.unmount()
    document.body.innerHTML = ''
  })

  it('enters a line with Enter, its speaker chosen by Alt and a digit', async () => {
    open()
    const input = desk.get('[data-testid=transcript-input]')
    await input.trigger('keydown', { altKey: true, code: 'Digit1' })
    await input.setValue('被申请人承认\n欠款。')
    await desk.get('form').trigger('submit')

    expect(send).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ type: 'transcript-line', speaker: 'party-1', text: expect.stringMatching(/^被申请人承认 ?欠款。$/), begunMsAgo: 0 }),
    )
    expect(input.element).toHaveProperty('value', '')
    expect(desk.findAll('[data-testid=transcript-pending]')).toHaveLength(1)
  })

  it('keeps an unfinished line over a refresh', async () => {
    open()
    await desk.get('[data-testid=transcript-input]').setValue('还没写完')
    desk.unmount()

    expect(open().get('[data-testid=transcript-input]').element).toHaveProperty('value', '还没写完')
  })

  it('takes the pen away while the talk is off the record', async () => {
    open([LINE])
    await desk.setProps({ view: room({ phase: 'PAUSED', pausedReason: 'off-record', startedAt: AT - 65_000, transcriptSize: 1 }) })

    expect(desk.find('[data-testid=transcript-input]').exists()).toBe(false)
    expect(desk.get('[data-testid=transcript-off-record]').text()).toContain('不记笔录')
    expect(desk.text()).toContain('一万元。')
  })

  it('says again after an outage what did not arrive, and nothing that did', async () => {
    open([], false)
    for (const words of ['第一行', '第二行']) {
      await desk.get('[data-testid=transcript-input]').setValue(words)
      await desk.get('form').trigger('submit')
    }
    const keys = send.mock.calls.map(([message]) => ('key' in message ? String(message.key) : ''))
    send.mockClear()

    const arrived: TranscriptEntry = { ...LINE, kind: 'line', key: keys[0] ?? '' }
    await desk.setProps({ live: true, entries: [arrived], view: room({ phase: 'JOINT', startedAt: AT, transcriptSize: 1 }) })

    expect(send.mock.calls.map(([message]) => ('key' in message ? message.key : ''))).toEqual([keys[1]])
    expect(desk.findAll('[data-testid=transcript-pending]')).toHaveLength(1)
  })

  it('corrects a line only with a reason, and answers the objection by it', async () => {
    open([LINE, OBJECTION])
    expect(desk.get('[data-testid=transcript-open]').text()).toContain('1')
    await desk.get('[data-testid=transcript-correct]').trigger('click')
    await desk.get('[data-testid=transcript-new-text]').setValue('两万元。')
    expect(desk.get('[data-testid=transcript-change-send]').attributes()).toHaveProperty('disabled')

    await desk.get('[data-testid=transcript-reason]').setValue('与录音核对后更正')
    await desk.get('[data-testid=transcript-change]').trigger('submit')

    expect(send).toHaveBeenCalledExactlyOnceWith({
      type: 'transcript-correction',
      replaces: 1,
      speaker: 'party-1',
      text: '两万元。',
      reason: '与录音核对后更正',
      objection: 2,
    })
    expect(desk.find('[data-testid=transcript-change]').exists()).toBe(false)
  })

  it('keeps the form when the line is down', async () => {
    send.mockReturnValue(false)
    open([LINE])
    await desk.get('[data-testid=transcript-strike]').trigger('click')
    await desk.get('[data-testid=transcript-reason]').setValue('误记')
    await desk.get('[data-testid=transcript-change]').trigger('submit')

    expect(desk.get('[data-testid=transcript-reason]').element).toHaveProperty('value', '误记')
  })

  it('shows the time on the clock of the session, the former words, and who has read it', async () => {
    const correction: TranscriptEntry = { kind: 'correction', number: 2, at: AT, by: 'mediator', replaces: 1, text: '两万元。', reason: '笔误' }
    open([LINE, correction])
    const line = desk.get('[data-testid=transcript-line]')
    expect(line.text()).toContain('1:05')
    expect(line.get('del').text()).toContain('一万元。')
    expect(desk.get('[data-testid=transcript-read-party-1]').attributes('data-read')).toBe('false')

    await desk.setProps({ entries: [LINE, correction, { kind: 'reading', number: 3, at: AT, by: 'party-1', upTo: 2 }] })
    expect(desk.get('[data-testid=transcript-read-party-1]').attributes('data-read')).toBe('true')
  })
})
