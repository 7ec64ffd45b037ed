import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue'

import type { ClipDraft, FilmDraft } from '@/core/rest-client'
import type { Problem, Result } from '@/core/result'
import { type Film, isUnfinished } from '@/protocol/film'
import { useServices } from '@/services'

export interface UseFilmsReturn {
  readonly films: Readonly<ShallowRef<readonly Film[] | null>>
  readonly problem: Readonly<ShallowRef<Problem | null>>
  readonly busy: Readonly<ShallowRef<boolean>>
  readonly make: (draft: FilmDraft) => Promise<boolean>
  readonly cut: (film: Film, draft: ClipDraft) => Promise<boolean>
  readonly decide: (film: Film, approved: boolean) => Promise<boolean>
  readonly cancel: (film: Film) => Promise<boolean>
}

const POLL_MS = 2_000

/** The films of a session, looked at again and again while somebody looks and one of them is unfinished. */
export function useFilms(sessionId: string, shown: () => boolean): UseFilmsReturn {
  const { rest, scheduler } = useServices()
  const films = shallowRef<readonly Film[] | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const busy = shallowRef(false)
  let cancelPoll: () => void = () => undefined

  async function load(): Promise<void> {
    cancelPoll()
    const answer = await rest.films(sessionId)
    if (answer.ok) films.value = answer.value.exports
    else problem.value = answer.problem
    const unfinished = films.value?.some(isUnfinished) ?? false
    if (shown() && unfinished) cancelPoll = scheduler.after(POLL_MS, () => void load())
  }

  async function act(ask: () => Promise<Result<Film>>): Promise<boolean> {
    busy.value = true
    problem.value = null
    const answer = await ask()
    busy.value = false
    if (!answer.ok) problem.value = answer.problem
    await load()
    return answer.ok
  }

  watch(
    shown,
    (now) => {
      if (now) void load()
      else cancelPoll()
    },
    { immediate: true },
  )
  onScopeDispose(() => cancelPoll())

  return {
    films,
    problem,
    busy,
    make: (draft) => act(() => rest.makeFilm(sessionId, draft)),
    cut: (film, draft) => act(() => rest.askForClip(sessionId, film.exportId, draft)),
    decide: (film, approved) => act(() => rest.decideOnClip(sessionId, film.exportId, approved)),
    cancel: (film) => act(() => rest.cancelFilm(sessionId, film.exportId)),
  }
}
