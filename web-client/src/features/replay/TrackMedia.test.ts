import { describe, expect, it } from 'vitest'

import type { ReplayTrack } from '@/protocol/rest'
import { mountWith } from '../../../test/mount-with'

import TrackMedia from './TrackMedia.vue'

describe('what a track of a paused replay fetches', () => {
  it.each(['video', 'audio'] as const)('%s: nothing ahead, but a seek in one go', async (kind) => {
    const track: ReplayTrack = { trackId: 'p-1', kind, url: '/p-1', offsetMs: 0, durationMs: 20_000 }
    const shown = mountWith(TrackMedia, { props: { track, muted: false, idle: false, begun: true, playing: false } })
    const media = shown.get(kind)
    const preload = () => media.attributes('preload')

    expect(preload()).toBe('auto')
    await media.trigger('canplay')
    expect(preload()).toBe('metadata')
    await media.trigger('seeking')
    expect(preload()).toBe('auto')
    await media.trigger('seeked')
    expect(preload()).toBe('metadata')
  })
})
