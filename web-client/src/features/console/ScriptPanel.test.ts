import { afterEach, describe, expect, it } from 'vitest'

import { mountWith } from '../../../test/mount-with'
import { room } from '../../../test/room-samples'
import { PHASES } from '@/protocol/room-view'
import type { TranscriptEntry } from '@/protocol/transcript'
import { nextSteps } from './phase-script'
import ScriptPanel from './ScriptPanel.vue'

afterEach(() => {
  document.body.innerHTML = ''
})

describe('nextSteps', () => {
  it.each(PHASES)('never offers %s itself again', (phase) => {
    expect(nextSteps(room({ phase }))).not.toContain(phase)
  })

  it('returns from a pause to where it began', () => {
    expect(nextSteps(room({ phase: 'PAUSED', pausedFrom: 'SIGNING' }))).toEqual(['SIGNING'])
    expect(nextSteps(room({ phase: 'PAUSED' }))).toEqual(['JOINT'])
  })
})

describe('ScriptPanel', () => {
  it('begins with one button', async () => {
    const panel = mountWith(ScriptPanel, { props: { view: room(), entries: [], disabled: false } })
    expect(panel.findAll('[data-testid^=advance]')).toHaveLength(1)

    await panel.get('[data-testid=advance-OPENING]').trigger('click')
    expect(panel.emitted('advance')).toEqual([['OPENING']])
  })

  it('pauses only with a reason from the list', async () => {
    const panel = mountWith(ScriptPanel, { props: { view: room({ phase: 'JOINT' }), entries: [], disabled: false } })
    await panel.get('[data-testid=advance-PAUSED]').trigger('click')
    expect(panel.emitted('advance')).toBeUndefined()

    document.querySelector<HTMLButtonElement>('[data-testid=pause-objection]')?.click()
    expect(panel.emitted('advance')).toEqual([['PAUSED', 'objection']])
  })

  it('closes only after a second yes', async () => {
    const panel = mountWith(ScriptPanel, { props: { view: room({ phase: 'SIGNING' }), entries: [], disabled: false } })
    await panel.get('[data-testid=advance-CLOSED]').trigger('click')
    expect(panel.emitted('advance')).toBeUndefined()

    document.querySelector<HTMLButtonElement>('[data-testid=close-confirm]')?.click()
    expect(panel.emitted('advance')).toEqual([['CLOSED']])
  })

  it('says before the end what of the transcript is still open', async () => {
    const at = 1_000
    const line: TranscriptEntry = { kind: 'line', number: 1, at, by: 'mediator', key: 'a', spokenAt: at, text: '一万元。' }
    const objection: TranscriptEntry = { kind: 'objection', number: 2, at, by: 'party-1', line: 1, text: '两万元。' }
    const reading: TranscriptEntry = { kind: 'reading', number: 3, at, by: 'party-1', upTo: 1 }
    const panel = mountWith(ScriptPanel, { props: { view: room({ phase: 'SIGNING' }), entries: [line, objection], disabled: false } })
    await panel.get('[data-testid=advance-CLOSED]').trigger('click')
    const ends = (): string => document.querySelector('[data-testid=close-open-ends]')?.textContent ?? ''
    expect(ends()).toContain('1 条异议待答复')
    expect(ends()).toContain('张秀英还没有确认笔录')

    await panel.setProps({ entries: [line, objection, reading] })
    expect(ends()).not.toContain('张秀英')
  })

  it('offers nothing while the line is down', () => {
    const panel = mountWith(ScriptPanel, { props: { view: room({ phase: 'JOINT' }), entries: [], disabled: true } })

    for (const button of panel.findAll('[data-testid^=advance]')) expect(button.attributes()).toHaveProperty('disabled')
  })

  it('goes off the record only in joint talk, with a reason, and back with one button', async () => {
    const opening = mountWith(ScriptPanel, { props: { view: room({ phase: 'OPENING' }), disabled: false } })
    expect(opening.find('[data-testid=off-record]').exists()).toBe(false)

    const panel = mountWith(ScriptPanel, { props: { view: room({ phase: 'JOINT' }), disabled: false } })
    await panel.get('[data-testid=off-record]').trigger('click')
    const confirm = document.querySelector<HTMLButtonElement>('[data-testid=off-record-confirm]')
    expect(confirm?.disabled).toBe(true)
    document.querySelector<HTMLButtonElement>('[data-testid=why-trade-secret]')?.click()
    await panel.vm.$nextTick()
    confirm?.click()
    expect(panel.emitted('offRecord')).toEqual([['涉及商业秘密']])

    const off = room({ phase: 'PAUSED', pausedFrom: 'JOINT', pausedReason: 'off-record', pausedNote: '涉及商业秘密', recording: 'off-record' })
    const back = mountWith(ScriptPanel, { props: { view: off, disabled: false } })
    expect(back.get('[data-testid=off-record-note]').text()).toContain('涉及商业秘密')
    expect(back.get('[data-testid=advance-JOINT]').text()).toBe('恢复录音录像，继续调解')
  })

  it('says who is waited for, and may go on without', () => {
    const view = room({ phase: 'PAUSED', pausedFrom: 'JOINT', pausedReason: 'party-away' })
    const seats = view.seats.map((seat) => (seat.role === 'PARTY' ? { ...seat, presence: 'dropped' as const } : seat))
    const panel = mountWith(ScriptPanel, { props: { view: { ...view, seats }, disabled: false } })
    const name = seats.find(({ role }) => role === 'PARTY')?.displayName ?? '?'

    expect(panel.get('[data-testid=away-note]').text()).toContain(name)
    expect(panel.get('[data-testid=advance-JOINT]').text()).toBe('不等了，继续调解')
  })
})
