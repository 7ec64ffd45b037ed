import { describe, expect, it } from 'vitest'

import { periodWords } from './period-words'

describe('periodWords', () => {
  it('says years and days', () => {
    expect(periodWords('P30Y')).toEqual({ key: 'custody.period.years', n: 30 })
    expect(periodWords('P180D')).toEqual({ key: 'custody.period.days', n: 180 })
  })

  it('has no words for others', () => {
    expect(periodWords('PT1H')).toBeNull()
    expect(periodWords('P1Y6M')).toBeNull()
    expect(periodWords('')).toBeNull()
  })
})
