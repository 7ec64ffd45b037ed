import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, test } from '@playwright/test'

import { joinAsParty, launch, onPhone } from '../support/house'
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
    const second = await (await onPhone(browser)).newPage()

    await joinAsParty(second, server.partyLinks[0] ?? '')

    await expect(first.getByTestId('taken-over')).toBeVisible()
    await expect(second.getByTestId('room')).toBeVisible()
  })

  test('the pages of a party have no accessibility violations', async () => {
    const page = await (await onPhone(browser)).newPage()
    await page.goto(server.partyLinks[1] ?? '')
    await page.getByTestId('join-continue').waitFor()

    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  })
})
