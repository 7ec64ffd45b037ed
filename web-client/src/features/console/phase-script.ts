import type { MessageKey } from '@/i18n'
import type { AdvanceTarget } from '@/protocol/client-messages'
import type { Phase, RoomView, SeatView } from '@/protocol/room-view'

const NEXT_STEPS: Readonly<Record<Phase, readonly AdvanceTarget[]>> = {
  LOBBY: ['OPENING'],
  OPENING: ['JOINT', 'PAUSED'],
  JOINT: ['READBACK', 'PAUSED'],
  PAUSED: [],
  READBACK: ['SIGNING', 'JOINT', 'PAUSED'],
  SIGNING: ['CLOSED', 'READBACK', 'PAUSED'],
  CLOSED: [],
  SEALED: [],
}

/** Where a mediator may go now: first the next lawful step, then ways back. The server decides. */
export function nextSteps({ phase, pausedFrom }: RoomView): readonly AdvanceTarget[] {
  if (phase !== 'PAUSED') return NEXT_STEPS[phase]
  return [pausedFrom === 'OPENING' || pausedFrom === 'READBACK' || pausedFrom === 'SIGNING' ? pausedFrom : 'JOINT']
}

/** What the button says that ends a pause. */
export function resumeWords({ pausedReason }: RoomView): MessageKey {
  if (pausedReason === 'off-record') return 'do.on-record'
  return pausedReason === 'party-away' ? 'do.without' : 'do.resume'
}

/** Whether the mediator may ask this party to a private talk now. The server decides. */
export function mayTalkAlone({ kind, phase, recording }: RoomView, { role, presence }: SeatView): boolean {
  return kind !== 'caucus' && phase === 'JOINT' && recording === 'receiving' && role === 'PARTY' && presence === 'seated'
}

/** A session that reaches no agreement ends from any of these. */
export const MAY_CLOSE: readonly Phase[] = ['OPENING', 'JOINT', 'PAUSED', 'READBACK']

/** The closed list of reasons for a pause; each is shown to all and goes on record. */
export const PAUSE_REASONS = ['break', 'tech', 'objection'] as const

/** Only joint talk may be off the record: opening, read-back and signing never. */
export const MAY_WITHHOLD: readonly Phase[] = ['JOINT']

/** What the law and practice know as unfit to be recorded; the mediator may say it in other words. */
export const OFF_RECORD_REASONS = ['privacy', 'trade-secret', 'minor'] as const
