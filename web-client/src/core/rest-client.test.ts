import { describe, expect, it, vi } from 'vitest'

import { RestClient } from './rest-client'

function client(status: number, body: unknown) {
  const fetch = vi.fn<typeof globalThis.fetch>(() =>
    Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })),
  )
  return { rest: new RestClient({ fetch, timeoutInMs: 1_000 }), fetch }
}

describe('RestClient', () => {
  it('gives the decoded value', async () => {
    const { rest } = client(200, { displayName: '李明远', roles: ['mediator', 'astronaut'] })
    expect(await rest.me()).toEqual({ ok: true, value: { displayName: '李明远', roles: ['mediator', 'other'] } })
  })

  it('gives the slug of a problem', async () => {
    const { rest } = client(410, { type: 'urn:heyi:problem:used-up-invitation', status: 410, detail: 'd', correlationId: 'k' })
    expect(await rest.previewInvitation('t')).toEqual({
      ok: false,
      problem: { slug: 'used-up-invitation', status: 410, detail: 'd', correlationId: 'k' },
    })
  })

  it('names an error that is no problem document by its status', async () => {
    const { rest } = client(502, '<html>')
    expect(await rest.me()).toMatchObject({ ok: false, problem: { slug: 'http-502', status: 502 } })
  })

  it('tells a strange answer from no answer', async () => {
    expect(await client(200, { roles: 1 }).rest.me()).toMatchObject({ problem: { slug: 'malformed-answer' } })
    expect(await client(200, '{').rest.me()).toMatchObject({ problem: { slug: 'malformed-answer' } })
    const dead = new RestClient({ fetch: () => Promise.reject(new TypeError('x')), timeoutInMs: 1 })
    expect(await dead.me()).toMatchObject({ problem: { slug: 'offline', status: 0 } })
  })

  it('shows the seat token as bearer and escapes what it puts into a path', async () => {
    const { rest, fetch } = client(200, { title: 't', clauses: [] })
    await rest.documentText('a/b', 'seat')

    expect(fetch.mock.calls[0]?.[0]).toBe('/api/documents/a%2Fb/text')
    expect(fetch.mock.calls[0]?.[1]?.headers).toMatchObject({ Authorization: 'Bearer seat' })
  })
})
