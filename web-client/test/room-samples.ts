import type { RoomView, SeatView } from '@/protocol/room-view'

export function seat(change: Partial<SeatView> = {}): SeatView {
  return {
    seatId: 'party-1',
    role: 'PARTY',
    displayName: '张秀英',
    presence: 'seated',
    audioMuted: false,
    videoMuted: false,
    consented: true,
    ...change,
  }
}

export function room(change: Partial<RoomView> = {}): RoomView {
  return {
    roomId: 'room-1',
    caseLabel: '(2026) 合意调字第 0001 号',
    phase: 'LOBBY',
    recording: 'off',
    seats: [seat(), seat({ seatId: 'mediator', role: 'MEDIATOR', displayName: '李明远' })],
    ...change,
  }
}

export function welcome(view: RoomView = room()) {
  return {
    type: 'welcome',
    self: { seatId: 'party-1', role: 'PARTY', displayName: '张秀英' },
    state: view,
    serverTime: '2026-11-21T08:00:00Z',
  }
}
