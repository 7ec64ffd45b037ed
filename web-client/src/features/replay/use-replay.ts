import { onScopeDispose, type ShallowRef, shallowRef } from 'vue'

import { ReplayClock, type ReplaySpan, type ReplayState } from '@/core/replay-clock'
import type { ReplayTrack } from '@/protocol/rest'
import { useServices } from '@/services'

/** Speeds on offer; browsers keep the pitch. */
export const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2, 3] as const

export interface UseReplayReturn {
  readonly state: Readonly<ShallowRef<ReplayState>>
  readonly clock: ReplayClock
  readonly attach: (track: ReplayTrack, element: HTMLMediaElement) => void
  readonly detach: (trackId: string) => void
  readonly toggle: () => void
  /** Moves by this much from where the replay stands. */
  readonly skip: (byMs: number) => void
  /** To the next faster or slower speed. */
  readonly changeRate: (step: 1 | -1) => void
}

/** One clock over all tracks of a session, as long as the component lives. */
export function useReplay(durationMs: number, holesOf: (track: ReplayTrack) => readonly ReplaySpan[]): UseReplayReturn {
  const { scheduler } = useServices()
  const state = shallowRef<ReplayState>({ mode: 'paused', positionMs: 0, rate: 1 })
  const clock = new ReplayClock(durationMs, scheduler, (next) => {
    state.value = next
  })
  onScopeDispose(() => clock.dispose())
  return {
    state,
    clock,
    attach: (track, media) =>
      clock.attach(track.trackId, {
        media,
        offsetMs: track.offsetMs,
        durationMs: track.durationMs,
        holes: () => holesOf(track),
      }),
    detach: (trackId) => clock.detach(trackId),
    toggle: () => {
      if (state.value.mode === 'paused') clock.play()
      else clock.pause()
    },
    skip: (byMs) => clock.seek(clock.positionMs + byMs),
    changeRate: (step) => {
      const next = RATES[RATES.findIndex((rate) => rate === state.value.rate) + step]
      if (next !== undefined) clock.setRate(next)
    },
  }
}

/** Tracks may end after the recorded duration by a frame or two. */
export function sessionDurationMs(declaredMs: number | undefined, tracks: readonly ReplayTrack[]): number {
  return Math.max(declaredMs ?? 0, ...tracks.map(({ offsetMs, durationMs }) => offsetMs + durationMs), 1)
}
