import { type Decoded, instant, integer, listOf, maybe, object, oneOf, oneOfOr, text, truth } from './decode'

/** Phases of a session, in lawful order; PAUSED may interrupt JOINT. */
export const PHASES = ['LOBBY', 'OPENING', 'JOINT', 'PAUSED', 'READBACK', 'SIGNING', 'CLOSED', 'SEALED'] as const
export type Phase = (typeof PHASES)[number]
export type MediaKind = 'audio' | 'video'
export type Role = 'MEDIATOR' | 'PARTY'

export const role = oneOf('MEDIATOR', 'PARTY')

export const seatView = object({
  seatId: text,
  role,
  /** "mediator", "party-1": the role in the record, never a name. */
  label: maybe(text),
  displayName: text,
  presence: oneOf('invited', 'seated', 'dropped', 'left'),
  audioMuted: truth,
  videoMuted: truth,
  endpointId: maybe(text),
  consented: truth,
  confirmed: maybe(truth),
  declined: maybe(truth),
  /** Another page or program is in front of the participant's page. */
  hidden: maybe(truth),
  /** Captures that the participant's system took away. */
  interrupted: maybe(listOf(oneOf('audio', 'video'), 2)),
})
export type SeatView = Decoded<typeof seatView>

export const mediaKind = oneOf('audio', 'video')

/** Something of a seat that is not recorded though it should be. */
export const silentSource = object({ seatId: text, kind: mediaKind })
export type SilentSource = Decoded<typeof silentSource>

export const agreementView = object({ documentId: text, sha256: text, title: text })
export type AgreementView = Decoded<typeof agreementView>

/** The whole room as the server sees it; sent complete at every change, shown as it is. */
export const roomView = object({
  roomId: text,
  /** A caucus is a room of its own: the mediator, one party, a recording of its own. Absent is a session. */
  kind: maybe(oneOfOr('session', 'session', 'caucus')),
  caseLabel: text,
  phase: oneOf(...PHASES),
  pausedReason: maybe(text),
  /** Why the talk is off the record, in the mediator's words. */
  pausedNote: maybe(text),
  /** Whom the mediator talks to alone while the talk pauses for a caucus. */
  pausedSeat: maybe(text),
  /** Where a pause returns to. */
  pausedFrom: maybe(oneOf(...PHASES)),
  recording: oneOfOr('off', 'off', 'starting', 'receiving', 'off-record', 'failed', 'sealing', 'verified'),
  /** What the recorder should receive and does not: while something is, the light is not on. */
  silent: maybe(listOf(silentSource, 64)),
  startedAt: maybe(instant),
  seats: listOf(seatView, 64),
  agreement: maybe(agreementView),
  /** How many entries the transcript has; absent when it has none. */
  transcriptSize: maybe(integer),
  /** How many characters a line, a reason or an objection may have. */
  transcriptTextLength: maybe(integer),
  rootHash: maybe(text),
})
export type RoomView = Decoded<typeof roomView>
export type RecordingState = RoomView['recording']

export const self = object({ seatId: text, role, displayName: text })
export type Self = Decoded<typeof self>

/** Three bars of a participant's network. */
export const qualityLevel = oneOf('good', 'fair', 'poor')
export type QualityLevel = Decoded<typeof qualityLevel>

export const sequence = integer
