import {
  type Decoded,
  type Decoder,
  fromJson,
  integer,
  listOf,
  maybe,
  number,
  object,
  oneOf,
  record,
  text,
  textOrTexts,
  truth,
} from './decode'
import { mediaKind, qualityLevel, roomView, self, sequence } from './room-view'
import { transcriptEntry } from './transcript'

/** Largest frame the room protocol allows, in bytes. */
export const MAX_FRAME_BYTES = 65_536

const iceServer = object({
  urls: textOrTexts,
  username: maybe(text),
  credential: maybe(text),
})

const decoders = {
  welcome: object({ seq: sequence, self, state: roomView, serverTime: text }),
  state: object({ seq: sequence, state: roomView }),
  offer: object({
    seq: sequence,
    offerId: text,
    sdp: text,
    fresh: truth,
    iceServers: maybe(listOf(iceServer, 16)),
    iceTransportPolicy: maybe(oneOf('all', 'relay')),
  }),
  error: object({
    seq: sequence,
    code: text,
    message: text,
    replyTo: maybe(text),
    correlationId: maybe(text),
    retryAfterMs: maybe(number),
  }),
  'muted-by-mediator': object({ seq: sequence, kind: oneOf('audio', 'video') }),
  'dominant-speaker': object({ seq: sequence, seatId: text }),
  'sender-constraint': object({ seq: sequence, source: text, maxHeight: number }),
  quality: object({ seq: sequence, seatId: text, level: qualityLevel, rttMs: maybe(number), lossPermille: maybe(number) }),
  recording: object({
    seq: sequence,
    sources: listOf(
      object({ seatId: text, kind: mediaKind, bytes: number, standing: oneOf('received', 'muted', 'silent', 'given-up') }),
      64,
    ),
  }),
  transcript: object({ seq: sequence, entries: listOf(transcriptEntry, 20_000), size: integer }),
  'taken-over': object({ seq: sequence }),
  pong: object({ seq: sequence }),
} satisfies Record<string, Decoder<unknown>>

type Decoders = typeof decoders
export type ServerMessageType = keyof Decoders
export type ServerMessageOf<T extends ServerMessageType> = { readonly type: T } & Decoded<Decoders[T]>
export type ServerMessage = { [T in ServerMessageType]: ServerMessageOf<T> }[ServerMessageType]
export type WelcomeMessage = ServerMessageOf<'welcome'>
export type OfferMessage = ServerMessageOf<'offer'>

/** What a frame of a newer server means to us: nothing. */
export interface UnknownMessage {
  readonly type: 'unknown'
  readonly name: string
}

const anyMessage: Decoder<ServerMessage | UnknownMessage> = (value, path) => {
  const source = record(value, path)
  const type = text(source['type'], `${path}.type`)
  if (!Object.prototype.hasOwnProperty.call(decoders, type)) return { type: 'unknown', name: type }
  const decoder: Decoder<object> = decoders[type as ServerMessageType]
  return { type, ...decoder(source, path) } as ServerMessage
}

/** Parses one text frame. Throws `DecodeError` on anything that is not a message of the room protocol. */
export function parseServerMessage(frame: string): ServerMessage | UnknownMessage {
  return fromJson(anyMessage, frame)
}
