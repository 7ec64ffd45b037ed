import { type Browser, expect, type Page, test } from '@playwright/test'

import { hearBeeps } from '../support/beep-ear'
import { advance, joinAsMediator, joinAsParty, launch, onDesktop, onPhone } from '../support/house'
import { type Conditions, GOOD, ImpairedPath } from '../support/impaired-path'
import { forceRelay, noisyCamera } from '../support/page-devices'
import { flow, received } from '../support/peer-statistics'
import { type Server, startServer } from '../support/server'
import { startTurnServer, type TurnServer } from '../support/turn-server'

/** Below what the noisy camera takes by itself, well above what speech needs. */
const NARROW: Conditions = { ...GOOD, kilobitsPerSecond: 200 }
const LISTEN_MS = 20_000
/** As on a line that loses five of a hundred: a full line may cost some packets until the sender gives way. */
const MAX_CONCEALED = 0.06
const MIN_BEEPS_HEARD = 0.9

test.describe.configure({ mode: 'serial' })

test.describe('a phone on a narrow line', () => {
  let turn: TurnServer
  let path: ImpairedPath
  let server: Server
  let browser: Browser
  let mediator: Page
  let party: Page
  let other: Page

  test.beforeAll(async () => {
    turn = await startTurnServer()
    path = await ImpairedPath.open(turn.port)
    server = await startServer({
      settings: { HEYI_TURN_URLS: `turn:127.0.0.1:${path.port}?transport=udp`, HEYI_TURN_SECRET: turn.secret },
    })
    // A page behind another one would draw its noise once a second only.
    browser = await launch(undefined, ['--disable-background-timer-throttling', '--disable-renderer-backgrounding'])
    mediator = await (await onDesktop(browser)).newPage()
    await mediator.context().addInitScript(noisyCamera)
    await joinAsMediator(mediator, server)
    party = await joined(0, forceRelay)
    other = await joined(1)
    await advance(mediator, 'OPENING', everyone())
    for (const page of everyone()) {
      await expect.poll(async () => (await received(page)).videos, { timeout: 30_000 }).toBe(2)
      await expect.poll(async () => (await received(page)).audios, { timeout: 30_000 }).toBe(2)
    }
    // One voice to count the beeps of.
    await other.getByTestId('toggle-mic').click()
  })

  test.afterEach(async ({}, info) => {
    if (info.status !== info.expectedStatus) await info.attach('server.log', { body: server.log() })
    path.up = GOOD
  })

  test.afterAll(async () => {
    await browser?.close()
    await server?.stop()
    path?.close()
    await turn?.stop()
  })

  const everyone = (): Page[] => [mediator, party, other]

  async function joined(number: number, ...scripts: (() => void)[]): Promise<Page> {
    const phone = await onPhone(browser)
    for (const script of [...scripts, noisyCamera]) await phone.addInitScript(script)
    const page = await phone.newPage()
    await joinAsParty(page, server.partyLinks[number] ?? '')
    return page
  }

  test('up, the picture gives way and speech does not', async () => {
    await expect.poll(async () => (await rates(party)).videoKbps, { timeout: 60_000 }).toBeGreaterThan(1.5 * NARROW.kilobitsPerSecond)
    const wide = await rates(party)
    path.up = NARROW
    // The sender needs some seconds to find out what the line carries.
    await expect.poll(async () => (await rates(party)).videoKbps, { timeout: 30_000 }).toBeLessThan(NARROW.kilobitsPerSecond)

    const before = await flow(mediator, 'party-1')
    const heard = await hearBeeps(mediator, LISTEN_MS)
    const after = await flow(mediator, 'party-1')
    const narrow = await rates(party)

    const concealed = (after.concealedSamples - before.concealedSamples) / (after.totalSamples - before.totalSamples)
    const summary = `up: video ${wide.videoKbps.toFixed(0)} → ${narrow.videoKbps.toFixed(0)} kbit/s, audio ` +
      `${wide.audioPacketsPerSecond.toFixed(0)} → ${narrow.audioPacketsPerSecond.toFixed(0)} packets/s, ` +
      `${heard} beeps, ${(100 * concealed).toFixed(1)} % concealed`
    console.log(summary)
    test.info().annotations.push({ type: 'measured', description: summary })
    expect(narrow.videoKbps, summary).toBeLessThan(NARROW.kilobitsPerSecond)
    expect(narrow.audioPacketsPerSecond, summary).toBeGreaterThan(0.9 * wide.audioPacketsPerSecond)
    expect(heard, summary).toBeGreaterThanOrEqual((MIN_BEEPS_HEARD * LISTEN_MS) / 1_000)
    expect(concealed, summary).toBeLessThan(MAX_CONCEALED)
  })

  /** What the page sends, over three seconds. */
  async function rates(page: Page): Promise<{ videoKbps: number; audioPacketsPerSecond: number }> {
    const before = await flow(page, '')
    await page.waitForFunction((until) => performance.now() > until, (await page.evaluate(() => performance.now())) + 3_000)
    const after = await flow(page, '')
    const seconds = (after.atMs - before.atMs) / 1_000
    return {
      videoKbps: ((after.videoBytesSent - before.videoBytesSent) * 8) / 1_000 / seconds,
      audioPacketsPerSecond: (after.audioPacketsSent - before.audioPacketsSent) / seconds,
    }
  }
})
