import { type Browser, expect, type Page, test } from '@playwright/test'

import { hearBeeps } from '../support/beep-ear'
import { advance, joinAsMediator, joinAsParty, launch, onDesktop, onPhone, signIn } from '../support/house'
import { readsWell } from '../support/page-quality'
import { mediaBytes, openPeers, received } from '../support/peer-statistics'
import { type Server, startServer } from '../support/server'

/** The fake microphones beep once a second. */
const LISTEN_MS = 2_500
const SECRET = '我方底线是分三期，利息全免。'

interface Entry {
  readonly type: string
  readonly offsetMillis: number
  readonly payload: Readonly<Record<string, unknown>>
}

test.describe.configure({ mode: 'serial' })

/** 背对背: the mediator talks to one party alone; the other waits, and neither hears it nor finds it on the joint record. */
test.describe('R26: a caucus', () => {
  let server: Server
  let browser: Browser
  let mediator: Page
  let first: Page
  let second: Page
  let sessionId: string

  test.beforeAll(async () => {
    server = await startServer()
    browser = await launch()
    mediator = await (await onDesktop(browser)).newPage()
    await joinAsMediator(mediator, server)
    sessionId = new URL(mediator.url()).pathname.split('/').pop() ?? ''
    first = await (await onPhone(browser)).newPage()
    await joinAsParty(first, server.partyLinks[0] ?? '')
    second = await (await onPhone(browser)).newPage()
    await joinAsParty(second, server.partyLinks[1] ?? '')
    await advance(mediator, 'OPENING', [mediator, first, second])
    await expect(mediator.getByTestId('caucus-open-party-1'), 'not before the joint talk').toBeDisabled()
    await expect(mediator.getByTestId('recording-state')).toHaveAttribute('data-state', 'receiving')
    await advance(mediator, 'JOINT', [mediator, first, second])
    await meet([mediator, first, second])
  })

  test.afterEach(async ({}, info) => {
    if (info.status !== info.expectedStatus) await info.attach('server.log', { body: server.log() })
  })

  test.afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  /** Each sees and hears all the others of these, and nobody else. */
  async function meet(pages: readonly Page[]): Promise<void> {
    for (const page of pages) {
      const counts = async () => {
        const { videos, audios } = await received(page)
        return { videos, audios }
      }
      await expect.poll(counts, { timeout: 30_000 }).toEqual({ videos: pages.length - 1, audios: pages.length - 1 })
      // Who is gone is counted until the page is told so: then the sum falls, and grows from there.
      let least = Number.POSITIVE_INFINITY
      const grown = async () => {
        const { framesDecoded } = await received(page)
        least = Math.min(least, framesDecoded)
        return framesDecoded - least
      }
      await expect.poll(grown).toBeGreaterThan(15)
      expect(await openPeers(page), 'one conference at a time').toBe(1)
    }
  }

  test('the mediator asks one party to a private talk, and learns before what that means', async () => {
    await mediator.getByTestId('caucus-open-party-1').click()
    await readsWell(mediator, 'caucus-ask', mediator.getByTestId('caucus-open-confirm'))
    await mediator.getByTestId('caucus-open-confirm').click()

    for (const page of [mediator, first]) {
      await expect(page.getByTestId('caucus-band')).toHaveAttribute('data-phase', 'JOINT', { timeout: 30_000 })
      await expect(page.getByTestId('recording-state')).toHaveAttribute('data-state', 'receiving')
    }
    await meet([mediator, first])
    for (const page of [mediator, first]) await expect(page.getByTestId('notice'), 'nothing went wrong on the way').toHaveCount(0)
    expect(await hearBeeps(mediator, LISTEN_MS), 'the party is heard').toBeGreaterThan(0)
    await readsWell(first, 'caucus-party', first.getByTestId('toggle-mic'))
    await readsWell(mediator, 'caucus-desk')
  })

  test('the other is told to wait, and gets neither sound nor picture', async () => {
    await expect(second.getByTestId('guidance')).toContainText('单独谈话，请稍候')
    await expect(second.getByTestId('guidance')).toContainText('您的声音和画面此时不会传出')
    await expect(second.getByTestId('recording-state')).toHaveAttribute('data-state', 'resting')
    await expect(second.locator('[data-testid^="video-"]'), 'no picture is left standing').toHaveCount(0)
    await readsWell(second, 'caucus-waiting', second.getByTestId('toggle-mic'))

    const before = await mediaBytes(second)
    expect(await hearBeeps(second, LISTEN_MS)).toBe(0)
    expect((await mediaBytes(second)) - before, 'bytes of media').toBe(0)
    expect((await received(mediator)).videos, 'and is not seen either').toBe(1)
  })

  test('what is written in it stays in it', async () => {
    await mediator.getByTestId('transcript-input').fill(SECRET)
    await mediator.getByTestId('transcript-input').press('Enter')

    await expect(mediator.getByTestId('transcript-line').last()).toContainText(SECRET)
    await expect(first.getByTestId('transcript-strip')).toContainText(SECRET)
    await expect(second.getByTestId('transcript-strip')).toHaveCount(0)
  })

  test('a phone that is refreshed in the middle is back in it', async () => {
    await first.reload()

    await expect(first.getByTestId('caucus-band')).toHaveAttribute('data-phase', 'JOINT', { timeout: 30_000 })
    await meet([mediator, first])
    await expect(first.getByTestId('transcript-strip')).toContainText(SECRET)
    await expect(second.getByTestId('guidance')).toContainText('单独谈话，请稍候')
  })

  test('when the mediator ends it all three hear each other again', async () => {
    await mediator.getByTestId('caucus-end').click()
    await mediator.getByTestId('caucus-end-confirm').click()

    for (const page of [mediator, first, second]) {
      await page.locator('[data-testid="phase"][data-phase="JOINT"]').waitFor({ timeout: 30_000 })
      await expect(page.getByTestId('caucus-band')).toHaveCount(0)
    }
    await expect(first.getByTestId('notice')).toContainText('单独谈话已结束')
    await meet([mediator, first, second])
    expect(await hearBeeps(second, LISTEN_MS)).toBeGreaterThan(0)
    await expect(mediator.getByTestId('transcript-line')).toHaveCount(0)
    await expect(first.getByTestId('transcript-strip')).toHaveCount(0)
  })

  test('the session is closed and sealed', async () => {
    await mediator.getByTestId('advance-CLOSED').first().click()
    await mediator.getByTestId('close-confirm').click()
    await expect(mediator.getByTestId('root-hash')).toHaveAttribute('data-root-hash', /^[0-9a-f]{64}$/, { timeout: 60_000 })
    for (const page of [mediator, first, second]) await page.context().close()
  })

  test('the joint record says that there was a caucus, and nothing of it', async () => {
    const auditor = await (await onDesktop(browser)).newPage()
    await signIn(auditor, server, server.auditor, `${server.base}/replay/${sessionId}`)
    await auditor.getByTestId('replay-play').waitFor()
    const text = await (await auditor.request.get(`${server.base}/api/sessions/${sessionId}/ledger`)).text()
    expect(text).not.toContain(SECRET)
    const ledger: Entry[] = text.trim().split('\n').map((line) => JSON.parse(line))
    const at = (type: string): number => ledger.find((entry) => entry.type === type)?.offsetMillis ?? Number.NaN
    const middle = (at('caucus-opened') + at('caucus-ended')) / 2
    const holes = ledger
      .filter(({ type, payload }) => type === 'source-gap' && payload['cause'] === 'caucus')
      .filter(({ payload }) => Number(payload['fromMillis']) < middle && Number(payload['toMillis']) > middle)
      .map(({ payload }) => `${payload['seatId']} ${payload['kind']}`)
    const everybody = ['mediator', 'party-1', 'party-2'].flatMap((seat) => [`${seat} audio`, `${seat} video`])
    expect(holes.sort(), `at ${middle} ms`).toEqual(everybody)

    for (const seat of ['mediator', 'party-1', 'party-2']) {
      await expect(auditor.getByTestId(`replay-lane-${seat}`).locator('[data-cause="caucus"]')).not.toHaveCount(0)
    }
    await expect(auditor.locator('[data-testid="replay-chapter"][data-caucus="party-1"]')).toContainText('单独谈话')
    await expect(auditor.locator('[data-testid="replay-event"][data-type="caucus-opened"]')).toContainText('单独谈话开始')
    await auditor.getByTestId('replay-seek').fill(String(Math.round(middle / 100) * 100))
    const dark = auditor.locator('[data-testid="replay-hole"][data-cause="caucus"]')
    await expect(dark).toHaveCount(3)
    await expect(dark.first()).toContainText('单独谈话')
    await readsWell(auditor, 'caucus-replay')
    await auditor.context().close()
  })

  test('two people open what was sealed, and see and hear the two of it', async () => {
    const clerk = await (await onDesktop(browser)).newPage()
    const auditor = await (await onDesktop(browser)).newPage()
    await signIn(clerk, server, server.clerk, `${server.base}/sealed/${sessionId}`)
    await expect(clerk.getByTestId('sealed-recording')).toHaveCount(1)
    await expect(clerk.getByTestId('sealed-closed')).toBeVisible()
    await clerk.getByTestId('sealed-request').click()
    await clerk.getByTestId('sealed-reason').fill('当事人投诉调解员在单独谈话中施压')
    await clerk.getByTestId('sealed-request-confirm').click()
    await expect(clerk.getByTestId('sealed-order')).toHaveAttribute('data-state', 'REQUESTED')

    await signIn(auditor, server, server.auditor, `${server.base}/sealed/${sessionId}`)
    await expect(auditor.getByTestId('sealed-player')).toHaveCount(0)
    await auditor.getByTestId('sealed-approve').click()
    await auditor.getByTestId('sealed-player').waitFor()

    await expect(auditor.locator('[data-testid^="replay-lane-"]')).toHaveCount(2)
    await auditor.getByTestId('replay-play').click()
    const playing = () => auditor.evaluate(() => [...document.querySelectorAll('video')].filter(({ currentTime, videoWidth }) => currentTime > 1 && videoWidth > 0).length)
    await expect.poll(playing, { timeout: 30_000 }).toBe(2)
    await readsWell(auditor, 'caucus-sealed')
  })
})
