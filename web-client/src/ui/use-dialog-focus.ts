import { nextTick, onScopeDispose, type ShallowRef, watch } from 'vue'

import { useServices } from '@/services'

const FOCUSABLE = 'button:not(:disabled), [href], input:not(:disabled), select, textarea, summary, [tabindex="0"]'

export interface UseDialogFocusOptions {
  readonly open: () => boolean
  readonly frame: Readonly<ShallowRef<HTMLElement | null>>
  readonly close: () => void
}

/** Keyboard manners of a dialog: focus goes in and stays in, Escape closes, focus returns to where it was. */
export function useDialogFocus({ open, frame, close }: UseDialogFocusOptions): void {
  const { window } = useServices()
  const { document } = window
  let before: Element | null = null

  function handleKey(press: KeyboardEvent): void {
    if (press.key === 'Escape') {
      press.stopPropagation()
      close()
    } else if (press.key === 'Tab') {
      keepInside(press)
    }
  }

  function keepInside(press: KeyboardEvent): void {
    const all = frame.value?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? []
    const first = all[0]
    const last = all[all.length - 1]
    if (first === undefined || last === undefined) return
    const outside = frame.value?.contains(document.activeElement) !== true
    if (press.shiftKey && (outside || document.activeElement === first)) {
      press.preventDefault()
      last.focus()
    } else if (!press.shiftKey && (outside || document.activeElement === last)) {
      press.preventDefault()
      first.focus()
    }
  }

  function release(): void {
    document.removeEventListener('keydown', handleKey, true)
    if (before instanceof HTMLElement && before.isConnected) before.focus()
    before = null
  }

  watch(
    open,
    async (isOpen, wasOpen) => {
      if (!isOpen) {
        if (wasOpen === true) release()
        return
      }
      before = document.activeElement
      document.addEventListener('keydown', handleKey, true)
      await nextTick()
      frame.value?.focus()
    },
    { immediate: true },
  )
  onScopeDispose(release)
}
