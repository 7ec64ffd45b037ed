import { describe, expect, it } from 'vitest'

import { mountWith } from '../../../test/mount-with'
import { room } from '../../../test/room-samples'
import ClosedRoom from './ClosedRoom.vue'
import RecordingLight from './RecordingLight.vue'
import SilentSources from './SilentSources.vue'

const silent = [{ seatId: 'party-1', kind: 'audio' as const }]

describe('RecordingLight', () => {
  it('is on only while something comes of everything that is published', () => {
    const light = mountWith(RecordingLight, { props: { view: room({ recording: 'receiving' }) } })
    expect(light.get('[data-testid=recording-state]').attributes('data-state')).toBe('receiving')

    const partly = mountWith(RecordingLight, { props: { view: room({ recording: 'receiving', silent }) } })
    expect(partly.get('[data-testid=recording-state]').attributes('data-state')).toBe('partly')
  })

  it('is not on for who waits while the mediator talks to another alone', () => {
    const light = mountWith(RecordingLight, { props: { view: room({ phase: 'PAUSED', pausedReason: 'caucus', recording: 'receiving' }) } })
    expect(light.get('[data-testid=recording-state]').attributes('data-state')).toBe('resting')
    expect(light.text()).toContain('此刻不录')
  })

  it('is off before the room is known', () => {
    const light = mountWith(RecordingLight, { props: { view: null } })
    expect(light.get('[data-testid=recording-state]').attributes('data-state')).toBe('off')
  })
})

describe('SilentSources', () => {
  const view = room({ recording: 'receiving', silent })
  const name = view.seats.find(({ seatId }) => seatId === 'party-1')?.displayName ?? '?'

  it('names to the mediator who is not recorded', () => {
    const alarm = mountWith(SilentSources, { props: { view, selfId: 'mediator', named: true } })
    expect(alarm.get('[role=alert]').text()).toContain(name)
  })

  it('tells a party of himself, and of others without a name', () => {
    const own = mountWith(SilentSources, { props: { view, selfId: 'party-1' } })
    expect(own.text()).toContain('您的声音没有录到')
    const other = mountWith(SilentSources, { props: { view, selfId: 'party-2' } })
    expect(other.text()).not.toContain(name)
    expect(other.text()).not.toBe('')
  })

  it('says nothing while everybody is recorded, or nobody is', () => {
    for (const quiet of [room({ recording: 'receiving' }), room({ recording: 'failed', silent })]) {
      expect(mountWith(SilentSources, { props: { view: quiet, selfId: 'mediator', named: true } }).text()).toBe('')
    }
  })
})

describe('ClosedRoom', () => {
  it.each([
    ['sealing', '正在封存录像'],
    ['verified', '录像已封存并核验'],
    ['failed', '录制中断'],
  ] as const)('tells where the recording stands: %s', (recording, words) => {
    const closed = mountWith(ClosedRoom, { props: { view: room({ phase: 'CLOSED', recording }), live: true } })
    expect(closed.get('[data-testid=closed-recording]').text()).toBe(words)
  })
})
