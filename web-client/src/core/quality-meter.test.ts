import { describe, expect, it } from 'vitest'

import { QualityMeter } from './quality-meter'

function outbound(change: object = {}): object {
  return { type: 'outbound-rtp', id: 'out', kind: 'audio', timestamp: 0, bytesSent: 0, packetsSent: 0, ...change }
}

function inbound(change: object = {}): object {
  return {
    type: 'inbound-rtp',
    id: 'in',
    kind: 'video',
    trackIdentifier: 'mediator-1-v0',
    timestamp: 0,
    bytesReceived: 0,
    packetsReceived: 0,
    packetsLost: 0,
    freezeCount: 0,
    ...change,
  }
}

describe('QualityMeter', () => {
  it('reports nothing before it can compare', () => {
    expect(new QualityMeter().measure([outbound(), inbound()])).toEqual([])
  })

  it('measures what goes up by what the bridge tells of it', () => {
    const meter = new QualityMeter()
    meter.measure([outbound()])

    const report = meter.measure([
      outbound({ timestamp: 5_000, bytesSent: 20_000, packetsSent: 250 }),
      { type: 'remote-inbound-rtp', id: 'r', localId: 'out', roundTripTime: 0.048, jitter: 0.004, fractionLost: 0.02 },
    ])

    expect(report).toEqual([{ direction: 'up', kind: 'audio', bitrateKbps: 32, rttMs: 48, jitterMs: 4, lossPermille: 20 }])
  })

  it('takes the loss of its own line from the camera', () => {
    const meter = new QualityMeter()
    meter.measure([outbound()])

    const [microphone] = meter.measure([
      outbound({ timestamp: 5_000, packetsSent: 250 }),
      { type: 'remote-inbound-rtp', id: 'r', kind: 'audio', localId: 'out', jitter: 0.004, fractionLost: 0.1 },
      { type: 'remote-inbound-rtp', id: 's', kind: 'video', localId: 'camera', jitter: 0.03, fractionLost: 0.01 },
    ])

    expect(microphone).toMatchObject({ kind: 'audio', lossPermille: 10, jitterMs: 4 })
  })

  it('measures what comes down since the last time', () => {
    const meter = new QualityMeter()
    meter.measure([inbound({ packetsLost: 7, freezeCount: 1 })])

    const report = meter.measure([
      inbound({ timestamp: 5_000, bytesReceived: 400_000, packetsReceived: 90, packetsLost: 17, freezeCount: 3, jitter: 0.012, frameWidth: 640, frameHeight: 360 }),
      { type: 'candidate-pair', id: 'p', nominated: true, currentRoundTripTime: 0.25 },
    ])

    expect(report).toEqual([
      {
        direction: 'down',
        kind: 'video',
        source: 'mediator-1-v0',
        bitrateKbps: 640,
        rttMs: 250,
        jitterMs: 12,
        lossPermille: 100,
        width: 640,
        height: 360,
        freezes: 2,
      },
    ])
  })

  it('is silent on sources that do not flow', () => {
    const meter = new QualityMeter()
    meter.measure([inbound()])

    expect(meter.measure([inbound({ timestamp: 5_000 })])).toEqual([])
  })

  it('leaves out a track whose name the room would not take', () => {
    const meter = new QualityMeter()
    meter.measure([inbound({ trackIdentifier: '{a b}' })])

    const [source] = meter.measure([inbound({ trackIdentifier: '{a b}', timestamp: 5_000, packetsReceived: 1 })])

    expect(source).not.toHaveProperty('source')
  })

  it('reports no more than the room takes', () => {
    const meter = new QualityMeter()
    const many = (packetsReceived: number) => Array.from({ length: 20 }, (_, n) => inbound({ id: `in${n}`, packetsReceived }))
    meter.measure(many(0))

    expect(meter.measure(many(1))).toHaveLength(16)
  })
})
