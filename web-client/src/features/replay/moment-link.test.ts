import { describe, expect, it } from 'vitest'

import { momentLink, momentOf } from './moment-link'

describe('a link to a second', () => {
  it.each([
    ['75', 75_000],
    ['1:15', 75_000],
    ['1:02:03', 3_723_000],
    ['75.9', 75_000],
    ['', null],
    ['-3', null],
    ['soon', null],
    [['1', '2'], null],
    [undefined, null],
  ])('%s is %s ms', (query, millis) => {
    expect(momentOf(query)).toBe(millis)
  })

  it('is made of the address and keeps what else it says', () => {
    const link = momentLink('https://heyi.example/replay/s1?lang=en&t=3', 75_900)

    expect(link).toBe('https://heyi.example/replay/s1?lang=en&t=75')
    expect(momentOf(new URL(link).searchParams.get('t'))).toBe(75_000)
  })
})
