import { describe, expect, it } from 'vitest'

import { addressOf, EMPTY_FORM, formOf, queryOf } from './search-form'

describe('the search form', () => {
  it('survives the way through the address', () => {
    const form = { words: '信用卡 张', said: '承认欠款', from: '2026-11-01', to: '2026-11-21', state: 'SEALED', page: 2 } as const

    expect(formOf(addressOf(form))).toEqual(form)
    expect(addressOf(EMPTY_FORM)).toEqual({})
  })

  it('takes nonsense in the address for not asked', () => {
    expect(formOf({ q: ['a', 'b'], from: 'yesterday', state: 'ODD', page: '-1' })).toEqual(EMPTY_FORM)
  })

  it('asks for whole days of here, the last one included', () => {
    const { from, to, state, words } = queryOf({ ...EMPTY_FORM, words: ' 张 ', from: '2026-11-21', to: '2026-11-21' })

    expect([from?.getHours(), from?.getDate(), to?.getDate()]).toEqual([0, 21, 22])
    expect([state, words]).toEqual([null, '张'])
  })
})
