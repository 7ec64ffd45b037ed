import { describe, expect, it } from 'vitest'

import { clipTime } from './clip-time'

describe('the time of a clip', () => {
  it.each([
    ['1:02:03', 3_723_000],
    ['02:03', 123_000],
    ['75', 75_000],
    [' 00：01：30 ', 90_000],
  ])('reads %s', (words, millis) => {
    expect(clipTime(words)).toBe(millis)
  })

  it.each(['', 'x', '1:2:3:4', '-1', '1:75', '1:75:00', '1.5'])('refuses %s', (words) => {
    expect(clipTime(words)).toBeNull()
  })
})
