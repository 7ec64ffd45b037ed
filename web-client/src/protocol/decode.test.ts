import { describe, expect, it } from 'vitest'

import { DecodeError, fromJson, instant, listOf, maybe, object, oneOfOr, text, textOrTexts } from './decode'

const note = object({ title: text, tags: maybe(listOf(text, 2)) })

describe('decode', () => {
  it('keeps what is declared and drops what is not', () => {
    expect(note({ title: 'a', other: 1 }, '$')).toEqual({ title: 'a' })
  })

  it('names the path of the offending part', () => {
    expect(() => note({ title: 'a', tags: ['b', 3] }, '$')).toThrowError(/^\$\.tags\[1\]: expected string, found number$/)
  })

  it('refuses lists beyond their bound', () => {
    expect(() => note({ title: 'a', tags: ['b', 'c', 'd'] }, '$')).toThrow(DecodeError)
  })

  it('treats null like absent in an optional field only', () => {
    expect(note({ title: 'a', tags: null }, '$')).toEqual({ title: 'a' })
    expect(() => note({ title: null }, '$')).toThrow(DecodeError)
  })

  it('maps words of a newer server to the fallback', () => {
    expect(oneOfOr('off', 'off', 'on')('humming', '$')).toBe('off')
  })

  it('reads instants as epoch milliseconds', () => {
    expect(instant('2026-11-21T08:00:00Z', '$')).toBe(Date.UTC(2026, 10, 21, 8))
    expect(() => instant('yesterday', '$')).toThrow(DecodeError)
  })

  it('reads one string or several as a list', () => {
    expect(textOrTexts('a', '$')).toEqual(['a'])
    expect(textOrTexts(['a', 'b'], '$')).toEqual(['a', 'b'])
  })

  it('turns a JSON syntax error into a DecodeError', () => {
    expect(() => fromJson(note, '{')).toThrow(DecodeError)
  })
})
