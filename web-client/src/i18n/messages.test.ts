import { describe, expect, it } from 'vitest'

import { testI18n } from '../../test/mount-with'
import { agreement } from './messages/agreement'
import { errors } from './messages/errors'
import { events } from './messages/events'
import { films } from './messages/films'
import { general } from './messages/general'
import { join } from './messages/join'
import { room } from './messages/room'
import { staff } from './messages/staff'
import { transcript } from './messages/transcript'

const files = { general, errors, join, room, agreement, staff, events, films, transcript }
const all = Object.values(files).flatMap((file) => Object.entries(file))

function params(sentence: string): string[] {
  return (sentence.match(/\{\w+\}/g) ?? []).sort()
}

describe('messages', () => {
  it.each(all)('%s speaks both languages with the same blanks', (_key, { zh, en }) => {
    expect(zh).not.toBe('')
    expect(en).not.toBe('')
    expect(params(en)).toEqual(params(zh))
  })

  it('has no key twice', () => {
    expect(new Set(all.map(([key]) => key)).size).toBe(all.length)
  })

  it('gives every error an action', () => {
    const sentences = Object.keys(errors).filter((key) => !/\.(action|code|correlation)$/.test(key))
    for (const key of sentences) expect(errors).toHaveProperty([`${key}.action`])
  })

  it('begins in Chinese, toggles to English and remembers', () => {
    const i18n = testI18n()
    expect(i18n.t('join.hello', { name: '张秀英' })).toBe('张秀英，您好')
    i18n.toggle()
    expect(i18n.t('join.hello', { name: 'Zhang' })).toBe('Hello Zhang')
    expect(document.documentElement.lang).toBe('en')
  })
})
