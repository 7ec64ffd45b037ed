import { DecodeError, type Decoder } from '@/protocol/decode'
import * as custody from '@/protocol/custody'
import * as films from '@/protocol/film'
import * as rest from '@/protocol/rest'
import * as sealed from '@/protocol/sealed'

import type { Problem, Result } from './result'

export interface RestClientOptions {
  readonly fetch: typeof fetch
  /** Ends a request that nobody answers; a phone in a lift must not wait for ever. */
  readonly timeoutInMs: number
}

interface RequestOptions {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly body?: unknown
  readonly seatToken?: string | undefined
}

const PROBLEM_PREFIX = 'urn:heyi:problem:'
const nothing: Decoder<null> = () => null

function filmPath(sessionId: string, exportId?: string): string {
  const all = `/api/sessions/${encodeURIComponent(sessionId)}/exports`
  return exportId === undefined ? all : `${all}/${encodeURIComponent(exportId)}`
}

function custodyPath(caseId: string): string {
  return `/api/cases/${encodeURIComponent(caseId)}/custody`
}

function disposalPath(sessionId: string): string {
  return `/api/sessions/${encodeURIComponent(sessionId)}/disposal`
}

function unsealingPath(sessionId: string, orderId?: string): string {
  const all = `/api/sessions/${encodeURIComponent(sessionId)}/unsealings`
  return orderId === undefined ? all : `${all}/${encodeURIComponent(orderId)}`
}

/** Where a track of a sealed recording is, for the two of an order that is good. */
export function sealedTrackUrl(sessionId: string, orderId: string, recordingId: string, fileName: string): string {
  return `${unsealingPath(sessionId, orderId)}/recordings/${encodeURIComponent(recordingId)}/tracks/${encodeURIComponent(fileName)}`
}

/** What an operator may do with a bridge. */
export type BridgeCommand = 'drain' | 'undrain' | 'evacuate'

export interface CaseDraft {
  readonly title: string
  readonly parties: readonly { readonly role: rest.PartyRole; readonly displayName: string }[]
}

/** Conditions that hold together; what is left out does not matter. */
export interface SessionQuery {
  readonly words: string
  /** That must stand in the transcript; empty for not asked. */
  readonly said: string
  readonly from: Date | null
  /** The first moment that is too late. */
  readonly to: Date | null
  readonly state: rest.SessionState | null
  readonly page: number
}

export interface AgreementDraft {
  readonly title: string
  readonly clauses: readonly string[]
}

export interface FilmDraft {
  readonly layout: 'grid' | 'speaker'
  readonly watermark: boolean
}

export interface ClipDraft {
  readonly fromMs: number
  readonly toMs: number
  readonly reason: string
}

/** The REST interface of the server. Never throws for what a server or network can do: it returns a problem. */
export class RestClient {
  constructor(private readonly options: RestClientOptions) {}

  login(name: string, password: string): Promise<Result<rest.User>> {
    return this.json('/api/login', rest.user, { method: 'POST', body: { user: name, password } })
  }

  logout(): Promise<Result<null>> {
    return this.json('/api/logout', nothing, { method: 'POST' })
  }

  me(): Promise<Result<rest.User>> {
    return this.json('/api/me', rest.user)
  }

  async cases(): Promise<Result<readonly rest.CaseSummary[]>> {
    const answer = await this.json('/api/cases', rest.caseList)
    return answer.ok ? { ok: true, value: answer.value.cases } : answer
  }

  caseFile(caseId: string): Promise<Result<rest.CaseFile>> {
    return this.json(`/api/cases/${encodeURIComponent(caseId)}`, rest.caseFile)
  }

  createCase(draft: CaseDraft): Promise<Result<{ readonly caseId: string }>> {
    return this.json('/api/cases', rest.createdCase, { method: 'POST', body: draft })
  }

  createSession(caseId: string): Promise<Result<{ readonly sessionId: string }>> {
    return this.json(`/api/cases/${encodeURIComponent(caseId)}/sessions`, rest.createdSession, { method: 'POST' })
  }

  invite(sessionId: string, partyId: string): Promise<Result<rest.Invitation>> {
    const path = `/api/sessions/${encodeURIComponent(sessionId)}/invitations`
    return this.json(path, rest.invitation, { method: 'POST', body: { partyId } })
  }

