import { type Browser, expect, type Page, test } from '@playwright/test'

import { advance, joinAsMediator, joinAsParty, launch, onDesktop, onPhone } from '../support/house'
import { inBackground, telephoneCalls } from '../support/page-devices'
import { received, videosReceived } from '../support/peer-statistics'
import { type Server, startServer } from '../support/server'

/** Three looks one second apart at what a source sends. */
const LOOKS = 3
const LOOK_MS = 1_000
/** A video that flows is some ten kilobytes a second here; what is stopped is not a single packet. */
const FLOWING_BYTES = 1_000

test.describe.configure({ mode: 'serial' })

test.describe('what is shown decides what is sent', () => {
  let server: Server
  let browser: Browser
  let mediator: Page
  let one: Page
  let two: Page

  test.beforeAll(async () => {
    server = await startServer()
    browser = await launch()
    mediator = await (await onDesktop(browser)).newPage()
    await joinAsMediator(mediator, server)
    ;[one, two] = [await party(0), await party(1)]
    await advance(mediator, 'OPENING', [mediator, one, two])
    for (const page of [mediator, one, two]) {
      await expect.poll(async () => (await received(page)).videos, { timeout: 30_000 }).toBe(2)
    }
  })

  test.afterEach(async ({}, info) => {
    if (info.status !== info.expectedStatus) await info.attach('server.log', { body: server.log() })
  })

  test.afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  async function party(number: number): Promise<Page> {
    const phone = await onPhone(browser)
    await phone.addInitScript(telephoneCalls)
    const page = await phone.newPage()
    await joinAsParty(page, server.partyLinks[number] ?? '')
    return page
  }

  /** Bytes a page receives of a seat's camera in each of the next seconds. */
  async function bytesOf(page: Page, seat: string): Promise<number[]> {
    const sums: number[] = []
    for (let look = 0; look <= LOOKS; look++) {
      const all = Object.entries(await videosReceived(page)).filter(([name]) => name.startsWith(seat))
      sums.push(all.reduce((sum, [, { bytes }]) => sum + bytes, 0))
      await page.waitForFunction((until) => performance.now() > until, (await page.evaluate(() => performance.now())) + LOOK_MS)
    }
    return sums.slice(1).map((sum, look) => sum - (sums[look] ?? 0))
  }

  async function flows(page: Page, seat: string): Promise<void> {
    await expect.poll(() => bytesOf(page, seat).then((each) => Math.min(...each)), { timeout: 30_000 }).toBeGreaterThan(FLOWING_BYTES)
  }

  async function isStopped(page: Page, seat: string): Promise<void> {
    await expect.poll(() => bytesOf(page, seat).then((each) => Math.max(...each)), { timeout: 30_000 }).toBe(0)
  }

  test('a tile that is not on the screen is not sent to that page, and comes back with it', async () => {
    await flows(one, 'party-2')
    const tile = one.getByTestId('tile-party-2')
    await tile.evaluate((element) => (element.style.display = 'none'))

    await isStopped(one, 'party-2')
    await flows(one, 'mediator')
    await flows(mediator, 'party-2')

    await tile.evaluate((element) => (element.style.display = ''))
    await flows(one, 'party-2')
  })

  test('a page in the background gets no pictures, goes on being seen and heard, and gets them back', async () => {
    await one.evaluate(inBackground, true)

    await isStopped(one, 'mediator')
    await isStopped(one, 'party-2')
    await flows(mediator, 'party-1')
    const before = await received(one)
    await expect.poll(async () => (await received(one)).audioEnergy, { timeout: 10_000 }).toBeGreaterThan(before.audioEnergy)

    await one.evaluate(inBackground, false)
    await flows(one, 'mediator')
    await flows(one, 'party-2')
  })

  test('the frame follows the one who speaks', async () => {
    for (const [speaker, seat] of [[one, 'party-1'], [two, 'party-2'], [one, 'party-1']] as const) {
      await speaker.evaluate(() => window.heyiSpeak(true))
      await expect(mediator.locator('[data-speaking="true"]')).toHaveAttribute('data-testid', `tile-${seat}`)
      await expect(mediator.locator('[data-speaking="true"]')).toHaveCount(1)
      await speaker.evaluate(() => window.heyiSpeak(false))
    }
  })

  test('a telephone call takes the camera: the page says so, the others see who it is, and it comes back by itself', async () => {
    await one.evaluate(() => window.heyiCall(true))

    await expect(one.getByTestId('notice')).toContainText('摄像头')
    await expect(one.getByTestId('renew-video')).toBeVisible()
    for (const other of [mediator, two]) await expect(other.getByTestId('tile-party-1').locator('.avatar')).toBeVisible()
    await isStopped(mediator, 'party-1')

    await one.evaluate(() => window.heyiCall(false))
    await expect(one.getByTestId('notice')).toHaveCount(0, { timeout: 20_000 })
    for (const other of [mediator, two]) await expect(other.getByTestId('tile-party-1').locator('.avatar')).toHaveCount(0)
    await flows(mediator, 'party-1')
  })
})
