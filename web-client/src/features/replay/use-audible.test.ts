import { describe, expect, it } from 'vitest'

import { useAudible } from './use-audible'

describe('useAudible', () => {
  it('hears all but the muted, and one alone in solo', () => {
    const { unheard, toggleMute, toggleSolo } = useAudible(() => ['a', 'b', 'c'])
    toggleMute('b')
    expect([...unheard.value]).toEqual(['b'])

    toggleSolo('b')
    expect([...unheard.value]).toEqual(['a', 'c'])

    toggleSolo('b')
    expect([...unheard.value]).toEqual(['b'])
    toggleMute('b')
    expect([...unheard.value]).toEqual([])
  })
})
