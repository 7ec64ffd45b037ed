import { afterEach, describe, expect, it } from 'vitest'

import { mountWith } from '../../../test/mount-with'
import { room } from '../../../test/room-samples'
import { PHASES } from '@/protocol/room-view'
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
    const panel = mountWith(ScriptPanel, { props: { view: room(), disabled: false } })
    expect(panel.findAll('[data-testid^=advance]')).toHaveLength(1)

    await panel.get('[data-testid=advance-OPENING]').trigger('click')
    expect(panel.emitted('advance')).toEqual([['OPENING']])
  })

  it('pauses only with a reason from the list', async () => {
    const panel = mountWith(ScriptPanel, { props: { view: room({ phase: 'JOINT' }), disabled: false } })
    await panel.get('[data-testid=advance-PAUSED]').trigger('click')
    expect(panel.emitted('advance')).toBeUndefined()

    document.querySelector<HTMLButtonElement>('[data-testid=pause-objection]')?.click()
    expect(panel.emitted('advance')).toEqual([['PAUSED', 'objection']])
  })

  it('closes only after a second yes', async () => {
    const panel = mountWith(ScriptPanel, { props: { view: room({ phase: 'SIGNING' }), disabled: false } })
    await panel.get('[data-testid=advance-CLOSED]').trigger('click')
    expect(panel.emitted('advance')).toBeUndefined()

    document.querySelector<HTMLButtonElement>('[data-testid=close-confirm]')?.click()
    expect(panel.emitted('advance')).toEqual([['CLOSED']])
  })

  it('offers nothing while the line is down', () => {
    const panel = mountWith(ScriptPanel, { props: { view: room({ phase: 'JOINT' }), disabled: true } })

    for (const button of panel.findAll('[data-testid^=advance]')) expect(button.attributes()).toHaveProperty('disabled')
  })
})
