import { describe, expect, it } from 'vitest'

import { room } from '../../../test/room-samples'
import type { RoomSnapshot } from '@/core/room-session'

import { connectionSentence } from './connection-sentence'

const device = { track: null, muted: false, trouble: null }
const lobby: RoomSnapshot = {
  link: { phase: 'live' },
  media: 'none',
  self: null,
  view: room(),
  streams: new Map(),
  local: { audio: device, video: device, asking: false },
  notice: null,
  speaking: null,
  qualities: new Map(),
  recorded: [],
  transcript: [],
}
const joint: RoomSnapshot = { ...lobby, view: room({ phase: 'JOINT' }), media: 'connected' }

describe('connectionSentence', () => {
  it('is calm in the lobby, where there are no media yet', () => {
    expect(connectionSentence(lobby)).toMatchObject({ key: 'line.lobby', tone: 'good' })
  })

  it('says connected only when media flow', () => {
    expect(connectionSentence(joint).key).toBe('line.good')
    expect(connectionSentence({ ...joint, media: 'connecting' }).tone).toBe('busy')
    expect(connectionSentence({ ...joint, media: 'interrupted' }).tone).toBe('bad')
  })

  it('puts the lost line before the media', () => {
    const lost = connectionSentence({ ...joint, link: { phase: 'waiting', attempt: 1, retryInMs: 200, offline: false } })
    expect(lost).toEqual({ key: 'line.waiting', tone: 'bad', canRetry: true })
  })

  it('tells a phone without network from a line that is being mended', () => {
    const lost = connectionSentence({ ...joint, link: { phase: 'waiting', attempt: 1, retryInMs: 200, offline: true } })
    expect(lost).toEqual({ key: 'line.offline', tone: 'bad', canRetry: false })
  })

  it('does not call the first connection a loss', () => {
    expect(connectionSentence({ ...lobby, view: null, link: { phase: 'connecting', attempt: 1 } }).key).toBe('line.connecting')
  })
})
