import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue'

import type { DocumentText } from '@/protocol/rest'
import { useServices } from '@/services'

export type AgreementText =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly code: string }
  | { readonly state: 'ready'; readonly text: DocumentText }

export interface UseAgreementOptions {
  readonly documentId: () => string
  readonly seatToken: () => string | undefined
}

export interface UseAgreementReturn {
  readonly text: Readonly<ShallowRef<AgreementText>>
  /** Object URLs of the pages fetched so far, in order. */
  readonly pages: Readonly<ShallowRef<readonly string[]>>
  readonly pagesDone: Readonly<ShallowRef<boolean>>
  readonly reload: () => Promise<void>
  readonly loadPages: () => Promise<void>
}

/** Enough for a phone at 2 × density and for the desktop column. */
const PAGE_WIDTH_PX = 1_080
/** An agreement is one or two pages; more than this is not fetched on a phone. */
const MAX_PAGES = 20

/** The words of an agreement, and its pages as pictures when asked for. */
export function useAgreement({ documentId, seatToken }: UseAgreementOptions): UseAgreementReturn {
  const { rest } = useServices()
  const text = shallowRef<AgreementText>({ state: 'loading' })
  const pages = shallowRef<readonly string[]>([])
  const pagesDone = shallowRef(false)
  let pagesOf = ''

  async function reload(): Promise<void> {
    const id = documentId()
    text.value = { state: 'loading' }
    const answer = await rest.documentText(id, seatToken())
    if (id !== documentId()) return
    text.value = answer.ok
      ? { state: 'ready', text: answer.value }
      : { state: 'failed', code: answer.problem.slug }
  }

  function dropPages(): void {
    for (const url of pages.value) URL.revokeObjectURL(url)
    pages.value = []
    pagesDone.value = false
    pagesOf = ''
  }

  /** Pages come one after the other; where the server did not count them, the first refusal is the end. */
  async function loadPages(): Promise<void> {
    const id = documentId()
    if (pagesOf === id) return
    dropPages()
    pagesOf = id
    const count = text.value.state === 'ready' ? text.value.text.pages : undefined
    for (let page = 1; page <= Math.min(count ?? MAX_PAGES, MAX_PAGES); page++) {
      const answer = await rest.documentPage(id, page, PAGE_WIDTH_PX, seatToken())
      if (pagesOf !== id) return
      if (!answer.ok) break
      pages.value = [...pages.value, URL.createObjectURL(answer.value)]
    }
    pagesDone.value = true
  }

  watch(
    documentId,
    () => {
      dropPages()
      void reload()
    },
    { immediate: true },
  )
  onScopeDispose(dropPages)
  return { text, pages, pagesDone, reload, loadPages }
}
