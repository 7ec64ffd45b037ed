import { type Decoded, instant, integer, listOf, maybe, object, oneOfOr, text, truth } from './decode'

const act = object({ displayName: text, at: instant, reason: text })
const hold = object({ holdId: text, placed: act, lifted: maybe(act) })
export type Hold = Decoded<typeof hold>

const signatory = object({ displayName: text, role: text, at: instant })
const disposal = object({
  state: oneOfOr('DECLINED', 'REQUESTED', 'DECLINED', 'APPROVED', 'DONE'),
  reason: text,
  requested: signatory,
  decided: maybe(signatory),
  doneAt: maybe(instant),
  waitsForStore: truth,
  stoppedByHold: truth,
  mayApprove: truth,
  mayDecline: truth,
  own: truth,
})
export type Disposal = Decoded<typeof disposal>

const keptSession = object({
  sessionId: text,
  state: text,
  retainUntil: maybe(instant),
  mayRequest: truth,
  disposal: maybe(disposal),
})
export type KeptSession = Decoded<typeof keptSession>

/** How long the evidence of a case is kept, what holds it, and what ends it. */
export const custody = object({
  period: text,
  mayAct: truth,
  holds: listOf(hold, 1_000),
  sessions: listOf(keptSession, 1_000),
})
export type Custody = Decoded<typeof custody>

/** How this server keeps evidence, for its operator. */
export const custodyFigures = object({
  place: text,
  period: text,
  objectLock: oneOfOr('unknown', 'compliance', 'none', 'unused', 'denied', 'unknown'),
  holds: integer,
  disposalsRequested: integer,
  disposalsUnderWay: integer,
  disposalsFailing: integer,
})
export type CustodyFigures = Decoded<typeof custodyFigures>

/** Whether something happens to it without anybody on this page. */
export function isUnderWay({ disposal }: KeptSession): boolean {
  return disposal?.state === 'APPROVED'
}
