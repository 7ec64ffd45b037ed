import { onScopeDispose, type ShallowRef, shallowRef, watchEffect } from 'vue'

import { watchMicLevel } from '@/core/mic-level'
import { useServices } from '@/services'

/** A level this high is a voice, not the room. */
const VOICE_LEVEL = 0.12

export interface UseMicLevelReturn {
  /** 0 … 1. */
  readonly level: Readonly<ShallowRef<number>>
  /** True once a voice was heard on this track. */
  readonly heard: Readonly<ShallowRef<boolean>>
}

export function useMicLevel(track: () => MediaStreamTrack | null): UseMicLevelReturn {
  const { scheduler } = useServices()
  const level = shallowRef(0)
  const heard = shallowRef(false)
  let stop: () => void = () => undefined
  watchEffect(() => {
    stop()
    stop = () => undefined
    level.value = 0
    const current = track()
    if (current === null || typeof AudioContext === 'undefined') return
    stop = watchMicLevel({
      track: current,
      createContext: () => new AudioContext(),
      scheduler,
      onLevel: (next) => {
        level.value = next
        if (next >= VOICE_LEVEL) heard.value = true
      },
    })
  })
  onScopeDispose(() => stop())
  return { level, heard }
}
