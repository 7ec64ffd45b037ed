import { onMounted, onScopeDispose, type ShallowRef, shallowRef } from 'vue'

import type { Problem, Result } from '@/core/result'
import { type Custody, isUnderWay } from '@/protocol/custody'
import { useServices } from '@/services'

export interface UseCustodyReturn {
  /** Null before the first answer. */
  readonly custody: Readonly<ShallowRef<Custody | null>>
  readonly problem: Readonly<ShallowRef<Problem | null>>
  readonly busy: Readonly<ShallowRef<boolean>>
  readonly place: (reason: string) => Promise<boolean>
  readonly lift: (holdId: string, reason: string) => Promise<boolean>
  readonly request: (sessionId: string, reason: string) => Promise<boolean>
  readonly decide: (sessionId: string, approved: boolean) => Promise<boolean>
}

const POLL_MS = 2_000

/** The custody of a case, looked at again while a disposal is carried out. */
export function useCustody(caseId: string): UseCustodyReturn {
  const { rest, scheduler } = useServices()
  const custody = shallowRef<Custody | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const busy = shallowRef(false)
  let cancelPoll: () => void = () => undefined

  function show(answer: Result<Custody>): boolean {
    cancelPoll()
    if (answer.ok) custody.value = answer.value
    else problem.value = answer.problem
    if (custody.value?.sessions.some(isUnderWay) === true) {
      cancelPoll = scheduler.after(POLL_MS, () => void load())
    }
    return answer.ok
  }

  async function load(): Promise<void> {
    show(await rest.custody(caseId))
  }

  async function act(ask: () => Promise<Result<Custody>>): Promise<boolean> {
    busy.value = true
    problem.value = null
    const done = show(await ask())
    busy.value = false
    // What was refused was refused for a reason that this page did not know.
    if (!done) await load()
    return done
  }

  onMounted(load)
  onScopeDispose(() => cancelPoll())

  return {
    custody,
    problem,
    busy,
    place: (reason) => act(() => rest.placeHold(caseId, reason)),
    lift: (holdId, reason) => act(() => rest.liftHold(caseId, holdId, reason)),
    request: (sessionId, reason) => act(() => rest.requestDisposal(sessionId, reason)),
    decide: (sessionId, approved) => act(() => rest.decideDisposal(sessionId, approved)),
  }
}
