import type { MediaKind } from '@/protocol/room-view'

export class FakeTrack {
  enabled = true
  muted = false
  readyState: 'live' | 'ended' = 'live'
  onended: (() => void) | null = null
  onmute: (() => void) | null = null
  onunmute: (() => void) | null = null

  constructor(readonly kind: MediaKind) {}

  stop(): void {
    this.readyState = 'ended'
  }

  getSettings(): MediaTrackSettings {
    return this.kind === 'video' ? { width: 640, height: 360 } : {}
  }
}

class FakeSender {
  track: FakeTrack | null = null
  parameters = { encodings: [{}] }
  private setting = false

  getParameters(): { encodings: object[] } {
    return structuredClone(this.parameters)
  }

  /** As a browser: what was read before something else was set is refused. */
  async setParameters(parameters: { encodings: object[] }): Promise<void> {
    if (this.setting) throw new DOMException('parameters have changed', 'InvalidStateError')
    this.setting = true
    await Promise.resolve()
    this.parameters = parameters
    this.setting = false
  }

  replaceTrack(track: FakeTrack | null): Promise<void> {
    this.track = track
    return Promise.resolve()
  }
}

class FakeTransceiver {
  direction = 'recvonly'
  readonly sender = new FakeSender()

  constructor(readonly mid: string) {}
}

/** A peer connection that agrees to everything: sections 0 and 1 go up, section 2 comes down. */
export class FakePeer {
  readonly transceivers: FakeTransceiver[] = []
  connectionState = 'new'
  closed = false
  localDescription: { sdp: string } | null = null
  ontrack: ((received: object) => void) | null = null
  onconnectionstatechange: (() => void) | null = null

  statistics = new Map<string, object>()

  getStats(): Promise<Map<string, object>> {
    return Promise.resolve(this.statistics)
  }

  constructor(readonly configuration: RTCConfiguration = {}) {}

  getTransceivers(): FakeTransceiver[] {
    return this.transceivers
  }

  setRemoteDescription(): Promise<void> {
    if (this.transceivers.length === 0) {
      for (const mid of ['0', '1', '2']) this.transceivers.push(new FakeTransceiver(mid))
    }
    return Promise.resolve()
  }

  createAnswer(): Promise<{ sdp: string }> {
    return Promise.resolve({ sdp: 'v=0 answer' })
  }

  setLocalDescription(description: { sdp: string }): Promise<void> {
    this.localDescription = description
    return Promise.resolve()
  }

  close(): void {
    this.closed = true
    this.connectionState = 'closed'
  }

  becomes(state: string): void {
    this.connectionState = state
    this.onconnectionstatechange?.()
  }

  receives(endpointId: string, kind: MediaKind): void {
    const track = new FakeTrack(kind)
    this.ontrack?.({ track, streams: [{ id: endpointId, onremovetrack: null, getTracks: () => [track], getVideoTracks: () => (kind === 'video' ? [{ id: `${endpointId}-v0` }] : []) }] })
  }
}
