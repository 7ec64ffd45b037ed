import { describe, expect, it } from 'vitest'

import { FakeTrack } from '../../test/fake-peer'
import { ManualScheduler } from '../../test/manual-scheduler'
import { settle } from '../../test/settle'
import { LocalMedia } from './local-media'

function failure(name: string): Error {
  return Object.assign(new Error(name), { name })
}

/** Devices that answer each question as told; `asked` remembers the questions. */
function devices(answer: (wanted: MediaStreamConstraints) => Error | null) {
  const asked: string[] = []
  return {
    asked,
    getUserMedia: (wanted: MediaStreamConstraints = {}) => {
      const kinds = (['audio', 'video'] as const).filter((kind) => wanted[kind])
      asked.push(kinds.join('+'))
      const refusal = answer(wanted)
      if (refusal !== null) return Promise.reject(refusal)
      return Promise.resolve({ getTracks: () => kinds.map((kind) => new FakeTrack(kind)) } as unknown as MediaStream)
    },
  }
}

function local(mediaDevices: ReturnType<typeof devices> | undefined, isSecureContext = true, scheduler = new ManualScheduler()): LocalMedia {
  return new LocalMedia({ mediaDevices, isSecureContext, scheduler, onChange: () => undefined, onTrack: () => undefined })
}

describe('LocalMedia', () => {
  it('asks for both in one question', async () => {
    const all = devices(() => null)
    const media = local(all)
    await media.request()

    expect(all.asked).toEqual(['audio+video'])
    expect([media.state.audio.track?.kind, media.state.video.track?.kind]).toEqual(['audio', 'video'])
  })

  it('keeps the microphone when there is no camera', async () => {
    const media = local(devices(({ video }) => (video ? failure('NotFoundError') : null)))
    await media.request()

    expect(media.state.audio).toMatchObject({ trouble: null })
    expect(media.state.audio.track).not.toBeNull()
    expect(media.state.video).toMatchObject({ track: null, trouble: 'missing' })
  })

  it.each([
    ['NotAllowedError', 'denied'],
    ['NotReadableError', 'in-use'],
    ['OverconstrainedError', 'missing'],
    ['SomethingNew', 'unknown'],
  ])('%s is told as %s', async (name, trouble) => {
    const media = local(devices(() => failure(name)))
    await media.request()

    expect([media.state.audio.trouble, media.state.video.trouble]).toEqual([trouble, trouble])
    expect(media.state.asking).toBe(false)
  })

  it('tells an insecure page from an old browser', async () => {
    const insecure = local(undefined, false)
    const old = local(undefined, true)
    await Promise.all([insecure.request(), old.request()])

    expect([insecure.state.video.trouble, old.state.video.trouble]).toEqual(['insecure', 'unsupported'])
  })

  it('stays muted when the microphone comes after the wish to be silent', async () => {
    const media = local(devices(() => null))
    await media.setMuted('audio', true)
    await media.request()

    expect(media.state.audio.track?.enabled).toBe(false)
  })

  it('takes no picture while the camera is switched off', async () => {
    const media = local(devices(() => null))
    await media.setMuted('video', true)
    await media.request()

    expect(media.state.video.track).toBeNull()
  })

  it('notices a device that stopped, and brings it back when asked', async () => {
    const media = local(devices(() => null))
    await media.request()
    const track = media.state.audio.track as unknown as FakeTrack
    track.onended?.()
    expect(media.state.audio).toMatchObject({ track: null, trouble: 'ended' })

    await media.renew('audio')
    expect(media.state.audio).toMatchObject({ trouble: null })
  })

  it('notices a telephone call that takes the microphone, and its end', async () => {
    const scheduler = new ManualScheduler()
    const media = local(devices(() => null), true, scheduler)
    await media.request()
    const track = media.state.audio.track as unknown as FakeTrack
    track.muted = true
    track.onmute?.()
    scheduler.elapse(1_499)
    expect(media.state.audio.trouble).toBeNull()
    scheduler.elapse(1)
    expect(media.state.audio).toMatchObject({ trouble: 'interrupted' })

    track.muted = false
    track.onunmute?.()

    expect(media.state.audio.trouble).toBeNull()
  })

  it('says nothing of a blink', async () => {
    const scheduler = new ManualScheduler()
    const media = local(devices(() => null), true, scheduler)
    await media.request()
    const track = media.state.video.track as unknown as FakeTrack
    track.muted = true
    track.onmute?.()
    track.muted = false
    track.onunmute?.()
    scheduler.elapse(5_000)

    expect(media.state.video.trouble).toBeNull()
  })

  it('brings a camera back by itself when the telephone call is over', async () => {
    const scheduler = new ManualScheduler()
    let calling = false
    const phone = devices(() => (calling ? failure('NotReadableError') : null))
    const media = local(phone, true, scheduler)
    await media.request()
    const track = media.state.video.track as unknown as FakeTrack

    calling = true
    track.onended?.()
    expect(media.state.video).toMatchObject({ track: null, trouble: 'ended' })
    for (let second = 0; second < 10; second++) {
      scheduler.elapse(1_000)
      await settle()
    }
    expect(media.state.video).toMatchObject({ track: null, trouble: 'in-use' })

    calling = false
    scheduler.elapse(8_000)
    await settle()

    expect(media.state.video.track?.kind).toBe('video')
    expect(media.state.video.trouble).toBeNull()
  })

  it('leaves a camera alone that was switched off or let go after it stopped', async () => {
    const scheduler = new ManualScheduler()
    const all = devices(() => null)
    const media = local(all, true, scheduler)
    await media.request()
    ;(media.state.video.track as unknown as FakeTrack).onended?.()
    await media.setMuted('video', true)
    ;(media.state.audio.track as unknown as FakeTrack).onended?.()
    media.release()

    scheduler.elapse(60_000)
    await settle()

    expect(all.asked).toEqual(['audio+video'])
  })
})
