import { type Browser, expect, type Page, test } from '@playwright/test'

import { advance, joinAsMediator, joinAsParty, launch, onDesktop, onPhone, signIn } from '../support/house'
import { readsWell } from '../support/page-quality'
import { type Server, startServer } from '../support/server'

/** Lips and voice seem in step up to this (ITU-R BT.1359), and a page looks at its pictures sixty times a second. */
const MAX_OFFSET_MS = 120
const TALK_MS = 5_000
const HOLE_MS = 5_000
const LISTEN_MS = 6_000

interface Gap {
  readonly fromMillis: number
  readonly toMillis: number
  readonly cause: string
}

test.describe.configure({ mode: 'serial' })

test.describe('R26: a hole in a recording', () => {
  let server: Server
  let browser: Browser
  let auditor: Page
  let session: string
  let gap: Gap

  test.beforeAll(async () => {
    server = await startServer()
    browser = await launch()
    const mediator = await (await onDesktop(browser)).newPage()
    await joinAsMediator(mediator, server)
    const party = await (await onPhone(browser)).newPage()
    await joinAsParty(party, server.partyLinks[0] ?? '')
    await advance(mediator, 'OPENING', [mediator, party])
    await expect(mediator.getByTestId('recording-state')).toHaveAttribute('data-state', 'receiving')
    await pass(party, TALK_MS)
    await party.getByTestId('toggle-cam').click()
    await party.getByTestId('toggle-mic').click()
    await party.evaluate(sendNothing, true)
    await pass(party, HOLE_MS)
    await party.evaluate(sendNothing, false)
    await party.getByTestId('toggle-cam').click()
    await party.getByTestId('toggle-mic').click()
    await pass(party, 2 * TALK_MS)
    await mediator.getByTestId('advance-CLOSED').first().click()
    await mediator.getByTestId('close-confirm').click()
    await expect(mediator.getByTestId('root-hash')).toHaveAttribute('data-root-hash', /^[0-9a-f]{64}$/, { timeout: 60_000 })
    await mediator.context().close()
    await party.context().close()
  })

  test.afterEach(async ({}, info) => {
    if (info.status !== info.expectedStatus) await info.attach('server.log', { body: server.log() })
  })

  test.afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  /** Lets people talk: the recording is of real time. */
  async function pass(page: Page, millis: number): Promise<void> {
    await page.waitForFunction((until) => performance.now() > until, (await page.evaluate(() => performance.now())) + millis)
  }

  const tile = () => auditor.locator('figure').filter({ has: auditor.locator('[data-testid^="replay-track-"]') }).nth(1)
  const seek = (toMs: number): Promise<void> => auditor.getByTestId('replay-seek').fill(String(Math.round(toMs / 100) * 100))

  test('its cause is in the ledger, in the lanes and in words', async () => {
    auditor = await (await onDesktop(browser)).newPage()
    await signIn(auditor, server, server.auditor, `${server.base}/cases`)
    await auditor.getByTestId('case-row').first().click()
    await auditor.getByTestId('replay-open').first().click()
    await auditor.getByTestId('replay-play').waitFor()
    session = auditor.url().split('/').pop() ?? ''
    const ledger = await (await auditor.request.get(`${server.base}/api/sessions/${session}/ledger`)).text()
    const gaps: Gap[] = ledger
      .split('\n')
      .filter((line) => line.includes('"source-gap"') && line.includes('"video"') && line.includes('"party-1"'))
      .map((line) => JSON.parse(line).payload)
    const found = gaps.find(({ fromMillis, toMillis }) => toMillis - fromMillis > HOLE_MS / 2)
    expect(found?.cause, JSON.stringify(gaps)).toBe('mute')
    gap = found ?? { fromMillis: 0, toMillis: 0, cause: '' }

    const absence = auditor.getByTestId('replay-lane-party-1').locator('[data-testid="replay-absence"][data-cause="muted"]').first()
    await absence.focus()
    await expect(auditor.getByTestId('replay-absence-told')).toContainText('已关闭')
    await readsWell(auditor, 'replay-hole')
  })

  test('is black and says why, and no picture is left standing in it', async () => {
    await seek(gap.fromMillis - 1_500)
    await expect(tile().getByTestId('replay-hole')).toHaveCount(0)

    await seek((gap.fromMillis + gap.toMillis) / 2)

    await expect(tile().getByTestId('replay-hole')).toHaveAttribute('data-cause', 'muted')
    await expect(tile().getByTestId('replay-hole')).toContainText('已关闭')
    expect(await tile().locator('video').evaluateAll((all) => all.map((video) => getComputedStyle(video).visibility))).toEqual(['hidden'])
    expect(await tile().getByTestId('replay-hole').evaluate((hole) => getComputedStyle(hole).backgroundColor)).toBe('rgb(0, 0, 0)')
  })

  test('leaves sound and picture in step behind it', async () => {
    await seek(gap.toMillis - 2_000)
    const heard = tile().evaluate(listen, LISTEN_MS)
    await auditor.getByTestId('replay-play').click()

    const { beeps, flashes, inHole } = await heard

    expect(inHole, 'seen or heard in the hole').toBe(0)
    const offsets = beeps.map((beep) => Math.min(...flashes.map((flash) => Math.abs(flash - beep)))).sort((a, b) => a - b)
    expect(offsets.length, `beeps ${beeps.join()} flashes ${flashes.join()}`).toBeGreaterThanOrEqual(2)
    expect(offsets[Math.floor(offsets.length / 2)], `beeps ${beeps.join()} flashes ${flashes.join()}`).toBeLessThanOrEqual(MAX_OFFSET_MS)
    await auditor.getByTestId('replay-play').click()
  })

  test('the page has hashed what it played, and all of it when asked', async () => {
    const bar = auditor.getByTestId('integrity')
    await expect(bar).toHaveAttribute('data-state', 'ledger-good')
    await auditor.getByTestId('integrity-all').or(bar).first().click()
    await expect(bar).toHaveAttribute('data-percent', '100', { timeout: 20_000 })
    await expect(bar).toHaveAttribute('data-bad', '0')
  })
})

