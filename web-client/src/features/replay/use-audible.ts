import { computed, type ComputedRef, shallowRef, type ShallowRef } from 'vue'

export interface UseAudibleReturn {
  /** Seats that are not heard now. */
  readonly unheard: ComputedRef<ReadonlySet<string>>
  readonly solo: Readonly<ShallowRef<string | null>>
  readonly isMuted: (seatId: string) => boolean
  readonly toggleMute: (seatId: string) => void
  /** Hears this seat alone; again: everybody who is not muted. */
  readonly toggleSolo: (seatId: string) => void
}

/** Who of the recorded people is heard in the replay. */
export function useAudible(seatIds: () => readonly string[]): UseAudibleReturn {
  const muted = shallowRef<ReadonlySet<string>>(new Set())
  const solo = shallowRef<string | null>(null)
  return {
    unheard: computed(() => (solo.value === null ? muted.value : new Set(seatIds().filter((seatId) => seatId !== solo.value)))),
    solo,
    isMuted: (seatId) => muted.value.has(seatId),
    toggleMute: (seatId) => {
      const next = new Set(muted.value)
      if (!next.delete(seatId)) next.add(seatId)
      muted.value = next
    },
    toggleSolo: (seatId) => {
      solo.value = solo.value === seatId ? null : seatId
    },
  }
}
