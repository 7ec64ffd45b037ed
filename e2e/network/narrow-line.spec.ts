import { type Browser, expect, type Page, test } from '@playwright/test'

import { hearBeeps } from '../support/beep-ear'
import { advance, joinAsMediator, joinAsParty, launch, onDesktop, onPhone } from '../support/house'
import { type Conditions, GOOD, ImpairedPath } from '../support/impaired-path'
import { forceRelay, noisyCamera } from '../support/page-devices'
import { flow, limitCamera, received, videosReceived } from '../support/peer-statistics'
import { type Server, startServer } from '../support/server'
import { startTurnServer, type TurnServer } from '../support/turn-server'

/** Below what the noisy camera takes by itself, well above what speech needs. */
const NARROW: Conditions = { ...GOOD, kilobitsPerSecond: 200 }
/** Two cameras of this, with sound and headers, take half as much again as the narrow line down carries. */
const CAMERA_BITS = 200_000
const NARROW_DOWN: Conditions = { ...GOOD, kilobitsPerSecond: 300 }
/** What a machine that has too much to do makes of a line that carries everything. */
const SLOW: Conditions = { ...GOOD, delayMs: 150 }
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
    path.up = path.down = GOOD
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

  test('up: the picture gives way and speech does not', async () => {
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

  test('down: a line that is slow for some seconds again and again starves no picture', async () => {
    const wide = await frameRates()
    for (let round = 0; round < 4; round++) {
      path.down = SLOW
      await frameRates(2_000)
      path.down = GOOD
      await frameRates(2_000)
    }

    const after = await frameRates(5_000)
    const summary = `slow: party sees ${words(wide.party)} → ${words(after.party)} frames/s`
    console.log(summary)
    expect(Math.min(...after.party), summary).toBeGreaterThan(0.5 * Math.min(...wide.party))
  })

  test('down: the frames get fewer, speech stays, and nobody else sees less', async () => {
    for (const page of everyone()) await limitCamera(page, CAMERA_BITS)
    await expect.poll(async () => (await rates(mediator)).videoKbps, { timeout: 30_000 }).toBeLessThan((1.3 * CAMERA_BITS) / 1_000)
    const wide = await frameRates(5_000)
    path.down = NARROW_DOWN
    // The bridge needs a second to find out what the line carries.
    await frameRates()

    const before = await flow(party, 'mediator')
    const [heard, narrow] = await Promise.all([hearBeeps(party, LISTEN_MS), frameRates(LISTEN_MS)])
    const after = await flow(party, 'mediator')

    const concealed = (after.concealedSamples - before.concealedSamples) / (after.totalSamples - before.totalSamples)
    const summary = `down: party sees ${words(wide.party)} → ${words(narrow.party)} frames/s, the others ` +
      `${words(wide.others)} → ${words(narrow.others)}; ${heard} beeps, ${(100 * concealed).toFixed(1)} % concealed`
    console.log(summary)
    test.info().annotations.push({ type: 'measured', description: summary })
    expect(heard, summary).toBeGreaterThanOrEqual((MIN_BEEPS_HEARD * LISTEN_MS) / 1_000)
    expect(concealed, summary).toBeLessThan(MAX_CONCEALED)
    expect(sum(narrow.others), summary).toBeGreaterThan(0.8 * sum(wide.others))
    expect(Math.min(...narrow.others), summary).toBeGreaterThan(0.5 * Math.min(...wide.others))
    expect(Math.max(...narrow.party), summary).toBeGreaterThan(1)

    path.down = GOOD
    await expect.poll(async () => sum((await frameRates()).party), { timeout: 60_000 }).toBeGreaterThan(0.8 * sum(wide.party))
  })

  function sum(rates: readonly number[]): number {
    return rates.reduce((all, rate) => all + rate, 0)
  }

  function words(rates: readonly number[]): string {
    return rates.map((rate) => rate.toFixed(1)).join(' and ')
  }

  /** Frames a second of each video that the phone sees, and of all that the others see. */
  async function frameRates(lastingMs = 3_000): Promise<{ party: number[]; others: number[] }> {
    const before = await Promise.all(everyone().map(videosReceived))
    await mediator.waitForFunction((until) => performance.now() > until, (await mediator.evaluate(() => performance.now())) + lastingMs)
    const after = await Promise.all(everyone().map(videosReceived))
    const rates = after.map((videos, page) =>
      Object.entries(videos).map(([name, { atMs, frames }]) => {
        const { atMs: sinceMs = 0, frames: had = 0 } = before[page]?.[name] ?? {}
        return ((frames - had) * 1_000) / (atMs - sinceMs)
      }),
    )
    return { party: rates[1] ?? [], others: [...(rates[0] ?? []), ...(rates[2] ?? [])] }
  }

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
