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
  /** Where the first tracks of the party begin, in milliseconds of the session. */
  let begins = { audio: 0, video: 0 }

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
    for (const line of ledger.split('\n').filter((line) => line.includes('"track-made"') && line.includes('"party-1"'))) {
      const { kind, offsetMillis } = JSON.parse(line).payload
      begins = { ...begins, [kind]: offsetMillis }
    }
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

    const { beeps, flashes, inHole, leads } = await heard

    expect(inHole, 'seen or heard in the hole').toBe(0)
    expect(beeps.length).toBeGreaterThanOrEqual(2)
    expect(flashes.length).toBeGreaterThanOrEqual(2)
    // By the places of the tracks, not by beeps and flashes: a camera that is opened anew flashes at another time.
    const offsets = leads.map((lead) => Math.abs(lead + begins.audio - begins.video)).sort((a, b) => a - b)
    const told = `sound before picture, in ms: ${offsets.map(Math.round).join()}`
    expect(offsets.length, told).toBeGreaterThanOrEqual(20)
    expect(offsets[Math.floor(offsets.length / 2)], told).toBeLessThanOrEqual(MAX_OFFSET_MS)
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

interface Heard {
  readonly beeps: readonly number[]
  readonly flashes: readonly number[]
  /** How often something was seen or heard where there was nothing. */
  readonly inHole: number
  /** How far the sound's place in its file was before the picture's in its own, in milliseconds. */
  readonly leads: readonly number[]
}

/** In the page: when the tile beeped and flashed, by the clock of the wall, and what it did while it said that it had nothing. */
async function listen(tile: Element, millis: number): Promise<Heard> {
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
  const loudInHole: number[] = []
  const leads: number[] = []
  let [loud, bright, brightInHole, holeEnd] = [false, false, 0, 0]
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
    if (isHole) holeEnd = performance.now()
    else if (!audio.paused && !video.paused) leads.push(1_000 * (audio.currentTime - video.currentTime))
    if (isHole && isBright) brightInHole++
    if (isHole && isLoud) loudInHole.push(performance.now())
    ;[loud, bright] = [isLoud, isBright]
  }
  // The sound is back before the picture, which waits for a keyframe.
  return { beeps, flashes, leads, inHole: brightInHole + loudInHole.filter((at) => at < holeEnd - 500).length }
}
