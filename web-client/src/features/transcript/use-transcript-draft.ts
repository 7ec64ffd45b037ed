import { type Ref, ref, shallowRef, type ShallowRef, watch } from 'vue'

import { DecodeError, fromJson, listOf, maybe, number, object, text } from '@/protocol/decode'
import { useServices } from '@/services'

const pendingLine = object({ key: text, speaker: maybe(text), text, begunAt: number })
/** A line that was sent and that the room has not shown yet. */
export type PendingLine = ReturnType<typeof pendingLine>

const stored = object({ text, speaker: maybe(text), begunAt: maybe(number), pending: listOf(pendingLine, 1_000) })

export interface UseTranscriptDraftReturn {
  readonly text: Ref<string>
  /** Null is a note about the session. */
  readonly speaker: ShallowRef<string | null>
  readonly pending: Readonly<ShallowRef<readonly PendingLine[]>>
  /** Ends the line; null when there is nothing in it. */
  readonly finish: () => PendingLine | null
  /** The room shows these keys: they wait no longer. */
  readonly arrived: (keys: ReadonlySet<string>) => void
  /** Puts a line that did not arrive back under the pen. */
  readonly takeBack: (key: string) => void
}

/** What the mediator is writing in a room; a caucus has its own. It is kept for this tab, so that neither a refresh nor a lost line costs a word. */
export function useTranscriptDraft(roomId: string): UseTranscriptDraftReturn {
  const { window, scheduler } = useServices()
  const storageKey = `heyi.transcript.${roomId}`
  const begun = recall(window.sessionStorage.getItem(storageKey))
  const line = ref(begun?.text ?? '')
  const speaker = shallowRef<string | null>(begun?.speaker ?? null)
  const begunAt = shallowRef(begun?.begunAt ?? null)
  const pending = shallowRef<readonly PendingLine[]>(begun?.pending ?? [])

  watch(line, (now, before) => {
    if (before.trim() === '' && now.trim() !== '') begunAt.value = scheduler.now()
  })
  watch([line, speaker, pending], () => {
    const draft = { text: line.value, speaker: speaker.value, begunAt: begunAt.value, pending: pending.value }
    window.sessionStorage.setItem(storageKey, JSON.stringify(draft))
  })

  return {
    text: line,
    speaker,
    pending,
    finish: () => {
      const words = oneLine(line.value)
      if (words === '') return null
      const finished: PendingLine = {
        key: crypto.randomUUID(),
        text: words,
        begunAt: begunAt.value ?? scheduler.now(),
        ...(speaker.value === null ? {} : { speaker: speaker.value }),
      }
      pending.value = [...pending.value, finished]
      line.value = ''
      begunAt.value = null
      return finished
    },
    arrived: (keys) => {
      const waiting = pending.value.filter(({ key }) => !keys.has(key))
      if (waiting.length < pending.value.length) pending.value = waiting
    },
    takeBack: (key) => {
      const back = pending.value.find((each) => each.key === key)
      if (back === undefined) return
      pending.value = pending.value.filter((each) => each !== back)
      line.value = line.value.trim() === '' ? back.text : `${back.text} ${line.value}`
      speaker.value = back.speaker ?? null
      begunAt.value = back.begunAt
    },
  }
}

/** A pasted text of several lines becomes one; other control characters go. */
export function oneLine(words: string): string {
  return words.replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim()
}

function recall(json: string | null): ReturnType<typeof stored> | null {
  if (json === null) return null
  try {
    return fromJson(stored, json)
  } catch (failure) {
    if (!(failure instanceof DecodeError)) throw failure
    return null
  }
}
