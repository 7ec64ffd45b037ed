import { onMounted, onScopeDispose, type ShallowRef, shallowRef } from 'vue'

import type { Problem, Result } from '@/core/result'
import type { Unsealings } from '@/protocol/sealed'
import { useServices } from '@/services'

export interface UseUnsealingsReturn {
  /** Null before the first answer. */
  readonly unsealings: Readonly<ShallowRef<Unsealings | null>>
  readonly problem: Readonly<ShallowRef<Problem | null>>
  readonly busy: Readonly<ShallowRef<boolean>>
  /** Wall clock, often enough for a time that is counted in minutes. */
  readonly now: Readonly<ShallowRef<number>>
  readonly load: () => Promise<void>
  readonly request: (reason: string, hours: number) => Promise<void>
  readonly decide: (orderId: string, approved: boolean) => Promise<void>
  readonly revoke: (orderId: string) => Promise<void>
}

/** The other person decides on another machine, and time passes. */
const LOOK_EVERY_MS = 15_000

/** The orders to open what a session's caucuses left, looked at again and again. */
export function useUnsealings(sessionId: string, leave: (problem: Problem) => boolean): UseUnsealingsReturn {
  const { rest, scheduler } = useServices()
  const unsealings = shallowRef<Unsealings | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const busy = shallowRef(false)
  const now = shallowRef(Date.now())

  function show(answer: Result<Unsealings>): boolean {
    now.value = Date.now()
    if (answer.ok) unsealings.value = answer.value
    else if (!leave(answer.problem)) problem.value = answer.problem
    return answer.ok
  }

  async function load(): Promise<void> {
    show(await rest.unsealings(sessionId))
  }

  async function act(ask: () => Promise<Result<Unsealings>>): Promise<void> {
    busy.value = true
    problem.value = null
    const done = show(await ask())
    busy.value = false
    // What was refused was refused for a reason that this page did not know.
    if (!done) await load()
  }

  onMounted(load)
  onScopeDispose(scheduler.every(LOOK_EVERY_MS, () => void load()))

  return {
    unsealings,
    problem,
    busy,
    now,
    load,
    request: (reason, hours) => act(() => rest.requestUnsealing(sessionId, reason, hours)),
    decide: (orderId, approved) => act(() => rest.decideUnsealing(sessionId, orderId, approved)),
    revoke: (orderId) => act(() => rest.revokeUnsealing(sessionId, orderId)),
  }
}
