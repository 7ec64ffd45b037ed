import { type Decoded, instant, integer, listOf, maybe, number, object, oneOf, oneOfOr, text, truth } from './decode'

const act = object({ displayName: text, role: text, at: instant })

const track = object({
  fileName: text,
  trackId: text,
  seatId: text,
  kind: oneOf('audio', 'video'),
  contentType: text,
  offsetMs: number,
  durationMs: number,
})

const recording = object({
  recordingId: text,
  startedAt: instant,
  durationMs: number,
  tracks: listOf(track, 256),
  /** Everything that was done about it, oldest first. */
  accesses: listOf(object({ at: instant, type: text, displayName: maybe(text), orderId: maybe(text) }), 10_000),
})
export type SealedRecording = Decoded<typeof recording>

const order = object({
  orderId: text,
  state: oneOfOr('DECLINED', 'REQUESTED', 'DECLINED', 'APPROVED', 'REVOKED'),
  reason: text,
  hours: integer,
  requested: act,
  decided: maybe(act),
  revoked: maybe(act),
  until: maybe(instant),
  /** It opens for this person now. */
  opens: maybe(truth),
  own: truth,
  mayApprove: truth,
  mayDecline: truth,
  mayRevoke: truth,
})
export type UnsealingOrder = Decoded<typeof order>

/** What a session's caucuses left, and the orders to open it. */
export const unsealings = object({ recordings: listOf(recording, 100), orders: listOf(order, 1_000) })
export type Unsealings = Decoded<typeof unsealings>
