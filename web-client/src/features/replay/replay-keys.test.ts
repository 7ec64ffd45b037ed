import { describe, expect, it } from 'vitest'

import { replayKey } from './replay-keys'

function press(key: string, on: HTMLElement = document.body, more: KeyboardEventInit = {}): ReturnType<typeof replayKey> {
  const event = new KeyboardEvent('keydown', { key, ...more })
  Object.defineProperty(event, 'target', { value: on })
  return replayKey(event)
}

describe('keys of the replay', () => {
  it('play, move, change chapter and speed, and let one be heard alone', () => {
    expect(press(' ')).toEqual({ do: 'toggle' })
    expect(press('ArrowLeft', document.body, { shiftKey: true })).toEqual({ do: 'skip', byMs: -30_000 })
    expect(press('PageDown')).toEqual({ do: 'chapter', step: 1 })
    expect(press('+')).toEqual({ do: 'rate', step: 1 })
    expect(press('2')).toEqual({ do: 'solo', seat: 1 })
  })

  it('stay with fields, buttons and the browser', () => {
    expect(press(' ', document.createElement('button'))).toBeNull()
    expect(press('1', document.createElement('input'))).toBeNull()
    expect(press('+', document.body, { ctrlKey: true })).toBeNull()
    expect(press('0')).toBeNull()
  })
})
