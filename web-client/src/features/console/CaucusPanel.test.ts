import { afterEach, describe, expect, it } from 'vitest'

import { mountWith } from '../../../test/mount-with'
import { room, seat } from '../../../test/room-samples'
import type { RoomView } from '@/protocol/room-view'

import CaucusPanel from './CaucusPanel.vue'
import SeatsPanel from './SeatsPanel.vue'

const caucus: RoomView = room({ roomId: 'room-1-caucus-1', kind: 'caucus', phase: 'JOINT', recording: 'receiving' })

function press(testId: string): void {
  document.querySelector<HTMLButtonElement>(`[data-testid=${testId}]`)?.click()
}

afterEach(() => {
  document.body.innerHTML = ''
})

describe('CaucusPanel', () => {
  it('leads back to the others only after a second yes', async () => {
    const panel = mountWith(CaucusPanel, { props: { view: caucus, disabled: false } })
    await panel.get('[data-testid=caucus-end]').trigger('click')
    expect(panel.emitted('endCaucus')).toBeUndefined()

    press('caucus-end-confirm')
    expect(panel.emitted('endCaucus')).toHaveLength(1)
  })

  it('pauses with a reason and goes on, and offers neither read-back nor the end of the session', async () => {
    const panel = mountWith(CaucusPanel, { props: { view: caucus, disabled: false } })
    expect(panel.findAll('[data-testid^=advance]').map((button) => button.attributes('data-testid'))).toEqual(['advance-PAUSED'])
    await panel.get('[data-testid=advance-PAUSED]').trigger('click')
    press('pause-break')
    expect(panel.emitted('advance')).toEqual([['PAUSED', 'break']])

    await panel.setProps({ view: { ...caucus, phase: 'PAUSED', pausedReason: 'break' } })
    await panel.get('[data-testid=advance-JOINT]').trigger('click')
    expect(panel.emitted('advance')?.at(-1)).toEqual(['JOINT'])
  })

  it('says to wait until its recording runs', () => {
    const view: RoomView = { ...caucus, phase: 'PAUSED', pausedReason: 'recorder', recording: 'starting' }
    const panel = mountWith(CaucusPanel, { props: { view, disabled: false } })

    expect(panel.get('[data-testid=caucus-note]').text()).toContain('请稍候再说')
    expect(panel.find('[data-testid=advance-JOINT]').exists()).toBe(false)
    expect(panel.find('[data-testid=caucus-end]').exists()).toBe(true)
  })
})

describe('SeatsPanel', () => {
  const joint = room({ phase: 'JOINT', recording: 'receiving' })
  const open = (view: RoomView, disabled = false) =>
    mountWith(SeatsPanel, { props: { view, selfId: 'mediator', qualities: new Map(), recorded: [], disabled } })
  const enabled = (view: RoomView, disabled = false) => open(view, disabled).get('[data-testid=caucus-open-party-1]').attributes('disabled') === undefined

  it('asks a party to a private talk once it is said what that means', async () => {
    const panel = open(joint)
    await panel.get('[data-testid=caucus-open-party-1]').trigger('click')
    expect(panel.emitted('openCaucus')).toBeUndefined()
    expect(document.body.textContent).toContain('其他各方暂停等候')

    press('caucus-open-confirm')
    expect(panel.emitted('openCaucus')).toEqual([['party-1']])
  })

  it('asks only in joint talk, while it is recorded, who is here', () => {
    expect(enabled(joint)).toBe(true)
    expect(enabled({ ...joint, phase: 'OPENING' })).toBe(false)
    expect(enabled({ ...joint, phase: 'PAUSED' })).toBe(false)
    expect(enabled({ ...joint, recording: 'starting' })).toBe(false)
    expect(enabled({ ...joint, seats: [seat({ presence: 'dropped' })] })).toBe(false)
    expect(enabled(joint, true)).toBe(false)
  })

  it('offers it neither with the mediator nor from within', () => {
    expect(open(joint).find('[data-testid=caucus-open-mediator]').exists()).toBe(false)
    expect(open(caucus).find('[data-testid=caucus-open-party-1]').exists()).toBe(false)
  })
})
