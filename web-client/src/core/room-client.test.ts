import { beforeEach, describe, expect, it, vi } from 'vitest'

import { FakeNetwork } from '../../test/fake-socket'
import { ManualScheduler } from '../../test/manual-scheduler'
import { room, welcome } from '../../test/room-samples'
import { RoomClient, type RoomClientListener, type RoomLink } from './room-client'

describe('RoomClient', () => {
  let network: FakeNetwork
  let scheduler: ManualScheduler
  let links: RoomLink['phase'][]
  let listener: RoomClientListener
  let resumable: boolean
  let client: RoomClient

  beforeEach(() => {
    network = new FakeNetwork()
    scheduler = new ManualScheduler()
    links = []
    resumable = false
    listener = {
      onLink: (link) => links.push(link.phase),
      onWelcome: vi.fn(),
      onState: vi.fn(),
      onOffer: vi.fn(),
      onMutedByMediator: vi.fn(),
      onDominantSpeaker: vi.fn(),
      onSenderConstraint: vi.fn(),
      onQuality: vi.fn(),
      onRecording: vi.fn(),
      onTranscript: vi.fn(),
      onError: vi.fn(),
    }
    client = new RoomClient({
      url: 'ws://heyi.test/api/room',
      seatToken: 'token',
      consents: [{ purpose: 'recording', version: '2026-11', accepted: true }],
      lang: 'zh-CN',
      openSocket: network.open,
      scheduler,
      random: () => 0,
      mayResume: () => resumable,
      listener,
    })
  })

  function seated(): void {
    client.start()
    network.latest().opens()
    network.latest().says(welcome())
  }

  describe('coming in', () => {
    it('joins as its first message, with seat token and consents', () => {
      client.start()
      network.latest().opens()

      expect(network.latest().sent).toEqual([
        {
          id: 'join-1',
          type: 'join',
          seatToken: 'token',
          resume: false,
          consents: [{ purpose: 'recording', version: '2026-11', accepted: true }],
          client: { lang: 'zh-CN' },
        },
      ])
    })

    it('is live once welcomed, and shows the state of the welcome', () => {
      seated()

      expect(links).toEqual(['connecting', 'live'])
      expect(listener.onState).toHaveBeenCalledWith(expect.objectContaining({ phase: 'LOBBY' }))
    })

    it('sends nothing before the welcome', () => {
      client.start()
      network.latest().opens()

      expect(client.send({ type: 'mute', kind: 'audio', muted: true })).toBe(false)
      expect(network.latest().sentTypes()).toEqual(['join'])
    })

    it.each(['unknown-seat', 'used-up-invitation', 'consent-required'])('stops for good on %s', (code) => {
      client.start()
      network.latest().opens()
      network.latest().says({ type: 'error', code, message: 'no', correlationId: 'k1' })
      scheduler.elapse(60_000)

      expect(links).toEqual(['connecting', 'refused'])
      expect(network.sockets).toHaveLength(1)
    })

    it('tries again when the server is unavailable, not before it asked for', () => {
      client.start()
      network.latest().opens()
      network.latest().says({ type: 'error', code: 'unavailable', message: 'busy', retryAfterMs: 2_000 })
      network.latest().drops()
      scheduler.elapse(1_999)
      expect(network.sockets).toHaveLength(1)

      scheduler.elapse(1)
      expect(network.sockets).toHaveLength(2)
    })
  })

  describe('in the room', () => {
    beforeEach(seated)

    it('passes on states, offers, mutes and errors', () => {
      network.latest().says({ type: 'state', state: room({ phase: 'JOINT' }) })
      network.latest().says({ type: 'offer', offerId: 'o1', sdp: 'v=0', fresh: true })
      network.latest().says({ type: 'muted-by-mediator', kind: 'audio' })
      network.latest().says({ type: 'error', code: 'wrong-phase', message: 'no', correlationId: 'k' })

      expect(listener.onState).toHaveBeenLastCalledWith(expect.objectContaining({ phase: 'JOINT' }))
      expect(listener.onOffer).toHaveBeenCalledWith(expect.objectContaining({ offerId: 'o1', fresh: true }))
      expect(listener.onMutedByMediator).toHaveBeenCalledWith('audio')
      expect(listener.onError).toHaveBeenCalledWith(expect.objectContaining({ code: 'wrong-phase' }))
      expect(links).toEqual(['connecting', 'live'])
    })

    it('is not disturbed by frames it does not understand', () => {
      const warning = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
      network.latest().saysText('{"type":"state","seq":1}')
      network.latest().saysText('not json')
      network.latest().says({ type: 'confetti' })

      expect(warning).toHaveBeenCalledTimes(2)
      expect(links).toEqual(['connecting', 'live'])
    })

    it('pings, and stays as long as something is heard', () => {
      for (let n = 0; n < 6; n++) {
        scheduler.elapse(3_000)
        network.latest().says({ type: 'pong' })
      }

      expect(network.latest().sentTypes().filter((type) => type === 'ping')).toHaveLength(6)
      expect(network.sockets).toHaveLength(1)
    })

    it('gives up a line on which nothing is heard and opens another', () => {
      scheduler.elapse(9_000)
      expect(network.sockets[0]?.closed).toBe(true)

      scheduler.elapse(200)
      expect(network.sockets).toHaveLength(2)
    })
  })

  describe('coming back', () => {
    beforeEach(seated)

    it('says resume while the page still holds its media', () => {
      resumable = true
      network.latest().drops()
      scheduler.elapse(200)
      network.latest().opens()

      expect(network.latest().sent[0]).toMatchObject({ type: 'join', resume: true })
    })

    it('names the last message it saw, so that the room tells what was missed', () => {
      network.latest().says({ type: 'pong', seq: 17 })
      network.latest().drops()
      scheduler.elapse(200)
      network.latest().opens()
      expect(network.latest().sent[0]).toMatchObject({ type: 'join', lastSeq: 17 })
    })

    it('hears what it missed before it is welcomed', () => {
      network.latest().drops()
      scheduler.elapse(200)
      network.latest().opens()
      network.latest().says({ type: 'muted-by-mediator', kind: 'audio', seq: 18 })
      expect(listener.onMutedByMediator).toHaveBeenCalledWith('audio')
      expect(links[links.length - 1]).toBe('connecting')
    })

    it('gives the line up at once when the device has no network, and comes back with it', () => {
      client.networkLost()
      expect(network.sockets[0]?.closed).toBe(true)
      expect(links[links.length - 1]).toBe('waiting')
      client.networkBack()
      expect(network.sockets).toHaveLength(2)
    })

    it('keeps a line in doubt that answers, and leaves one that does not', () => {
      client.probe()
      scheduler.elapse(100)
      network.latest().says({ type: 'pong' })
      scheduler.elapse(2_500)
      expect(network.sockets[0]?.closed).toBe(false)
      client.probe()
      scheduler.elapse(2_500)
      expect(network.sockets[0]?.closed).toBe(true)
    })

    it('climbs the ladder and starts afresh after a welcome', () => {
      network.latest().drops()
      scheduler.elapse(200)
      network.latest().drops()
      scheduler.elapse(599)
      expect(network.sockets).toHaveLength(2)
      scheduler.elapse(1)
      network.latest().opens()
      network.latest().says(welcome())
      network.latest().drops()
      scheduler.elapse(200)

      expect(network.sockets).toHaveLength(4)
    })

    it('tries at once when asked', () => {
      network.latest().drops()
      client.retryNow()

      expect(network.sockets).toHaveLength(2)
    })

    it('lets the person ask after it has given up', () => {
      for (let n = 0; n < 400; n++) {
        network.latest().drops()
        scheduler.elapse(8_000)
      }
      expect(links[links.length - 1]).toBe('given-up')
      const before = network.sockets.length
      scheduler.elapse(3_600_000)
      expect(network.sockets).toHaveLength(before)

      client.retryNow()
      expect(network.sockets).toHaveLength(before + 1)
    })

    it('ignores what an old socket still says', () => {
      const old = network.latest()
      old.drops()
      scheduler.elapse(200)
      old.says({ type: 'taken-over' })

      expect(links).not.toContain('taken-over')
    })
  })

  describe('ending', () => {
    beforeEach(seated)

    it('stops when the seat was taken over, and takes it back when asked', () => {
      network.latest().says({ type: 'taken-over' })
      network.latest().drops(4001)
      scheduler.elapse(60_000)
      expect(links).toEqual(['connecting', 'live', 'taken-over'])
      expect(network.sockets).toHaveLength(1)

      client.retryNow()
      expect(network.sockets).toHaveLength(2)
    })

    it.each([
      [4001, 'taken-over'],
      [4002, 'closed'],
      [4003, 'refused'],
    ] as const)('close code %i means %s, and no retry', (code, phase) => {
      network.latest().drops(code)
      scheduler.elapse(60_000)

      expect(links[links.length - 1]).toBe(phase)
      expect(network.sockets).toHaveLength(1)
    })

    it('says leave and goes', () => {
      client.leave()

      expect(network.latest().sentTypes()).toContain('leave')
      expect(network.latest().closed).toBe(true)
      expect(links[links.length - 1]).toBe('left')
    })

    it('goes without a word when the page goes', () => {
      client.dispose()
      scheduler.elapse(60_000)

      expect(network.latest().sentTypes()).toEqual(['join'])
      expect(network.sockets).toHaveLength(1)
    })
  })
})
