import { onMounted, onScopeDispose, type ShallowRef, shallowRef } from 'vue'

import type { BridgeCommand } from '@/core/rest-client'
import type { Problem } from '@/core/result'
import type { Bridge } from '@/protocol/rest'
import { useServices } from '@/services'

/** Bridges are checked every few seconds; a page that asks as often shows each change once. */
const REFRESH_MS = 5_000

export interface UseBridgesReturn {
  /** Null before the first answer. */
  readonly bridges: Readonly<ShallowRef<readonly Bridge[] | null>>
  /** Why the last refresh brought nothing; the bridges shown are older then. */
  readonly problem: Readonly<ShallowRef<Problem | null>>
  /** Why the last command was refused. */
  readonly refusal: Readonly<ShallowRef<Problem | null>>
  /** Rooms that the last evacuation moves. */
  readonly moved: Readonly<ShallowRef<number | null>>
  readonly load: () => Promise<void>
  readonly command: (bridgeId: string, command: BridgeCommand) => Promise<void>
}

/** The bridge pool, refreshed by itself while the page is looked at. */
export function useBridges(): UseBridgesReturn {
  const { rest, scheduler, window } = useServices()
  const bridges = shallowRef<readonly Bridge[] | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const refusal = shallowRef<Problem | null>(null)
  const moved = shallowRef<number | null>(null)

  async function load(): Promise<void> {
    const answer = await rest.bridges()
    problem.value = answer.ok ? null : answer.problem
    if (answer.ok) bridges.value = answer.value
  }

  async function command(bridgeId: string, wanted: BridgeCommand): Promise<void> {
    refusal.value = null
    moved.value = null
    if (wanted === 'evacuate') {
      const answer = await rest.evacuateBridge(bridgeId)
      if (answer.ok) moved.value = answer.value.rooms
      else refusal.value = answer.problem
    } else {
      const answer = await rest.drainBridge(bridgeId, wanted)
      if (!answer.ok) refusal.value = answer.problem
    }
    await load()
  }

  onMounted(load)
  onScopeDispose(
    scheduler.every(REFRESH_MS, () => {
      if (window.document.visibilityState === 'visible') void load()
    }),
  )
  return { bridges, problem, refusal, moved, load, command }
}
