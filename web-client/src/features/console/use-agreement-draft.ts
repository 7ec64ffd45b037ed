import { type ShallowRef, shallowRef } from 'vue'

import type { AgreementDraft } from '@/core/rest-client'
import { DecodeError, fromJson, listOf, object, text } from '@/protocol/decode'
import { useServices } from '@/services'

const stored = object({ title: text, clauses: listOf(text, 100) })
const MAX_CLAUSES = 40

export interface UseAgreementDraftReturn {
  readonly title: ShallowRef<string>
  readonly clauses: ShallowRef<readonly string[]>
  readonly setClause: (index: number, clause: string) => void
  readonly add: () => void
  readonly remove: (index: number) => void
  readonly save: () => void
  /** Null while there is nothing to make a document of. */
  readonly complete: () => AgreementDraft | null
}

/** The mediator's unsent words; kept for this tab, so that a refresh costs nothing. */
export function useAgreementDraft(sessionId: string, defaultTitle: string): UseAgreementDraftReturn {
  const { window } = useServices()
  const key = `heyi.draft.${sessionId}`
  const begun = recall(window.sessionStorage.getItem(key)) ?? { title: defaultTitle, clauses: ['', ''] }
  const title = shallowRef(begun.title)
  const clauses = shallowRef(begun.clauses)
  return {
    title,
    clauses,
    setClause: (index, clause) => {
      clauses.value = clauses.value.map((each, at) => (at === index ? clause : each))
    },
    add: () => {
      if (clauses.value.length < MAX_CLAUSES) clauses.value = [...clauses.value, '']
    },
    remove: (index) => {
      clauses.value = clauses.value.filter((_, at) => at !== index)
    },
    save: () => {
      window.sessionStorage.setItem(key, JSON.stringify({ title: title.value, clauses: clauses.value }))
    },
    complete: () => {
      const filled = clauses.value.map((clause) => clause.trim()).filter((clause) => clause !== '')
      const name = title.value.trim()
      return name === '' || filled.length === 0 ? null : { title: name, clauses: filled }
    },
  }
}

function recall(json: string | null): AgreementDraft | null {
  if (json === null) return null
  try {
    return fromJson(stored, json)
  } catch (failure) {
    if (!(failure instanceof DecodeError)) throw failure
    return null
  }
}
