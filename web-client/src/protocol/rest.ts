import { anything, type Decoded, instant, integer, listOf, maybe, number, object, oneOf, oneOfOr, text, truth } from './decode'
import { qualityLevel } from './room-view'

export const problem = object({
  type: text,
  title: maybe(text),
  status: maybe(integer),
  detail: maybe(text),
  correlationId: maybe(text),
})

export const user = object({
  displayName: text,
  roles: listOf(oneOfOr('other', 'mediator', 'auditor', 'clerk', 'operator'), 16),
})
export type User = Decoded<typeof user>
export type UserRole = User['roles'][number]

export const sessionState = oneOfOr('SCHEDULED', 'SCHEDULED', 'LIVE', 'SEALING', 'SEALED', 'DISPOSED', 'FAILED')
export type SessionState = Decoded<typeof sessionState>

const caseSummary = object({
  caseId: text,
  number: text,
  title: text,
  status: text,
  updatedAt: maybe(instant),
  sessionCount: maybe(integer),
})
export type CaseSummary = Decoded<typeof caseSummary>
export const caseList = object({ cases: listOf(caseSummary) })

const partyRole = oneOf('applicant', 'respondent')
const party = object({ partyId: text, role: partyRole, displayName: text })
export type Party = Decoded<typeof party>
export type PartyRole = Party['role']

const caseSession = object({
  sessionId: text,
  state: sessionState,
  startedAt: maybe(instant),
  endedAt: maybe(instant),
  rootHash: maybe(text),
})
export type CaseSession = Decoded<typeof caseSession>

const caseDocument = object({
  documentId: text,
  title: text,
  kind: text,
  sha256: text,
  signed: truth,
  createdAt: maybe(instant),
})
export type CaseDocument = Decoded<typeof caseDocument>

export const caseFile = object({
  caseId: text,
  number: text,
  title: text,
  status: text,
  parties: listOf(party, 64),
  mediator: maybe(object({ displayName: text })),
  sessions: listOf(caseSession),
  documents: listOf(caseDocument),
})
export type CaseFile = Decoded<typeof caseFile>

export const createdCase = object({ caseId: text })
export const createdSession = object({ sessionId: text })
export const invitation = object({ url: text, expiresAt: maybe(instant) })
export type Invitation = Decoded<typeof invitation>

export const invitationPreview = object({
  caseLabel: text,
  displayName: text,
  role: text,
  sessionState,
  consents: listOf(object({ purpose: oneOf('recording', 'online'), version: text, textKey: maybe(text) }), 8),
})
export type InvitationPreview = Decoded<typeof invitationPreview>

export const seatGrant = object({ seatToken: text, sessionId: text })
export type SeatGrant = Decoded<typeof seatGrant>

export const preparedAgreement = object({ documentId: text, sha256: text, pages: maybe(integer) })
export type PreparedAgreement = Decoded<typeof preparedAgreement>

export const documentText = object({
  title: text,
  clauses: listOf(text, 200),
  parties: maybe(listOf(anything, 64)),
  pages: maybe(integer),
})
export type DocumentText = Decoded<typeof documentText>

const foundSession = object({
  sessionId: text,
  state: sessionState,
  begunAt: instant,
  durationMs: maybe(number),
  caseId: text,
  caseNumber: text,
  caseTitle: text,
  mediator: text,
  parties: listOf(text, 64),
  /** Lines of its transcript in which the words stand. */
  lines: maybe(
    listOf(
      object({
        number: integer,
        kind: oneOfOr('line', 'line', 'correction', 'objection'),
        text,
        speaker: maybe(text),
        atMs: maybe(number),
      }),
      3,
    ),
  ),
})
export type FoundSession = Decoded<typeof foundSession>
export const foundSessions = object({ sessions: listOf(foundSession, 50), more: truth })
export type FoundSessions = Decoded<typeof foundSessions>

const replayTrack = object({
  trackId: text,
  kind: oneOf('audio', 'video'),
  seatId: maybe(text),
  label: maybe(text),
  displayName: maybe(text),
  url: text,
  contentType: maybe(text),
  offsetMs: number,
  durationMs: number,
  width: maybe(integer),
  height: maybe(integer),
  sha256: maybe(text),
  /** From and to of each stretch in which it was heard to speak, on the session's clock. */
  speech: maybe(listOf(listOf(number, 2), 1_000)),
})
export type ReplayTrack = Decoded<typeof replayTrack>

const replayEvent = object({
  atMs: number,
  at: maybe(instant),
  type: text,
  seatId: maybe(text),
  label: maybe(text),
  data: maybe(anything),
})
export type ReplayEvent = Decoded<typeof replayEvent>

export const seal = object({
  scheme: text,
  keyId: text,
  /** Absent while it is unstamped. */
  stamp: maybe(object({ at: instant, authority: text, trusted: truth })),
  /** Absent while it is not in the transparency log. */
  log: maybe(object({ origin: text, index: integer, size: integer, witnesses: listOf(text, 64) })),
  accesses: listOf(object({ at: instant, type: text, userId: text, displayName: maybe(text) }), 100_000),
})
export type Seal = Decoded<typeof seal>

export const sessionRecord = object({
  sessionId: text,
  caseId: text,
  caseNumber: maybe(text),
  state: sessionState,
  startedAt: maybe(instant),
  durationMs: maybe(number),
  rootHash: maybe(text),
  tracks: listOf(replayTrack, 256),
  events: listOf(replayEvent, 100_000),
  verification: maybe(anything),
})
export type SessionRecord = Decoded<typeof sessionRecord>

export const bridge = object({
  bridgeId: text,
  url: text,
  region: maybe(text),
  version: maybe(text),
  state: oneOfOr('unknown', 'healthy', 'suspect', 'out', 'unknown'),
  warmth: oneOfOr('warm', 'cold', 'warming', 'warm'),
  accepting: truth,
  draining: truth,
  drainingItself: truth,
  /** 0 idle, 1 full. */
  stress: number,
  conferences: integer,
  endpoints: integer,
  rooms: integer,
  roomsLost: integer,
  failedChecks: integer,
  checkedAt: maybe(instant),
})
export type Bridge = Decoded<typeof bridge>
const partStanding = object({ part: text, ready: truth, required: truth, problem: maybe(text) })
/** What each part of the server lacks. */
export const readiness = object({ ready: truth, parts: listOf(partStanding, 64) })
export type Readiness = Decoded<typeof readiness>

export const bridgeList = object({ bridges: listOf(bridge, 256) })
export const evacuation = object({ rooms: integer })

const qualityReport = object({ at: instant, seatId: text, level: qualityLevel })
export type QualityReport = Decoded<typeof qualityReport>
export const qualityList = object({ reports: listOf(qualityReport, 20_000) })
