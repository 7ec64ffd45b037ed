import { describe, expect, it } from 'vitest'

import { testI18n } from '../../../test/mount-with'
import { eventSentence, kebab } from './event-words'

const { t } = testI18n()

describe('event words', () => {
  it.each(['PhaseChanged', 'phase_changed', 'phase.changed', 'phase-changed'])('%s is one word', (type) => {
    expect(kebab(type)).toBe('phase-changed')
  })

  it('names the phase change, and why', () => {
    const event = { atMs: 1, type: 'PhaseChanged', data: { from: 'JOINT', to: 'PAUSED', reason: 'break' } }
    expect(eventSentence(event, {}, t)).toEqual({ what: '阶段', who: '', detail: '协商 → 暂停 · 休息' })
  })

  it('knows a reason of two words', () => {
    const event = { atMs: 1, type: 'phase-changed', data: { from: 'JOINT', to: 'PAUSED', reason: 'off_record' } }
    expect(eventSentence(event, {}, t).detail).toContain('不录音录像')
  })

  it('shows the name of the seat, else its label', () => {
    const event = { atMs: 1, type: 'SeatJoined', seatId: 's1', label: 'party-1' }
    expect(eventSentence(event, { s1: '张秀英' }, t).who).toBe('张秀英')
    expect(eventSentence(event, {}, t).who).toBe('party-1')
  })

  it('shows a type it does not know as the ledger has it', () => {
    expect(eventSentence({ atMs: 1, type: 'comet-seen', data: 7 }, {}, t)).toEqual({ what: 'comet-seen', who: '', detail: '' })
  })
})
