/** What a key asks of the replay. */
export type ReplayAction =
  | { readonly do: 'toggle' }
  | { readonly do: 'skip'; readonly byMs: number }
  | { readonly do: 'chapter'; readonly step: 1 | -1 }
  | { readonly do: 'rate'; readonly step: 1 | -1 }
  | { readonly do: 'solo'; readonly seat: number }

const STEP_MS = 5_000
const STRIDE_MS = 30_000

/** The action of a key press; null when the key means nothing here or is meant for a field. */
export function replayKey(press: KeyboardEvent): ReplayAction | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  const target = press.target
  const onField = target instanceof HTMLElement && target.matches('input:not([type=range]), textarea, select')
  if (onField) return null
  const onButton = target instanceof HTMLElement && target.matches('button, a, summary')
  switch (press.key) {
    case ' ':
      return onButton ? null : { do: 'toggle' }
    case 'ArrowLeft':
      return { do: 'skip', byMs: press.shiftKey ? -STRIDE_MS : -STEP_MS }
    case 'ArrowRight':
      return { do: 'skip', byMs: press.shiftKey ? STRIDE_MS : STEP_MS }
    case 'PageUp':
      return { do: 'chapter', step: -1 }
    case 'PageDown':
      return { do: 'chapter', step: 1 }
    case '-':
      return { do: 'rate', step: -1 }
    case '+':
    case '=':
      return { do: 'rate', step: 1 }
    default:
      return /^[1-9]$/.test(press.key) ? { do: 'solo', seat: Number(press.key) - 1 } : null
  }
}
