import { onMounted, onScopeDispose, watch } from 'vue'

import { useServices } from '@/services'

export interface UseShownTilesOptions {
  readonly grid: () => HTMLElement | null
  /** Changes whenever tiles come or go. */
  readonly tiles: () => unknown
  /** Lines on the screen by seat id. */
  readonly onShown: (lines: ReadonlyMap<string, number>) => void
}

/** A tile that grows by a few lines asks for nothing new. */
const STEP_LINES = 90
const MAX_LINES = 2_160

/** Tells how large which tiles are on the screen: none while the page is in the background. */
export function useShownTiles({ grid, tiles, onShown }: UseShownTilesOptions): void {
  const { window } = useServices()
  const visible = new Map<Element, boolean>()
  const intersections = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) visible.set(target, isIntersecting)
    tell()
  })
  const sizes = new ResizeObserver(() => tell())

  function tell(): void {
    // Nothing was measured yet: silence leaves every video flowing.
    if (visible.size === 0) return
    const lines = new Map<string, number>()
    const background = window.document.visibilityState === 'hidden'
    for (const [tile, onScreen] of visible) {
      const seatId = tile instanceof HTMLElement ? tile.dataset['seatId'] : undefined
      if (seatId === undefined) continue
      const pixels = tile.getBoundingClientRect().height * window.devicePixelRatio
      lines.set(seatId, background || !onScreen ? 0 : Math.min(Math.ceil(pixels / STEP_LINES) * STEP_LINES, MAX_LINES))
    }
    onShown(lines)
  }

  function observe(): void {
    intersections.disconnect()
    sizes.disconnect()
    visible.clear()
    for (const tile of grid()?.querySelectorAll('[data-seat-id]') ?? []) {
      intersections.observe(tile)
      sizes.observe(tile)
    }
  }

  onMounted(observe)
  watch(tiles, observe, { flush: 'post' })
  window.document.addEventListener('visibilitychange', tell)
  onScopeDispose(() => {
    window.document.removeEventListener('visibilitychange', tell)
    intersections.disconnect()
    sizes.disconnect()
  })
}
