import { describe, expect, it } from 'vitest'

import { remainingTime } from './remaining-time'

describe('remainingTime', () => {
  const at = (time: string) => Date.parse(`2026-11-21T${time}Z`)

  it.each([
    ['09:30:00', { hours: 2, minutes: 30 }],
    ['11:59:59', { hours: 0, minutes: 1 }],
    ['12:00:00', null],
    ['12:30:00', null],
  ])('at %s', (time, left) => {
    expect(remainingTime(at('12:00:00'), at(time))).toEqual(left)
  })
})
