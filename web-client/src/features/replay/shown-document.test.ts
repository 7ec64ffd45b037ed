import { describe, expect, it } from 'vitest'

import { documentAt } from './shown-document'

const presented = (atMs: number, documentId: string) => ({
  atMs,
  type: 'agreement-presented',
  data: { documentId, sha256: 'aa' },
})

describe('the document before everybody', () => {
  const events = [presented(5_000, 'first'), { atMs: 6_000, type: 'agreement-confirmed' }, presented(9_000, 'second')]

  it('is the version that was laid there last', () => {
    expect([4_999, 5_000, 8_999, 9_000].map((atMs) => documentAt(events, atMs)?.documentId)).toEqual([
      undefined,
      'first',
      'first',
      'second',
    ])
  })

  it('is none when the record does not name it', () => {
    expect(documentAt([{ atMs: 0, type: 'agreement-presented', data: { sha256: 'aa' } }], 1)).toBeUndefined()
  })
})
