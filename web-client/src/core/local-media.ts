import type { MediaKind } from '@/protocol/room-view'

import type { Cancel, Scheduler } from './scheduler'

/** Why a camera or microphone gives nothing. Each is one sentence and one action for the person. */
export type DeviceTrouble = 'denied' | 'missing' | 'in-use' | 'insecure' | 'unsupported' | 'ended' | 'interrupted' | 'unknown'

export interface LocalDevice {
  readonly track: MediaStreamTrack | null
  /** The person wants it off; a microphone that is muted keeps its (silent) track. */
  readonly muted: boolean
  readonly trouble: DeviceTrouble | null
}

export interface LocalMediaState {
  readonly audio: LocalDevice
  readonly video: LocalDevice
  readonly asking: boolean
}

export interface LocalMediaOptions {
  readonly mediaDevices: Pick<MediaDevices, 'getUserMedia'> | undefined
  readonly isSecureContext: boolean
  readonly scheduler: Scheduler
  readonly onChange: (state: LocalMediaState) => void
  /** A track came, went or was exchanged: put it on the wire. */
  readonly onTrack: (kind: MediaKind) => void
}

const CONSTRAINTS: Readonly<Record<MediaKind, MediaTrackConstraints>> = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  // 360 lines are what a phone's uplink carries and a tile shows; 24 frames spare the battery.
  video: { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 24, max: 30 }, facingMode: 'user' },
}

/** Browsers mute a track for a moment when they change devices; longer is a telephone call or another program. */
const MUTE_PATIENCE_MS = 1_500

/** A device that stopped by itself is tried again after so long, the last pause again and again: calls take minutes. */
const RETURN_LADDER_MS = [1_000, 2_000, 4_000, 8_000]

const NOTHING: LocalDevice = { track: null, muted: false, trouble: null }

/** The camera and microphone of this page; either may be missing, refused or switched off without losing the seat. */
export class LocalMedia {
  private current: LocalMediaState = { audio: NOTHING, video: NOTHING, asking: false }
  private disposed = false
  private readonly returns: Record<MediaKind, Cancel | null> = { audio: null, video: null }

  constructor(private readonly options: LocalMediaOptions) {}

  get state(): LocalMediaState {
    return this.current
  }

  /**
   * Asks for what is missing and wanted. Both at once, so that the person sees one question; when that fails, each
   * alone, so that a missing camera does not cost the microphone.
   */
  async request(kinds: readonly MediaKind[] = ['audio', 'video']): Promise<void> {
    const wanted = kinds.filter((kind) => this.current[kind].track === null)
    if (wanted.length === 0 || this.current.asking) return
    this.update({ asking: true })
    const outcome = await this.acquire(wanted)
    if (outcome !== null && wanted.length > 1) {
      for (const kind of wanted) await this.acquire([kind])
    }
    this.update({ asking: false })
  }

  async setMuted(kind: MediaKind, muted: boolean): Promise<void> {
    this.updateDevice(kind, { muted })
    const { track } = this.current[kind]
    if (kind === 'audio') {
      if (track !== null) track.enabled = !muted
      else if (!muted) await this.request(['audio'])
      return
    }
    if (muted) this.releaseVideo()
    else await this.request(['video'])
  }

  /** Exchanges a microphone or camera that fell silent, e.g. after a telephone call on iOS. */
  async renew(kind: MediaKind): Promise<void> {
    if (this.current[kind].muted && kind === 'video') return
    const old = this.current[kind].track
    this.updateDevice(kind, { track: null })
    old?.stop()
    await this.request([kind])
  }

  /** Camera and microphone off and free for other pages; `request()` brings them back. */
  release(): void {
    for (const kind of ['audio', 'video'] as const) {
      this.returns[kind]?.()
      this.current[kind].track?.stop()
      this.updateDevice(kind, { track: null })
    }
  }

  dispose(): void {
    this.disposed = true
    this.release()
  }

  /** Null when every wanted kind was given. */
  private async acquire(kinds: readonly MediaKind[]): Promise<DeviceTrouble | null> {
    const { mediaDevices, isSecureContext } = this.options
    if (mediaDevices === undefined) return this.note(kinds, isSecureContext ? 'unsupported' : 'insecure')
    try {
      const constraints: MediaStreamConstraints = {}
      for (const kind of kinds) constraints[kind] = CONSTRAINTS[kind]
      const stream = await mediaDevices.getUserMedia(constraints)
      for (const track of stream.getTracks()) this.adopt(track)
      return null
    } catch (failure) {
      return this.note(kinds, troubleOf(failure))
    }
  }

  private adopt(track: MediaStreamTrack): void {
    const kind: MediaKind = track.kind === 'audio' ? 'audio' : 'video'
    if (this.disposed || (kind === 'video' && this.current.video.muted)) {
      track.stop()
      return
    }
    if (kind === 'audio') track.enabled = !this.current.audio.muted
    track.onended = () => {
      if (this.current[kind].track !== track) return
      this.updateDevice(kind, { track: null, trouble: 'ended' })
      this.options.onTrack(kind)
      this.bringBack(kind, 0)
    }
    track.onmute = () => {
      this.options.scheduler.after(MUTE_PATIENCE_MS, () => {
        if (this.current[kind].track !== track || !track.muted) return
        this.updateDevice(kind, { trouble: 'interrupted' })
        this.options.onTrack(kind)
      })
    }
    track.onunmute = () => {
      const { track: present, trouble } = this.current[kind]
      if (present !== track || trouble !== 'interrupted') return
      this.updateDevice(kind, { trouble: null })
      this.options.onTrack(kind)
    }
    this.updateDevice(kind, { track, trouble: null })
    this.options.onTrack(kind)
  }

  /** A telephone call takes the camera for as long as it lasts: nobody should have to remember to bring it back. */
  private bringBack(kind: MediaKind, attempt: number): void {
    const pause = RETURN_LADDER_MS[Math.min(attempt, RETURN_LADDER_MS.length - 1)] ?? 0
    this.returns[kind]?.()
    this.returns[kind] = this.options.scheduler.after(pause, () => {
      const gone = () => !this.disposed && this.current[kind].track === null && !(kind === 'video' && this.current.video.muted)
      if (!gone()) return
      void this.request([kind]).then(() => {
        if (gone()) this.bringBack(kind, attempt + 1)
      })
    })
  }

  private releaseVideo(): void {
    const { track } = this.current.video
    if (track === null) return
    // Stopped, not only disabled: the camera's light goes out, and the person can trust it.
    track.stop()
    this.updateDevice('video', { track: null })
    this.options.onTrack('video')
  }

  private note(kinds: readonly MediaKind[], trouble: DeviceTrouble): DeviceTrouble {
    for (const kind of kinds) this.updateDevice(kind, { trouble })
    return trouble
  }

  private updateDevice(kind: MediaKind, change: Partial<LocalDevice>): void {
    this.update({ [kind]: { ...this.current[kind], ...change } })
  }

  private update(change: Partial<LocalMediaState>): void {
    this.current = { ...this.current, ...change }
    this.options.onChange(this.current)
  }
}

function troubleOf(failure: unknown): DeviceTrouble {
  const name = failure instanceof Error || failure instanceof DOMException ? failure.name : ''
  switch (name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
      return 'denied'
    case 'SecurityError':
      return 'insecure'
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'missing'
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'in-use'
    default:
      return 'unknown'
  }
}
