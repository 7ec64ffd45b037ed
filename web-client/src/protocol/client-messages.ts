import type { MediaKind, Phase } from './room-view'

/** Version of the consent texts this client shows; sent with each consent. */
export const CONSENT_VERSION = '2026-11'

export type ConsentPurpose = 'recording' | 'online'

export interface Consent {
  readonly purpose: ConsentPurpose
  readonly version: string
  readonly accepted: boolean
}

export type AdvanceTarget = Exclude<Phase, 'LOBBY' | 'SEALED'>

/** What a page measured for one source since its last report. */
export interface SourceQuality {
  readonly direction: 'up' | 'down'
  readonly kind: MediaKind
  /** The track id in the offer; absent for the page's own. */
  readonly source?: string
  readonly bitrateKbps: number
  readonly rttMs?: number
  readonly jitterMs?: number
  readonly lossPermille?: number
  readonly width?: number
  readonly height?: number
  readonly freezes?: number
}

/** What a page may tell the room. `join` must be the first message of a socket. */
export type ClientMessage =
  | {
      readonly type: 'join'
      readonly seatToken: string
      /** True when this page still holds its peer connection (the socket blinked). */
      readonly resume: boolean
      /** Number of the last message seen: what it missed comes first. Absent on a new page. */
      readonly lastSeq?: number
      readonly consents: readonly Consent[]
      readonly client: { readonly lang: string }
    }
  | { readonly type: 'answer'; readonly offerId: string; readonly sdp: string }
  | { readonly type: 'mute'; readonly kind: MediaKind; readonly muted: boolean }
  | { readonly type: 'advance'; readonly to: AdvanceTarget; readonly reason?: string }
  /** The mediator takes the joint talk off the record; `advance` leads back. */
  | { readonly type: 'off-record'; readonly why: string }
  /** The mediator asks one party to a private talk in a room of its own. */
  | { readonly type: 'open-caucus'; readonly seatId: string }
  /** The mediator leads both back to the others. */
  | { readonly type: 'end-caucus' }
  /** What the system holds back of this page, complete. */
  | { readonly type: 'background'; readonly hidden: boolean; readonly interrupted: readonly MediaKind[] }
  | { readonly type: 'confirm-agreement'; readonly documentId: string; readonly sha256: string }
  | { readonly type: 'decline-agreement'; readonly documentId: string; readonly reason: string }
  | {
      readonly type: 'transcript-line'
      /** Of the view it was written in: in another room it is refused. */
      readonly roomId?: string
      /** Made here: a line that is sent twice stands there once. */
      readonly key: string
      readonly speaker?: string
      readonly text: string
      readonly begunMsAgo: number
    }
  | {
      readonly type: 'transcript-correction'
      readonly roomId?: string
      readonly replaces: number
      readonly speaker?: string
      readonly text: string
      readonly reason: string
      readonly objection?: number
    }
  | { readonly type: 'transcript-strike'; readonly roomId?: string; readonly replaces: number; readonly reason: string; readonly objection?: number }
  | { readonly type: 'transcript-objection'; readonly roomId?: string; readonly line: number; readonly text: string }
  | { readonly type: 'transcript-refusal'; readonly roomId?: string; readonly objection: number; readonly reason: string }
  | { readonly type: 'transcript-reading'; readonly roomId?: string; readonly upTo: number }
  | { readonly type: 'transcript-since'; readonly after: number }
  | { readonly type: 'mute-seat'; readonly seatId: string; readonly kind: MediaKind; readonly muted: true }
  | { readonly type: 'renegotiate' }
  | { readonly type: 'media-failed'; readonly reason: string }
  /** What is on the screen, complete; counts until the next fresh offer. */
  | {
      readonly type: 'viewing'
      readonly defaultMaxHeight: number
      readonly sources: readonly { readonly source: string; readonly maxHeight: number }[]
    }
  | { readonly type: 'quality'; readonly sources: readonly SourceQuality[] }
  | { readonly type: 'leave' }
  | { readonly type: 'ping' }

/** What a page does to the transcript. */
export type TranscriptMessage = Extract<ClientMessage, { type: `transcript-${'line' | 'correction' | 'strike' | 'objection' | 'refusal' | 'reading'}` }>

/** A message as it goes on the wire; `id` comes back as `replyTo` in an error. */
export type ClientFrame = ClientMessage & { readonly id?: string }

/** The id names the message, so that an error says by itself what it answers. */
export function encodeClientMessage(message: ClientMessage, count: number): string {
  return JSON.stringify({ id: `${message.type}-${count}`, ...message })
}

/** Whether an error with this `replyTo` answers a message of this type. */
export function answersTo(replyTo: string | undefined, type: ClientMessage['type']): boolean {
  return replyTo !== undefined && replyTo.slice(0, replyTo.lastIndexOf('-')) === type
}
