import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { Ajv2020 } from 'ajv/dist/2020'
import { describe, expect, it } from 'vitest'

import { answersTo, type ClientMessage, encodeClientMessage } from './client-messages'
import { DecodeError } from './decode'
import { parseServerMessage } from './server-messages'

/** The contract that the server's tests read too. */
const API = join(import.meta.dirname, '../../../api/room')

interface Example {
  readonly name: string
  readonly type: string
  readonly json: string
}

function examples(folder: string): readonly Example[] {
  const root = join(API, 'examples', folder)
  return readdirSync(root).flatMap((type) =>
    readdirSync(join(root, type)).map((file) => ({
      name: `${type}/${file}`,
      type,
      json: readFileSync(join(root, type, file), 'utf8'),
    })),
  )
}

describe('messages of the server', () => {
  it.each(examples('valid/server'))('reads $name', ({ type, json }) => {
    expect(parseServerMessage(json).type).toBe(type)
  })

  it.each(examples('invalid/server'))('refuses $name', ({ json }) => {
    expect(() => parseServerMessage(json)).toThrow(DecodeError)
  })

  it('is not put off by a message of a newer server', () => {
    expect(parseServerMessage('{"type":"confetti","seq":1}')).toEqual({ type: 'unknown', name: 'confetti' })
    expect(parseServerMessage('{"type":"constructor","seq":1}').type).toBe('unknown')
  })
})

const SHA256 = 'a'.repeat(64)
/** Every message this client can send, at its fullest. */
const OURS: { readonly [T in ClientMessage['type']]: Extract<ClientMessage, { type: T }> } = {
  join: {
    type: 'join',
    seatToken: 'k'.repeat(22),
    resume: true,
    lastSeq: 41,
    consents: [
      { purpose: 'recording', version: '2026-11', accepted: true },
      { purpose: 'online', version: '2026-11', accepted: true },
    ],
    client: { lang: 'zh-CN' },
  },
  answer: { type: 'answer', offerId: 'party-1-1-1', sdp: 'v=0\r\n' },
  mute: { type: 'mute', kind: 'video', muted: true },
  advance: { type: 'advance', to: 'PAUSED', reason: 'objection' },
  'off-record': { type: 'off-record', why: '涉及商业秘密' },
  'open-caucus': { type: 'open-caucus', seatId: 'party-1' },
  'end-caucus': { type: 'end-caucus' },
  background: { type: 'background', hidden: true, interrupted: ['audio', 'video'] },
  'confirm-agreement': { type: 'confirm-agreement', documentId: 'doc-1', sha256: SHA256 },
  'decline-agreement': { type: 'decline-agreement', documentId: 'doc-1', reason: '金额不对' },
  'mute-seat': { type: 'mute-seat', seatId: 'party-1', kind: 'audio', muted: true },
  'transcript-line': { type: 'transcript-line', key: 'k-1', speaker: 'party-1', text: '欠款属实。', begunMsAgo: 4_200 },
  'transcript-correction': { type: 'transcript-correction', replaces: 1, speaker: 'party-1', text: '本息合计。', reason: '笔误', objection: 2 },
  'transcript-strike': { type: 'transcript-strike', replaces: 1, reason: '误记', objection: 2 },
  'transcript-objection': { type: 'transcript-objection', line: 1, text: '不是我说的。' },
  'transcript-refusal': { type: 'transcript-refusal', objection: 2, reason: '经回放无误' },
  'transcript-reading': { type: 'transcript-reading', upTo: 3 },
  'transcript-since': { type: 'transcript-since', after: 0 },
  renegotiate: { type: 'renegotiate' },
  'media-failed': { type: 'media-failed', reason: 'ice-failed' },
  viewing: { type: 'viewing', defaultMaxHeight: 180, sources: [{ source: 'mediator-1-v0', maxHeight: 720 }] },
  quality: {
    type: 'quality',
    sources: [
      { direction: 'up', kind: 'audio', bitrateKbps: 34, rttMs: 48, jitterMs: 4, lossPermille: 2 },
      { direction: 'down', kind: 'video', source: 'mediator-1-v0', bitrateKbps: 640, lossPermille: 0, width: 640, height: 360, freezes: 1 },
    ],
  },
  leave: { type: 'leave' },
  ping: { type: 'ping' },
}

describe('our own messages', () => {
  it('are known again by what an error replies to', () => {
    const { id } = JSON.parse(encodeClientMessage(OURS['media-failed'], 12))

    expect([answersTo(id, 'media-failed'), answersTo(id, 'mute'), answersTo(undefined, 'mute')]).toEqual([true, false, false])
  })

  const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false })

  it.each(Object.entries(OURS))('%s keeps to its schema', (type, message) => {
    const schema: unknown = JSON.parse(readFileSync(join(API, 'client', `${type}.schema.json`), 'utf8'))
    const validate = ajv.compile(schema as object)

    validate(JSON.parse(encodeClientMessage(message, 1)))
    expect(validate.errors).toBeNull()
  })
})
