import { type Browser, expect, test } from '@playwright/test'

import { joinAsParty, launch, onDesktop, onPhone, signIn } from '../support/house'
import { readsWell } from '../support/page-quality'
import { type Server, startServer } from '../support/server'

test.describe('invitations', () => {
  let server: Server
  let browser: Browser

  test.beforeAll(async () => {
    server = await startServer()
    browser = await launch()
  })

  test.afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  test('an unknown link says so, and offers a way out', async () => {
    const page = await (await onPhone(browser)).newPage()

    await page.goto(`${server.base}/j#AAAAAAAAAAAAAAAAAAAAAA`)

    await expect(page.getByTestId('error-page')).toHaveAttribute('data-code', 'unknown-invitation')
  })

  test('nobody gets in without consent', async () => {
    const page = await (await onPhone(browser)).newPage()
    await page.goto(server.partyLinks[0] ?? '')
    await page.getByTestId('join-continue').click()

    await expect(page.getByTestId('consent-agree')).toBeDisabled()

    await page.getByTestId('consent-refuse').click()
    await expect(page.getByTestId('declined')).toBeVisible()
  })

  test('a second tab of the same party takes the seat over, visibly', async () => {
    const context = await onPhone(browser)
    const first = await context.newPage()
    await joinAsParty(first, server.partyLinks[0] ?? '')
    const second = await context.newPage()

    await joinAsParty(second, server.partyLinks[0] ?? '')

    await expect(first.getByTestId('taken-over')).toBeVisible()
    await expect(second.getByTestId('room')).toBeVisible()
    await readsWell(first, 'taken-over', first.getByTestId('taken-over').getByRole('button'))

    await first.getByTestId('taken-over').getByRole('button').click()

    await expect(first.getByTestId('room')).toBeVisible()
    await expect(second.getByTestId('taken-over')).toBeVisible()
  })

  test('a link that was replaced says so, without a trace of the inside', async () => {
    const desk = await (await onDesktop(browser)).newPage()
    await signIn(desk, server, server.mediator, `${server.base}/cases`)
    await desk.getByTestId('case-row').first().click()
    await desk.getByTestId('invite-create').last().click()
    await desk.getByTestId('invitation-url').waitFor()
    const page = await (await onPhone(browser)).newPage()
    const answered = page.waitForResponse(/invitations\/preview/)

    await page.goto(server.partyLinks[1] ?? '')

    await expect(page.getByTestId('error-page')).toHaveAttribute('data-code', 'used-up-invitation')
    const answer = await answered
    expect(answer.status()).toBe(410)
    expect(Object.keys(await answer.json()).sort()).toEqual(['correlationId', 'detail', 'status', 'title', 'type'])
    await expect(page.locator('body')).not.toContainText(/Exception|\bat heyi\.|java\./)
  })

  test('a phone joins over HTTPS with the self-made certificate', async () => {
    const context = await onPhone(browser, { ignoreHTTPSErrors: true })
    const page = await context.newPage()

    await joinAsParty(page, (server.partyLinks[0] ?? '').replace(server.base, server.httpsBase))

    expect(await page.evaluate(() => [window.isSecureContext, location.protocol])).toEqual([true, 'https:'])
    await expect(page.getByTestId('connection-state')).toHaveAttribute('data-tone', 'good')
  })
})