  previewInvitation(token: string): Promise<Result<rest.InvitationPreview>> {
    return this.json('/api/invitations/preview', rest.invitationPreview, { method: 'POST', body: { token } })
  }

  redeemInvitation(token: string): Promise<Result<rest.SeatGrant>> {
    return this.json('/api/invitations/redeem', rest.seatGrant, { method: 'POST', body: { token } })
  }

  takeSeat(sessionId: string): Promise<Result<rest.SeatGrant>> {
    return this.json(`/api/sessions/${encodeURIComponent(sessionId)}/seat`, rest.seatGrant, { method: 'POST' })
  }

  prepareAgreement(sessionId: string, draft: AgreementDraft): Promise<Result<rest.PreparedAgreement>> {
    const path = `/api/sessions/${encodeURIComponent(sessionId)}/agreement`
    return this.json(path, rest.preparedAgreement, { method: 'PUT', body: draft })
  }

  documentText(documentId: string, seatToken?: string): Promise<Result<rest.DocumentText>> {
    const path = `/api/documents/${encodeURIComponent(documentId)}/text`
    return this.json(path, rest.documentText, { method: 'GET', seatToken })
  }

  documentPage(documentId: string, page: number, widthPx: number, seatToken?: string): Promise<Result<Blob>> {
    const path = `/api/documents/${encodeURIComponent(documentId)}/pages/${page}.png?width=${widthPx}`
    return this.request(path, { method: 'GET', seatToken }, (response) => response.blob())
  }

  searchSessions({ words, said, from, to, state, page }: SessionQuery): Promise<Result<rest.FoundSessions>> {
    const query = new URLSearchParams({ page: String(page) })
    if (words !== '') query.set('q', words)
    if (said !== '') query.set('text', said)
    if (from !== null) query.set('from', from.toISOString())
    if (to !== null) query.set('to', to.toISOString())
    if (state !== null) query.set('state', state)
    return this.json(`/api/sessions?${query}`, rest.foundSessions)
  }

  session(sessionId: string): Promise<Result<rest.SessionRecord>> {
    return this.json(`/api/sessions/${encodeURIComponent(sessionId)}`, rest.sessionRecord)
  }

  seal(sessionId: string): Promise<Result<rest.Seal>> {
    return this.json(`/api/sessions/${encodeURIComponent(sessionId)}/seal`, rest.seal)
  }

  async quality(sessionId: string): Promise<Result<readonly rest.QualityReport[]>> {
    const answer = await this.json(`/api/sessions/${encodeURIComponent(sessionId)}/quality`, rest.qualityList)
    return answer.ok ? { ok: true, value: answer.value.reports } : answer
  }

  films(sessionId: string): Promise<Result<films.FilmList>> {
    return this.json(filmPath(sessionId), films.filmList)
  }

  makeFilm(sessionId: string, draft: FilmDraft): Promise<Result<films.Film>> {
    return this.json(filmPath(sessionId), films.film, { method: 'POST', body: draft })
  }

  askForClip(sessionId: string, exportId: string, draft: ClipDraft): Promise<Result<films.Film>> {
    return this.json(`${filmPath(sessionId, exportId)}/clips`, films.film, { method: 'POST', body: draft })
  }

  decideOnClip(sessionId: string, exportId: string, approved: boolean): Promise<Result<films.Film>> {
    return this.json(`${filmPath(sessionId, exportId)}/approval`, films.film, { method: 'POST', body: { approved } })
  }

  cancelFilm(sessionId: string, exportId: string): Promise<Result<films.Film>> {
    return this.json(`${filmPath(sessionId, exportId)}/cancellation`, films.film, { method: 'POST', body: {} })
  }

  custody(caseId: string): Promise<Result<custody.Custody>> {
    return this.json(custodyPath(caseId), custody.custody)
  }

  placeHold(caseId: string, reason: string): Promise<Result<custody.Custody>> {
    return this.json(`${custodyPath(caseId)}/holds`, custody.custody, { method: 'POST', body: { reason } })
  }

  liftHold(caseId: string, holdId: string, reason: string): Promise<Result<custody.Custody>> {
    const path = `${custodyPath(caseId)}/holds/${encodeURIComponent(holdId)}/lifting`
    return this.json(path, custody.custody, { method: 'POST', body: { reason } })
  }

  requestDisposal(sessionId: string, reason: string): Promise<Result<custody.Custody>> {
    return this.json(disposalPath(sessionId), custody.custody, { method: 'POST', body: { reason } })
  }

