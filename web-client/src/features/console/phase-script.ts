import type { AdvanceTarget } from '@/protocol/client-messages'
import type { Phase } from '@/protocol/room-view'

/** Where a mediator may go from each phase: first the next lawful step, then ways back. The server decides. */
export const NEXT_STEPS: Readonly<Record<Phase, readonly AdvanceTarget[]>> = {
  LOBBY: ['OPENING'],
  OPENING: ['JOINT'],
  JOINT: ['READBACK', 'PAUSED'],
  PAUSED: ['JOINT'],
  READBACK: ['SIGNING', 'JOINT'],
  SIGNING: ['CLOSED', 'READBACK'],
  CLOSED: [],
  SEALED: [],
}

/** A session that reaches no agreement ends from any of these. */
export const MAY_CLOSE: readonly Phase[] = ['OPENING', 'JOINT', 'PAUSED', 'READBACK']

/** The closed list of reasons for a pause; each is shown to all and goes on record. */
export const PAUSE_REASONS = ['break', 'tech', 'objection', 'other'] as const
export type PauseReason = (typeof PAUSE_REASONS)[number]
