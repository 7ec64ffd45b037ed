import { afterEach, describe, expect, it } from 'vitest'

import { mountWith } from '../../../test/mount-with'
import { room, seat } from '../../../test/room-samples'
import type { RoomSnapshot } from '@/core/room-session'
import type { RoomView } from '@/protocol/room-view'

import { hasEnded } from './has-ended'
import PartyStage from './PartyStage.vue'

const device = { track: null, muted: false, trouble: null }

function stage(view: RoomView, change: Partial<RoomSnapshot> = {}) {
  const snapshot: RoomSnapshot = {
    link: { phase: 'live' },
    media: 'connected',
    self: { seatId: 'party-2', role: 'PARTY', displayName: '王建国' },
    view,
    streams: new Map(),
    local: { audio: device, video: device, asking: false },
    notice: null,
    speaking: null,
    qualities: new Map(),
    recorded: [],
    transcript: [],
    ...change,
  }
  return mountWith(PartyStage, { props: { snapshot } })
}

const mediator = seat({ seatId: 'mediator', role: 'MEDIATOR', displayName: '李明远', endpointId: 'mediator-1' })
const first = seat({ endpointId: 'party-1-1' })
const second = seat({ seatId: 'party-2', displayName: '王建国', endpointId: 'party-2-1' })
const joint = room({ phase: 'JOINT', recording: 'receiving', seats: [mediator, first, second] })
const waiting = room({ phase: 'PAUSED', pausedFrom: 'JOINT', pausedReason: 'caucus', pausedSeat: 'party-1', recording: 'receiving', seats: [mediator, first, second] })
const caucus = room({ roomId: 'room-1-caucus-1', kind: 'caucus', phase: 'JOINT', recording: 'receiving', seats: [mediator, second] })

afterEach(() => {
  document.body.innerHTML = ''
})

describe('PartyStage', () => {
  it('says to who waits with whom the mediator talks, and that nothing goes out', () => {
    const guidance = stage(waiting).get('[data-testid=guidance]').text()

    expect(guidance).toContain('正在与张秀英单独谈话')
    expect(guidance).toContain('您的声音和画面此时不会传出')
  })

  it('leaves no picture standing of those who talk alone', () => {
    const streams = new Map(['mediator-1', 'party-1-1'].map((id) => [id, new MediaStream()]))

    expect(stage(joint, { streams }).findAll('[data-testid^=video-]')).toHaveLength(2)
    const page = stage(waiting, { streams, speaking: 'mediator' })
    expect(page.findAll('[data-testid^=video-]')).toHaveLength(0)
    expect(page.get('[data-testid=tile-mediator]').text()).toContain('正在单独谈话')
    expect(page.get('[data-testid=tile-mediator]').attributes('data-speaking')).toBe('false')
  })

  it('says in the caucus with whom it is and who cannot hear it', () => {
    const page = stage(caucus)

    expect(page.get('[data-testid=caucus-band]').text()).toContain('仅您与调解员李明远。其他各方听不到、看不到')
    expect(page.find('[data-testid=phase]').exists()).toBe(false)
  })

  it('does not call a recording that only starts interrupted', () => {
    const page = stage({ ...caucus, phase: 'PAUSED', pausedReason: 'recorder', recording: 'starting' })

    expect(page.get('[data-testid=guidance]').text()).toContain('请稍候再说')
    expect(page.text()).not.toContain('录制中断')
  })

  it('tells that others hear again when it is over', () => {
    expect(stage(joint, { notice: { kind: 'caucus-over' } }).get('[data-testid=notice]').text()).toContain('各方又能听到、看到您')
  })
})

describe('hasEnded', () => {
  it('is of the session, not of a caucus in it', () => {
    expect(hasEnded(room({ phase: 'CLOSED' }))).toBe(true)
    expect(hasEnded(room({ phase: 'CLOSED', kind: 'caucus' }))).toBe(false)
    expect(hasEnded(null)).toBe(false)
  })
})