  decideDisposal(sessionId: string, approved: boolean): Promise<Result<custody.Custody>> {
    return this.json(`${disposalPath(sessionId)}/decision`, custody.custody, { method: 'POST', body: { approved } })
  }

  unsealings(sessionId: string): Promise<Result<sealed.Unsealings>> {
    return this.json(unsealingPath(sessionId), sealed.unsealings)
  }

  requestUnsealing(sessionId: string, reason: string, hours: number): Promise<Result<sealed.Unsealings>> {
    return this.json(unsealingPath(sessionId), sealed.unsealings, { method: 'POST', body: { reason, hours } })
  }

  decideUnsealing(sessionId: string, orderId: string, approved: boolean): Promise<Result<sealed.Unsealings>> {
    return this.json(`${unsealingPath(sessionId, orderId)}/decision`, sealed.unsealings, { method: 'POST', body: { approved } })
  }

  revokeUnsealing(sessionId: string, orderId: string): Promise<Result<sealed.Unsealings>> {
    return this.json(`${unsealingPath(sessionId, orderId)}/revocation`, sealed.unsealings, { method: 'POST', body: {} })
  }

  custodyFigures(): Promise<Result<custody.CustodyFigures>> {
    return this.json('/api/operator/custody', custody.custodyFigures)
  }

  readiness(): Promise<Result<rest.Readiness>> {
    return this.json('/api/operator/readiness', rest.readiness)
  }

  async bridges(): Promise<Result<readonly rest.Bridge[]>> {
    const answer = await this.json('/api/operator/bridges', rest.bridgeList)
    return answer.ok ? { ok: true, value: answer.value.bridges } : answer
  }

  drainBridge(bridgeId: string, command: 'drain' | 'undrain'): Promise<Result<rest.Bridge>> {
    return this.json(`/api/operator/bridges/${encodeURIComponent(bridgeId)}/${command}`, rest.bridge, { method: 'POST' })
  }

  evacuateBridge(bridgeId: string): Promise<Result<{ readonly rooms: number }>> {
    return this.json(`/api/operator/bridges/${encodeURIComponent(bridgeId)}/evacuate`, rest.evacuation, { method: 'POST' })
  }

  private json<T>(path: string, decoder: Decoder<T>, options: RequestOptions = { method: 'GET' }): Promise<Result<T>> {
    return this.request(path, options, async (response) => {
      const body = await response.text()
      const parsed: unknown = body === '' ? null : JSON.parse(body)
      return decoder(parsed, '$')
    })
  }

  private async request<T>(
    path: string,
    { method, body, seatToken }: RequestOptions,
    read: (response: Response) => Promise<T>,
  ): Promise<Result<T>> {
    const headers: Record<string, string> = { Accept: 'application/json, application/problem+json, image/png' }
    if (body !== undefined) headers['Content-Type'] = 'application/json'
    if (seatToken !== undefined) headers['Authorization'] = `Bearer ${seatToken}`
    try {
      const response = await this.options.fetch(path, {
        method,
        headers,
        credentials: 'same-origin',
        signal: timeoutSignal(this.options.timeoutInMs),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (!response.ok) return { ok: false, problem: await problemOf(response) }
      return { ok: true, value: await read(response) }
    } catch (failure) {
      const slug = failure instanceof DecodeError || failure instanceof SyntaxError ? 'malformed-answer' : 'offline'
      return { ok: false, problem: { slug, status: 0, detail: failure instanceof Error ? failure.message : '' } }
    }
  }
}

/** `AbortSignal.timeout` is missing in the web views of older phones. */
function timeoutSignal(timeoutInMs: number): AbortSignal {
  const controller = new AbortController()
  setTimeout(() => controller.abort(), timeoutInMs)
  return controller.signal
}

async function problemOf(response: Response): Promise<Problem> {
  const fallback: Problem = { slug: `http-${response.status}`, status: response.status, detail: '' }
  try {
    const { type, detail, correlationId } = rest.problem(JSON.parse(await response.text()), '$')
    return {
      slug: type.startsWith(PROBLEM_PREFIX) ? type.slice(PROBLEM_PREFIX.length) : fallback.slug,
      status: response.status,
      detail: detail ?? '',
      ...(correlationId === undefined ? {} : { correlationId }),
    }
  } catch {
    return fallback
  }
}
