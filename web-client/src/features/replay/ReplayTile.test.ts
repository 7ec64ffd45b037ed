import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'

import type { ReplayTrack } from '@/protocol/rest'
import { mountWith } from '../../../test/mount-with'

import ReplayTile from './ReplayTile.vue'

const track = (kind: ReplayTrack['kind']): ReplayTrack => ({ trackId: `p-${kind}`, kind, url: `/${kind}`, offsetMs: 0, durationMs: 20_000 })
const seat = { seatId: 'party-1', name: '张某', tracks: [track('audio'), track('video')] }
const hole = (kind: string) => ({ seatId: 'party-1', kind, fromMs: 4_000, toMs: 8_000, cause: 'network' })

describe('a hole in what can be played', () => {
  function tile(positionMs: number) {
    return mountWith(ReplayTile, { props: { seat, gaps: [hole('video'), hole('audio')], positionMs, unheard: false, viewer: '审计员', begun: true, playing: false } })
  }

  it('is black and says why, and the picture before it is not left standing', () => {
    const shown = tile(5_000)

    expect(shown.get('[data-testid="replay-hole"]').text()).toContain('网络中断')
    expect(shown.get('video').classes()).toContain('idle')
  })

  it('is silent', async () => {
    const [within, after] = [tile(5_000), tile(9_000)]
    await nextTick()

    expect(within.get('audio').element).toHaveProperty('muted', true)
    expect(after.get('audio').element).toHaveProperty('muted', false)
  })

  it('ends with the next picture', () => {
    const shown = tile(8_000)

    expect(shown.find('[data-testid="replay-hole"]').exists()).toBe(false)
    expect(shown.get('video').classes()).not.toContain('idle')
  })
})
