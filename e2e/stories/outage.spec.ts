import { type Browser, expect, type Page, test } from '@playwright/test'

import { advance, joinAsMediator, joinAsParty, launch, onDesktop, onPhone } from '../support/house'
import { received } from '../support/peer-statistics'
import { PhoneNetwork, SERVER_ADDRESS } from '../support/phone-network'
import { type Server, startServer } from '../support/server'

/** A lift, a tunnel: the length that the seat and the session must outlast. */
const OUTAGE_MS = 10_000
/** From the mended network to moving pictures. */
const BACK_WITHIN_MS = 15_000

/** In one second, of 24 to 30. */
const FLOWING_FRAMES = 10

const missing = PhoneNetwork.missing()

test.describe.configure({ mode: 'serial' })

test.describe('a phone loses its network', () => {
  test.skip(missing !== null, missing ?? '')
  let network: PhoneNetwork
  let server: Server
  let desk: Browser
  let street: Browser
  let mediator: Page
  let party: Page

  test.beforeAll(async () => {
    network = new PhoneNetwork()
    server = await startServer({ wrap: (command) => network.onServer(command), mediaAddress: SERVER_ADDRESS })
    desk = await launch(network.deskBrowser())
    street = await launch(network.phoneBrowser())
    mediator = await (await onDesktop(desk)).newPage()
    await joinAsMediator(mediator, server)
    party = await (await onPhone(street, { ignoreHTTPSErrors: true })).newPage()
    await joinAsParty(party, (server.partyLinks[0] ?? '').replace(server.base, server.httpsBase))
    await advance(mediator, 'OPENING', [mediator, party])
    await expect(mediator.getByTestId('recording-state')).toHaveAttribute('data-state', 'receiving')
    await advance(mediator, 'JOINT', [mediator, party])
    await seesTheOther(party)
    await seesTheOther(mediator)
  })

  test.afterEach(async ({}, info) => {
    if (info.status !== info.expectedStatus) await info.attach('server.log', { body: server.log() })
  })

  test.afterAll(async () => {
    await street?.close()
    await desk?.close()
    await server?.stop()
    network?.remove()
  })

  test('ten seconds in a lift: the page says so, the seat is kept, the talk goes on by itself', async () => {
    const mended = new Promise((over) => setTimeout(over, OUTAGE_MS))
    network.cut()
    await expect(party.getByTestId('connection-state')).toHaveAttribute('data-tone', 'bad', { timeout: OUTAGE_MS })
    await expect(party.getByTestId('connection-state')).toContainText(/网络|声音画面/)
    await mended
    network.mend()
    const since = Date.now()

    await isBack()
    console.log(`outage: back ${Date.now() - since} ms after the network`)
  })

  test('muted while away: the page that comes back stays silent', async () => {
    network.cut()
    await mediator.getByTestId('mute-seat-party-1').click()
    await expect(mediator.getByTestId('seat-party-1').locator('.silent')).toBeVisible()
    await expect(party.getByTestId('connection-state')).toContainText('您的座位已保留', { timeout: OUTAGE_MS + BACK_WITHIN_MS })
    network.mend()

    await isBack()
    await expect(party.getByTestId('toggle-mic')).toHaveAttribute('aria-pressed', 'true')
    await expect(mediator.getByTestId('seat-party-1').locator('.silent')).toBeVisible()
    await party.getByTestId('toggle-mic').click()
    await expect(mediator.getByTestId('seat-party-1').locator('.silent')).toHaveCount(0)
  })

  test('from Wi-Fi to the mobile network: another address, the same seat', async () => {
    const since = Date.now()
    network.changeAddress()

    await expect(party.getByTestId('connection-state')).toHaveAttribute('data-tone', 'bad', { timeout: BACK_WITHIN_MS })
    await isBack()
    console.log(`address change: back after ${Date.now() - since} ms`)
  })

  async function isBack(): Promise<void> {
    await expect(party.getByTestId('connection-state')).toHaveAttribute('data-tone', 'good', { timeout: BACK_WITHIN_MS })
    await expect(mediator.getByTestId('seat-party-1')).toHaveAttribute('data-presence', 'seated')
    await expect(party.locator('[data-testid="phase"]')).toHaveAttribute('data-phase', 'JOINT')
    await seesTheOther(party)
    await seesTheOther(mediator)
  }

  async function seesTheOther(page: Page): Promise<void> {
    await expect.poll(async () => (await received(page)).videos, { timeout: BACK_WITHIN_MS }).toBeGreaterThan(0)
    // A new connection counts from the beginning: what matters is that the count goes on rising.
    let last = Infinity
    const risen = async (): Promise<number> => {
      const { framesDecoded } = await received(page)
      const grown = framesDecoded - last
      last = framesDecoded
      return grown
    }
    await expect.poll(risen, { timeout: BACK_WITHIN_MS, intervals: [1_000] }).toBeGreaterThan(FLOWING_FRAMES)
  }
})