/** In the page: a browser that is switched off goes on sending black and silence; some send nothing at all. */
async function sendNothing(nothing: boolean): Promise<void> {
  const senders = window.heyiPeers[window.heyiPeers.length - 1]?.getSenders() ?? []
  for (const sender of senders) {
    const parameters = sender.getParameters()
    for (const encoding of parameters.encodings) encoding.active = !nothing
    if (sender.track !== null) await sender.setParameters(parameters)
  }
}

/** In the page: when the tile beeped and flashed, by the clock of the wall, and how often while it said that it had nothing. */
async function listen(tile: Element, millis: number): Promise<{ beeps: number[]; flashes: number[]; inHole: number }> {
  const audio = tile.querySelector('audio')
  const video = tile.querySelector('video')
  if (audio === null || video === null) throw new Error('the tile has no tracks')
  const context = new AudioContext()
  const analyser = new AnalyserNode(context, { fftSize: 256 })
  // Taken from the element, so that its mute counts.
  context.createMediaElementSource(audio).connect(analyser).connect(context.destination)
  const samples = new Float32Array(analyser.fftSize)
  const canvas = new OffscreenCanvas(8, 8)
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  const [beeps, flashes]: [number[], number[]] = [[], []]
  let [loud, bright, inHole] = [false, false, 0]
  const end = performance.now() + millis
  while (performance.now() < end) {
    await new Promise(requestAnimationFrame)
    analyser.getFloatTimeDomainData(samples)
    pen?.drawImage(video, 0, 0, 8, 8)
    const isHole = tile.querySelector('[data-testid="replay-hole"]') !== null
    const isLoud = !audio.muted && samples.some((sample) => Math.abs(sample) > 0.1)
    const isBright = getComputedStyle(video).visibility !== 'hidden' && (pen?.getImageData(4, 4, 1, 1).data[0] ?? 0) > 160
    if (isLoud && !loud) beeps.push(Math.round(performance.now()))
    if (isBright && !bright) flashes.push(Math.round(performance.now()))
    if (isHole && (isLoud || isBright)) inHole++
    ;[loud, bright] = [isLoud, isBright]
  }
  return { beeps, flashes, inHole }
}
