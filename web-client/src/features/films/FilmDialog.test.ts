import { afterEach, describe, expect, it } from 'vitest'

import { mountWith } from '../../../test/mount-with'
import { settle } from '../../../test/settle'
import FilmDialog from './FilmDialog.vue'

const RUNNING = {
  exportId: 'export-1',
  kind: 'composite',
  layout: 'grid',
  state: 'running',
  fromMs: 0,
  toMs: 600_000,
  watermarked: true,
  requestedBy: '林调解',
  requestedAt: '2026-11-21T01:00:00Z',
  mayDecide: false,
  mayDownload: false,
  percent: 37,
  secondsLeft: 300,
}
const DONE = { ...RUNNING, exportId: 'export-2', state: 'done', videoUrl: '/v', durationMs: 600_000, sizeBytes: 5e6 }
const ASKED = { ...RUNNING, exportId: 'export-3', kind: 'clip', state: 'waiting', parentId: 'export-2', reason: '争议焦点', mayDecide: true }

interface Sent {
  readonly path: string
  readonly body: unknown
}

/** Answers every request with the films, and remembers what was posted. */
function server(...films: readonly object[]) {
  const sent: Sent[] = []
  const fetch: typeof globalThis.fetch = (input, init) => {
    const post = init?.method === 'POST'
    if (post) sent.push({ path: String(input), body: JSON.parse(String(init.body)) })
    const answer = post ? films[0] : { mayDownload: false, exports: films }
    return Promise.resolve(new Response(JSON.stringify(answer), { status: 200 }))
  }
  return { sent, fetch }
}

async function open(fetch: typeof globalThis.fetch) {
  const wrapper = mountWith(FilmDialog, { props: { open: true, sessionId: 's-1' }, fetch })
  await settle()
  return wrapper
}

function click(testId: string): void {
  document.querySelector<HTMLElement>(`[data-testid="${testId}"]`)?.click()
}

afterEach(() => {
  document.body.innerHTML = ''
})

describe('the dialog of films', () => {
  it('tells how far a film is and how long it still takes', async () => {
    const { fetch } = server(RUNNING)
    await open(fetch)

    expect(document.querySelector('progress')?.value).toBe(37)
    expect(document.body.textContent).toContain('已完成 37%')
    expect(document.body.textContent).toContain('约剩 5 分钟')
  })

  it('cancels what is not finished', async () => {
    const { fetch, sent } = server(RUNNING)
    await open(fetch)
    click('film-cancel')
    await settle()

    expect(sent).toEqual([{ path: '/api/sessions/s-1/exports/export-1/cancellation', body: {} }])
  })

  it('offers a download only to who may', async () => {
    await open(server(DONE).fetch)
    expect(document.querySelector('[data-testid="film-download"]')).toBeNull()
    expect(document.body.textContent).toContain('您可以播放，不能下载')

    document.body.innerHTML = ''
    await open(server({ ...DONE, mayDownload: true, downloadUrl: '/d' }).fetch)
    expect(document.querySelector('[data-testid="film-download"]')?.getAttribute('href')).toBe('/d')
  })

  it('lets another person approve a clip and shows its reason', async () => {
    const { fetch, sent } = server(ASKED)
    await open(fetch)
    expect(document.body.textContent).toContain('理由：争议焦点')
    click('clip-approve')
    await settle()

    expect(sent).toEqual([{ path: '/api/sessions/s-1/exports/export-3/approval', body: { approved: true } }])
  })

  it('says in words what went wrong', async () => {
    const body = JSON.stringify({ type: 'urn:heyi:problem:exports-full', status: 503, title: '', detail: '' })
    await open(() => Promise.resolve(new Response(body, { status: 503, headers: { 'Content-Type': 'application/problem+json' } })))

    expect(document.body.textContent).toContain('正在制作的录像太多了')
  })
})
