const STEP_MS = 5_000
const STRIDE_MS = 30_000

/** What a key does in the replay: play or pause, or a move in milliseconds. Keys meant for a field stay there. */
export function replayKey(press: KeyboardEvent): 'toggle' | number | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  const target = press.target
  const onField = target instanceof HTMLElement && target.matches('input:not([type=range]), textarea, select')
  if (onField) return null
  const onButton = target instanceof HTMLElement && target.matches('button, a, summary')
  switch (press.key) {
    case ' ':
      return onButton ? null : 'toggle'
    case 'ArrowLeft':
      return press.shiftKey ? -STRIDE_MS : -STEP_MS
    case 'ArrowRight':
      return press.shiftKey ? STRIDE_MS : STEP_MS
    default:
      return null
  }
}
