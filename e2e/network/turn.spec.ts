import { type Browser, expect, type Page, test } from '@playwright/test'

import { advance, joinAsMediator, joinAsParty, launch, onDesktop, onPhone } from '../support/house'
import { relayOver, type Transport } from '../support/page-devices'
import { received, route } from '../support/peer-statistics'
import { type Server, startServer } from '../support/server'
import { startTurnServer, type TurnServer } from '../support/turn-server'

/** A second of video at 20 frames: enough to know that it keeps coming. */
const MORE_FRAMES = 20

test.describe('media through a TURN relay', () => {
  let turn: TurnServer
  let browser: Browser
  let server: Server | undefined

  test.beforeAll(async () => {
    turn = await startTurnServer()
    browser = await launch(undefined, [`--ignore-certificate-errors-spki-list=${turn.publicKeyHash}`])
  })

  test.afterEach(async ({}, info) => {
    if (info.status !== info.expectedStatus) {
      await info.attach('server.log', { body: server?.log() ?? '' })
      await info.attach('turnserver.log', { body: turn.log() })
    }
    await Promise.all(browser.contexts().map((context) => context.close()))
    await server?.stop()
  })

  test.afterAll(async () => {
    await browser?.close()
    await turn?.stop()
  })

  async function startRelayed(url: string, secret: string): Promise<Server> {
    server = await startServer({
      settings: { HEYI_TURN_URLS: url, HEYI_TURN_SECRET: secret, HEYI_TURN_RELAY_ONLY: 'true' },
    })
    return server
  }

  /** The mediator and both parties; each page may be given one transport to the relay. */
  async function opening(running: Server, transports: readonly Transport[] = []): Promise<Page[]> {
    const desktop = await onDesktop(browser)
    const phones = await Promise.all(running.partyLinks.map(() => onPhone(browser)))
    for (const [number, transport] of transports.entries()) await [desktop, ...phones][number]?.addInitScript(relayOver, transport)
    const mediator = await desktop.newPage()
    await joinAsMediator(mediator, running)
    const everyone = [mediator]
    for (const [number, phone] of phones.entries()) {
      const party = await phone.newPage()
      await joinAsParty(party, running.partyLinks[number] ?? '')
      everyone.push(party)
    }
    await advance(mediator, 'OPENING', everyone)
    return everyone
  }

  test('a session is held by three who reach the relay over UDP, TCP and TLS', async () => {
    const transports = ['udp', 'tcp', 'tls'] as const
    const urls = [
      `turn:127.0.0.1:${turn.port}?transport=udp`,
      `turn:127.0.0.1:${turn.port}?transport=tcp`,
      `turns:127.0.0.1:${turn.tlsPort}?transport=tcp`,
    ]
    const everyone = await opening(await startRelayed(urls.join(','), turn.secret), transports)

    for (const [number, page] of everyone.entries()) {
      await expect.poll(async () => (await received(page)).videos, { timeout: 30_000 }).toBe(2)
      await expect.poll(async () => (await received(page)).audios, { timeout: 30_000 }).toBe(2)
      const before = (await received(page)).framesDecoded
      await expect.poll(async () => (await received(page)).framesDecoded).toBeGreaterThan(before + MORE_FRAMES)
      expect(await route(page)).toEqual([{ candidateType: 'relay', relayProtocol: transports[number] }])
    }
    await expect(everyone[0]?.getByTestId('recording-state') ?? fail()).toHaveAttribute('data-state', 'receiving')
  })

  test('another secret opens no relay', async () => {
    const url = `turn:127.0.0.1:${turn.port}?transport=udp`

    const everyone = await opening(await startRelayed(url, 'not the secret'))

    await expect.poll(() => turn.log(), { timeout: 30_000 }).toMatch(/Cannot find credentials of user/)
    for (const page of everyone) expect(await route(page)).toEqual([])
  })
})

function fail(): never {
  throw new Error('nobody is there')
}
