import { beforeEach, describe, expect, it } from 'vitest'

import { FakeNetwork } from '../../test/fake-socket'
import { FakePeer, FakeTrack } from '../../test/fake-peer'
import { ManualScheduler } from '../../test/manual-scheduler'
import { room, seat, welcome } from '../../test/room-samples'
import { settle } from '../../test/settle'
import { LocalMedia } from './local-media'
import { RoomSession, type RoomSnapshot } from './room-session'

const OFFER = { type: 'offer', offerId: 'o1', sdp: 'v=0 first', fresh: true }

describe('RoomSession', () => {
  let network: FakeNetwork
  let scheduler: ManualScheduler
  let peers: FakePeer[]
  let media: LocalMedia
  let session: RoomSession
  let snapshot: RoomSnapshot
  let shownOf: (next: RoomSnapshot) => void

  beforeEach(async () => {
    network = new FakeNetwork()
    scheduler = new ManualScheduler()
    peers = []
    shownOf = () => undefined
    media = new LocalMedia({
      mediaDevices: {
        getUserMedia: (wanted) =>
          Promise.resolve({
            getTracks: () => (['audio', 'video'] as const).filter((kind) => wanted?.[kind]).map((kind) => new FakeTrack(kind)),
          } as unknown as MediaStream),
      },
      isSecureContext: true,
      scheduler,
      onChange: (local) => session?.handleLocalMedia(local),
      onTrack: (kind) => void session?.handleLocalTrack(kind),
    })
    session = new RoomSession({
      url: 'ws://heyi.test/api/room',
      seatToken: 'token',
      consents: [],
      lang: 'zh-CN',
      media,
      openSocket: network.open,
      createConnection: (configuration) => {
        const peer = new FakePeer(configuration)
        peers.push(peer)
        return peer as unknown as RTCPeerConnection
      },
      scheduler,
      random: () => 0,
      onChange: (next) => {
        snapshot = next
        shownOf(next)
      },
    })
    await media.request()
    session.start()
    network.latest().opens()
    network.latest().says(welcome())
  })

  it('says when the page is hidden or the system took a device, and repeats it on a new line', async () => {
    const told = () =>
      network
        .latest()
        .sent.filter(({ type }) => type === 'background')
        .map((frame) => ({ ...frame, id: '' }))
    const state = (hidden: boolean, interrupted: readonly string[]) => ({ type: 'background', id: '', hidden, interrupted })

    expect(told()).toEqual([])
    session.setHidden(true)
    const camera = media.state.video.track as unknown as FakeTrack
    camera.onended?.()
    session.setHidden(true)
    expect(told()).toEqual([state(true, []), state(true, ['video'])])

    network.latest().says(welcome())
    expect(told()).toEqual([state(true, []), state(true, ['video']), state(true, ['video'])])
    session.setHidden(false)
    await media.request()
    expect(told().slice(3)).toEqual([state(false, ['video']), state(false, [])])
  })

  it('makes each connection with the relays of its own offer', async () => {
    const urls = ['turn:turn.example:3478?transport=udp']
    const offers = [
      { ...OFFER, iceServers: [{ urls, username: '1:room', credential: 'a' }], iceTransportPolicy: 'relay' },
      { ...OFFER, offerId: 'o2', iceServers: [{ urls, username: '2:room', credential: 'b' }] },
      { ...OFFER, offerId: 'o3' },
    ]

    for (const offer of offers) {
      network.latest().says(offer)
      await settle()
    }

    expect(peers.map(({ configuration }) => configuration.iceServers)).toEqual([
      [{ urls, username: '1:room', credential: 'a' }],
      [{ urls, username: '2:room', credential: 'b' }],
      [],
    ])
    expect(peers.map(({ configuration }) => configuration.iceTransportPolicy)).toEqual(['relay', 'all', 'all'])
  })

  function answers() {
    return network.latest().sent.filter(({ type }) => type === 'answer')
  }

  async function offered(offer: object = OFFER): Promise<void> {
    network.latest().says(offer)
    await settle()
  }

  it('answers a fresh offer at once, sending camera and microphone on sections 0 and 1', async () => {
    await offered()

    expect(answers()).toEqual([expect.objectContaining({ offerId: 'o1', sdp: 'v=0 answer' })])
    expect(peers[0]?.transceivers.map(({ mid, direction }) => [mid, direction])).toEqual([
      ['0', 'sendrecv'],
      ['1', 'sendrecv'],
      ['2', 'recvonly'],
    ])
    expect(peers[0]?.transceivers[1]?.sender.track?.kind).toBe('video')
  })

  it('sends the camera in temporal layers, so that a bridge can leave out frames', async () => {
    await offered()

    expect(peers[0]?.transceivers[1]?.sender.parameters).toEqual({ encodings: [{ scalabilityMode: 'L1T3' }] })
    expect(peers[0]?.transceivers[0]?.sender.parameters).toEqual({ encodings: [{}] })
  })

  it('sends no more of the camera than anybody wants to see', async () => {
    await offered()
    network.latest().says({ type: 'state', state: room({ seats: [seat({ endpointId: 'party-1-2' })] }) })
    const camera = peers[0]?.transceivers[1]?.sender
    const told = async (source: string, maxHeight: number) => {
      network.latest().says({ type: 'sender-constraint', source, maxHeight })
      await settle()
      return camera?.parameters.encodings
    }

    expect(await told('party-1-2-v0', 180)).toEqual([{ scalabilityMode: 'L1T3', active: true, scaleResolutionDownBy: 2 }])
    expect(await told('party-1-2-v0', 0)).toEqual([{ scalabilityMode: 'L1T3', active: false, scaleResolutionDownBy: 1 }])
    expect(await told('party-1-1-v0', 360)).toEqual([{ scalabilityMode: 'L1T3', active: false, scaleResolutionDownBy: 1 }])
    expect(await told('party-1-2-v0', 2_160)).toEqual([{ scalabilityMode: 'L1T3', active: true, scaleResolutionDownBy: 1 }])
  })

  it('keeps to the last of several limits that come at once', async () => {
    await offered()
    network.latest().says({ type: 'state', state: room({ seats: [seat({ endpointId: 'party-1-2' })] }) })

    for (const maxHeight of [180, 0, 2_160]) network.latest().says({ type: 'sender-constraint', source: 'party-1-2-v0', maxHeight })
    await settle()

    expect(peers[0]?.transceivers[1]?.sender.parameters.encodings).toEqual([
      { scalabilityMode: 'L1T3', active: true, scaleResolutionDownBy: 1 },
    ])
  })

  it('tells the room when a telephone call takes the camera, and when it comes back', async () => {
    await offered()
    const camera = media.state.video.track as unknown as FakeTrack
    const told = () =>
      network
        .latest()
        .sent.filter((message) => message.type === 'mute' && Reflect.get(message, 'kind') === 'video')
        .map((message) => Reflect.get(message, 'muted') === true)
    const before = told().length

    camera.muted = true
    camera.onmute?.()
    scheduler.elapse(1_500)
    await settle()
    expect(told().slice(before)).toEqual([true])

    camera.muted = false
    camera.onunmute?.()
    await settle()
    expect(told().slice(before)).toEqual([true, false])
  })

  it('makes a new connection for a fresh offer and keeps the old one for a later one', async () => {
    await offered()
    await offered({ ...OFFER, offerId: 'o2', fresh: false })
    expect(peers).toHaveLength(1)

    await offered({ ...OFFER, offerId: 'o3', fresh: true })
    expect(peers).toHaveLength(2)
    expect(peers[0]?.closed).toBe(true)
  })

  it('shows remote streams by endpoint id and not the feedback stream of the bridge', async () => {
    await offered()
    peers[0]?.receives('party-2-1', 'video')
    peers[0]?.receives('jvb', 'video')

    expect([...snapshot.streams.keys()]).toEqual(['party-2-1'])
  })

  it('reports failed media and asks less and less often', async () => {
    await offered()
    peers[0]?.becomes('failed')
    scheduler.elapse(0)
    expect(network.latest().sentTypes().filter((type) => type === 'media-failed')).toHaveLength(1)

    await offered({ ...OFFER, offerId: 'o2' })
    peers[1]?.becomes('failed')
    scheduler.elapse(999)
    expect(network.latest().sentTypes().filter((type) => type === 'media-failed')).toHaveLength(1)
    scheduler.elapse(1)
    expect(network.latest().sentTypes().filter((type) => type === 'media-failed')).toHaveLength(2)
  })

  it('resumes after a blink of the line, without a new connection', async () => {
    await offered()
    network.latest().drops()
    scheduler.elapse(300)
    network.latest().opens()

    expect(network.latest().sent[0]).toMatchObject({ type: 'join', resume: true })
    expect(peers[0]?.closed).toBe(false)
  })

  it('switches the camera off for real and on again without renegotiation', async () => {
    await offered()
    const camera = media.state.video.track
    await session.setMuted('video', true)
    expect(camera?.readyState).toBe('ended')
    expect(peers[0]?.transceivers[1]?.sender.track).toBeNull()

    await session.setMuted('video', false)
    await settle()
    expect(network.latest().sentTypes()).not.toContain('renegotiate')
    expect(network.latest().sent.filter(({ type }) => type === 'mute').pop()).toMatchObject({ kind: 'video', muted: false })
  })

  it('mutes when the mediator orders it, and says so', async () => {
    network.latest().says({ type: 'muted-by-mediator', kind: 'audio' })
    await settle()

    expect(media.state.audio.track?.enabled).toBe(false)
    expect(snapshot.notice).toEqual({ kind: 'muted-by-mediator', media: 'audio' })
  })

  describe('asked to a caucus', () => {
    const line = { kind: 'line', number: 1, at: '2026-11-21T08:00:00Z', by: 'mediator', key: 'a', spokenAt: '2026-11-21T08:00:00Z', text: '一万元。' }
    const joint = room({ phase: 'JOINT', transcriptSize: 1 })
    const caucus = room({ roomId: 'room-1-caucus-1', kind: 'caucus', phase: 'PAUSED', pausedReason: 'recorder', recording: 'starting' })

    beforeEach(async () => {
      network.latest().says({ type: 'state', state: joint })
      network.latest().says({ type: 'transcript', entries: [line], size: 1 })
      await offered()
      peers[0]?.becomes('connected')
      peers[0]?.receives('party-2-1', 'video')
      network.latest().says({ type: 'dominant-speaker', seatId: 'mediator' })
      network.latest().says({ type: 'recording', sources: [{ seatId: 'party-1', kind: 'audio', bytes: 9, standing: 'received' }] })
      network.latest().says({ type: 'quality', seatId: 'party-1', level: 'good' })
    })

    it('ends the connection to the others before anything is shown of the other room', () => {
      let open: boolean | undefined
      shownOf = ({ view }) => {
        if (view?.kind === 'caucus') open ??= peers[0]?.closed === false
      }

      network.latest().says(welcome(caucus))

      expect(open).toBe(false)
      expect(snapshot.media).toBe('none')
    })

    it('shows nothing of the other room, and says nothing of it', () => {
      expect([snapshot.streams.size, snapshot.transcript.length, snapshot.speaking]).toEqual([1, 1, 'mediator'])
      session.show(new Map([['party-2', 360]]))
      const before = network.latest().sent.length

      network.latest().says(welcome(caucus))

      expect(snapshot).toMatchObject({ transcript: [], speaking: null, recorded: [], notice: null, view: { kind: 'caucus' } })
      expect([snapshot.streams.size, snapshot.qualities.size]).toEqual([0, 0])
      expect(network.latest().sentTypes().slice(before)).toEqual([])
    })

    it('takes what comes late of the former connection for nothing', async () => {
      const late = peers[0]?.ontrack
      network.latest().says({ ...OFFER, offerId: 'o2', fresh: false })
      network.latest().says(welcome(caucus))
      await settle()
      late?.({ track: new FakeTrack('video'), streams: [{ id: 'party-2-1', getTracks: () => [] }] })
      scheduler.elapse(5_000)

      expect(answers()).toHaveLength(1)
      expect(snapshot.streams.size).toBe(0)
      expect(network.latest().sentTypes()).not.toContain('media-failed')
    })

    it('keeps the devices open and sends them to the two of it', async () => {
      network.latest().says(welcome(caucus))
      await offered({ ...OFFER, offerId: 'o2' })

      expect(media.state.video.track?.readyState).toBe('live')
      expect(peers[1]?.transceivers[1]?.sender.track).toBe(media.state.video.track)
      expect(answers().at(-1)).toMatchObject({ offerId: 'o2' })
    })

    it('does not wait for what was under way on the connection that it closed', async () => {
      const [former] = peers
      if (former === undefined) throw new Error('no connection')
      let settleLate: () => void = () => undefined
      former.setRemoteDescription = () => new Promise((settled) => (settleLate = settled))
      network.latest().says({ ...OFFER, offerId: 'o2', fresh: false })
      await settle()

      network.latest().says(welcome(caucus))
      await offered({ ...OFFER, offerId: 'o3' })

      expect(answers().at(-1)).toMatchObject({ offerId: 'o3' })
      settleLate()
      await settle()
      expect(answers().map((answer) => Reflect.get(answer, 'offerId'))).toEqual(['o1', 'o3'])
    })

    it('comes back to the others with their transcript, and says so', async () => {
      network.latest().says(welcome(caucus))
      await offered({ ...OFFER, offerId: 'o2' })
      const before = network.latest().sent.length

      network.latest().says(welcome(joint))

      expect(peers[1]?.closed).toBe(true)
      expect(snapshot.notice).toEqual({ kind: 'caucus-over' })
      expect(snapshot.transcript).toEqual([])
      expect(network.latest().sent.slice(before)).toEqual([expect.objectContaining({ type: 'transcript-since', after: 0 })])
    })

    it('stays as it is when the line blinks in the same room', () => {
      network.latest().says(welcome(joint))

      expect(peers[0]?.closed).toBe(false)
      expect(snapshot.streams.size).toBe(1)
      expect(snapshot.transcript).toHaveLength(1)
    })
  })

  it('shows what a person may not do now, and not what the page asked of media that have ended', () => {
    const refused = (replyTo: string) => ({ type: 'error', code: 'wrong-phase', message: 'no', replyTo })
    for (const type of ['viewing', 'media-failed', 'renegotiate']) network.latest().says(refused(`${type}-7`))
    expect(snapshot.notice).toBeNull()

    network.latest().says(refused('advance-8'))
    expect(snapshot.notice).toMatchObject({ code: 'wrong-phase' })
  })

  it('says whose transcript it writes into', () => {
    session.transcribe({ type: 'transcript-reading', upTo: 1 })

    expect(network.latest().sent.at(-1)).toMatchObject({ type: 'transcript-reading', roomId: 'room-1' })
  })

  it('opens and ends a caucus with a word each', () => {
    session.openCaucus('party-2')
    session.endCaucus()

    expect(network.latest().sent.slice(-2)).toEqual([
      expect.objectContaining({ type: 'open-caucus', seatId: 'party-2' }),
      expect.objectContaining({ type: 'end-caucus' }),
    ])
  })

  it('goes dark when the seat is taken over', async () => {
    await offered()
    network.latest().says({ type: 'taken-over' })

    expect(peers[0]?.closed).toBe(true)
    expect([media.state.audio.track, media.state.video.track]).toEqual([null, null])
  })
})
