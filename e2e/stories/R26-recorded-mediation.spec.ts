import { type Browser, expect, type Page, test } from '@playwright/test'
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'

import { advance, joinAsMediator, joinAsParty, launch, onDesktop, onPhone, signIn } from '../support/house'
import { readsWell } from '../support/page-quality'
import { received } from '../support/peer-statistics'
import { beeps, decodeWithoutErrors, flashes, median, offsetsMs } from '../support/recorded-media'
import { type Server, startServer } from '../support/server'

/** Lips and voice seem in step up to about this (ITU-R BT.1359). */
const MAX_AV_OFFSET_MS = 80
/** Fewer events than this and the file does not hold the session. */
const MIN_EVENTS = 5

interface Track {
  readonly trackId: string
  readonly kind: 'audio' | 'video'
  readonly seatId: string
  readonly url: string
  readonly offsetMs: number
}

test.describe.configure({ mode: 'serial' })

test.describe('R26, R38: a recorded mediation', () => {
  let server: Server
  let browser: Browser
  let mediator: Page
  let parties: Page[]
  let everyone: Page[]

  test.beforeAll(async () => {
    server = await startServer()
    browser = await launch()
  })

  test.afterEach(async ({}, info) => {
    if (info.status !== info.expectedStatus) await info.attach('server.log', { body: server.log() })
  })

  test.afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  test('two parties come by link on their phones, the mediator at the desk', async () => {
    mediator = await (await onDesktop(browser)).newPage()
    await joinAsMediator(mediator, server)
    parties = []
    for (const link of server.partyLinks) {
      const page = await (await onPhone(browser)).newPage()
      await joinAsParty(page, link)
      parties.push(page)
    }
    everyone = [mediator, ...parties]
  })

  test('nobody is recorded before the opening, everybody after it', async () => {
    await expect(mediator.getByTestId('recording-state')).toHaveAttribute('data-state', 'off')

    await advance(mediator, 'OPENING', everyone)

    for (const page of everyone) {
      await expect(page.getByTestId('recording-state')).toHaveAttribute('data-state', 'receiving')
    }
  })

  test('each sees and hears the other two', async () => {
    await advance(mediator, 'JOINT', everyone)

    for (const page of everyone) {
      await expect.poll(async () => (await received(page)).videos, { timeout: 30_000 }).toBe(2)
      await expect.poll(async () => (await received(page)).audios, { timeout: 30_000 }).toBe(2)
      const before = (await received(page)).framesDecoded
      await expect.poll(async () => (await received(page)).framesDecoded).toBeGreaterThan(before + 30)
    }
  })

  test('a mute is seen by all and a refresh in the middle keeps the seat', async () => {
    const [first] = parties
    if (first === undefined) throw new Error('no party')
    const microphone = mediator.getByTestId('seat-party-1').locator('svg').first()
    const heard = await microphone.innerHTML()
    await first.getByTestId('toggle-mic').click()
    await expect.poll(() => microphone.innerHTML()).not.toBe(heard)
    await first.getByTestId('toggle-mic').click()
    await expect.poll(() => microphone.innerHTML()).toBe(heard)

    await first.reload()

    await first.getByTestId('room').waitFor()
    await expect.poll(async () => (await received(first)).videos, { timeout: 30_000 }).toBe(2)
    await expect.poll(async () => (await received(mediator)).videos, { timeout: 30_000 }).toBe(2)
  })

  test('everybody sees how his own network fares, the mediator everybody’s', async () => {
    const [first] = parties
    if (first === undefined) throw new Error('no party')
    for (const bars of [mediator.getByTestId('quality-party-1'), mediator.getByTestId('quality-party-2'), first.getByTestId('quality-party-1')]) {
      await expect(bars).toHaveAttribute('data-level', /^(good|fair|poor)$/)
    }
    await expect(first.getByTestId('quality-party-2')).toHaveCount(0)

    await first.getByTestId('quality-party-1').click()
    await expect(first.getByTestId('quality-advice')).toBeVisible()
    await first.keyboard.press('Escape')
    await expect(first.getByTestId('quality-advice')).toBeHidden()
  })

  test('the transcript is written live, read on the phone, objected to and corrected', async () => {
    const [first] = parties
    if (first === undefined) throw new Error('no party')
    await enters('Digit2', '被申请人承认欠款一万元，愿意分期归还。')
    await enters('Digit4', '双方核对还款凭证。')
    await expect(first.getByTestId('transcript-strip')).toContainText('双方核对还款凭证。')
    await first.getByTestId('transcript-strip').click()
    const line = first.getByTestId('transcript-line').first()
    await line.getByTestId('transcript-object').click()
    await first.getByTestId('transcript-object-text').fill('我说的是两万元。')
    await first.getByTestId('transcript-object-send').click()

    await expect(mediator.getByTestId('transcript-objection')).toContainText('我说的是两万元。')
    await mediator.getByTestId('transcript-correct').first().click()
    await mediator.getByTestId('transcript-new-text').fill('被申请人承认欠款两万元，愿意分期归还。')
    await mediator.getByTestId('transcript-reason').fill('与录音核对后更正')
    await mediator.getByTestId('transcript-change-send').click()

    await expect(line.locator('del')).toContainText('一万元')
    await expect(line.getByTestId('transcript-objection')).toHaveAttribute('data-answer', 'correction')
    await readsWell(mediator, 'transcript-desk')
    await readsWell(first, 'transcript-phone')
    await first.keyboard.press('Escape')
    await expect(line).toBeHidden()
  })

  /** Writes a line as a mediator does: a key for the speaker, words, Enter. */
  async function enters(speaker: string, words: string): Promise<void> {
    const pen = mediator.getByTestId('transcript-input')
    await pen.press(`Alt+${speaker}`)
    await pen.fill(words)
    await pen.press('Enter')
    await expect(mediator.getByTestId('transcript-line').last()).toContainText(words)
    await expect(mediator.getByTestId('transcript-pending')).toHaveCount(0)
  }

  test('the agreement is read back, confirmed on the phones and signed', async () => {
    await advance(mediator, 'READBACK', everyone)
    for (const page of parties) {
      await page.getByTestId('transcript-confirm').click()
      await page.getByTestId('transcript-confirmed').waitFor()
    }
    for (const seat of ['party-1', 'party-2']) {
      await expect(mediator.getByTestId(`transcript-read-${seat}`)).toHaveAttribute('data-read', 'true')
    }
    await mediator.getByTestId('agreement-title').fill('调解协议书')
    await mediator.getByTestId('agreement-clause-1').fill('被申请人于2026年12月31日前支付人民币12,345.67元。')
    await mediator.getByTestId('agreement-prepare').click()
    await mediator.getByTestId('agreement-prepared').waitFor()
    await advance(mediator, 'SIGNING', everyone)

    for (const page of parties) {
      const confirm = page.getByTestId('agreement-confirm')
      if (!(await confirm.isVisible())) await page.getByTestId('agreement-open').click()
      await confirm.click()
      await page.getByTestId('agreement-confirmed').waitFor()
    }
    await mediator.getByTestId('agreement-confirm').click()
  })

  test('after closing, the evidence is sealed and its root hash shown to all', async () => {
    await mediator.getByTestId('advance-CLOSED').first().click()
    await mediator.getByTestId('close-confirm').click()

    for (const page of everyone) {
      await expect(page.getByTestId('root-hash')).toHaveAttribute('data-root-hash', /^[0-9a-f]{64}$/, { timeout: 60_000 })
    }
  })

  test('the auditor replays it, the files hold it in step, the signature holds', async ({}, info) => {
    const auditor = await (await onDesktop(browser)).newPage()
    await signIn(auditor, server, server.auditor, `${server.base}/cases`)
    await auditor.getByTestId('case-row').first().click()
    await auditor.getByTestId('replay-open').first().click()
    await auditor.getByTestId('replay-play').waitFor()
    const sessionId = auditor.url().split('/').pop() ?? ''
    const session = await (await auditor.request.get(`${server.base}/api/sessions/${sessionId}`)).json()
    const tracks: Track[] = session.tracks
    expect(new Set(tracks.map((track) => track.seatId)).size).toBe(3)

    await replays(auditor)
    await findsAbout(auditor)
    await findsWhatWasSaid(auditor, sessionId)
    await inStep(auditor, tracks, info.outputPath.bind(info))
    await signed(auditor, session.caseId, info.outputPath('agreement.pdf'))
  })

  async function replays(auditor: Page): Promise<void> {
    await auditor.getByTestId('replay-play').click()
    await expect
      .poll(() => auditor.evaluate(() => [...document.querySelectorAll('video')].filter((video) => video.currentTime > 1).length), { timeout: 30_000 })
      .toBeGreaterThanOrEqual(3)
    await expect(auditor.getByTestId('replay-event').first()).toBeVisible()
    await expect(auditor.getByTestId('seal-stamp')).toHaveAttribute('data-state', 'stamped')
    await expect(auditor.getByTestId('seal-log')).toContainText('条')
    await expect(auditor.getByTestId('seal-accesses').locator('li').first()).toContainText('打开回放')
    await expect(auditor.locator('[data-testid^="quality-lane-"]')).toHaveCount(3)
    const middle = await auditor.getByTestId('replay-seek').evaluate((slider: HTMLInputElement) => Math.floor(Number(slider.max) / 2))
    await auditor.getByTestId('replay-seek').fill(String(middle - (middle % 100)))
    await expect
      .poll(async () => Number(await auditor.getByTestId('replay-time').getAttribute('data-position-ms')))
      .toBeGreaterThan(middle - 500)
  }

  async function findsAbout(auditor: Page): Promise<void> {
    const position = async (): Promise<number> => Number(await auditor.getByTestId('replay-time').getAttribute('data-position-ms'))
    const address = new URL(auditor.url())
    address.searchParams.set('t', '0:03')
    await auditor.goto(address.href)
    await auditor.getByTestId('replay-play').waitFor()
    expect(await position(), 'a link to a second begins there').toBe(3_000)
    await expect(auditor.getByTestId('viewer-mark').first()).toHaveAttribute('data-text', /审计 20\d\d/)

    const signing = auditor.locator('[data-testid=replay-chapter][data-phase=SIGNING]')
    await signing.click()
    const start = await position()
    expect(start, 'the chapter of the signing is after the talk').toBeGreaterThan(3_000)
    await auditor.keyboard.press('PageUp')
    expect(await position(), 'the chapter before').toBeLessThan(start)

    await auditor.keyboard.press('1')
    const unheard = (): Promise<number> => auditor.evaluate(() => [...document.querySelectorAll('audio')].filter((audio) => audio.muted).length)
    await expect(auditor.getByTestId('replay-solo').first()).toHaveAttribute('aria-pressed', 'true')
    expect(await unheard(), 'one is heard alone').toBeGreaterThanOrEqual(2)
    await auditor.keyboard.press('1')
    expect(await unheard(), 'all are heard again').toBe(0)
  }

  async function findsWhatWasSaid(auditor: Page, sessionId: string): Promise<void> {
    const position = async (): Promise<number> => Number(await auditor.getByTestId('replay-time').getAttribute('data-position-ms'))
    const line = auditor.getByTestId('replay-transcript').getByTestId('transcript-line').first()
    await auditor.getByTestId('transcript-find').fill('两万元')
    await auditor.getByTestId('transcript-find').press('Enter')
    await expect(auditor.getByTestId('transcript-found')).toHaveText('1/1')
    await expect(line, 'the line that is spoken now').toHaveAttribute('aria-current', 'true')
    expect(await position()).toBeGreaterThan(3_000)
    await readsWell(auditor, 'transcript-replay')

    await auditor.goto(`${server.base}/sessions`)
    await auditor.getByTestId('search-said').fill('承认欠款两万元')
    await auditor.getByTestId('search-go').click()
    const found = auditor.getByTestId('found-line')
    await expect(found).toContainText('被申请人承认欠款两万元')
    await readsWell(auditor, 'transcript-search')
    await found.click()
    await auditor.getByTestId('replay-play').waitFor()
    expect(auditor.url()).toContain(sessionId)
    expect(await position(), 'the replay begins where it was said').toBeGreaterThan(3_000)
  }

  async function inStep(auditor: Page, tracks: readonly Track[], path: (name: string) => string): Promise<void> {
    const times = new Map<string, { beeps: number[]; flashes: number[] }>()
    for (const track of tracks) {
      const file = path(`${track.trackId}.webm`)
      await writeFile(file, await (await auditor.request.get(new URL(track.url, server.base).href)).body())
      await decodeWithoutErrors(file)
      const seat = times.get(track.seatId) ?? { beeps: [], flashes: [] }
      const onSession = (at: number): number => at + track.offsetMs / 1000
      if (track.kind === 'audio') seat.beeps.push(...(await beeps(file)).map(onSession))
      else seat.flashes.push(...(await flashes(file)).map(onSession))
      times.set(track.seatId, seat)
    }
    for (const [seat, { beeps: heard, flashes: seen }] of times) {
      const offsets = offsetsMs(seen, heard)
      expect(offsets.length, `beeps with flashes of ${seat}`).toBeGreaterThan(MIN_EVENTS)
      expect(Math.abs(median(offsets)), `A/V offset of ${seat} in ms`).toBeLessThanOrEqual(MAX_AV_OFFSET_MS)
    }
  }

  async function signed(auditor: Page, caseId: string, file: string): Promise<void> {
    const caseFile = await (await auditor.request.get(`${server.base}/api/cases/${caseId}`)).json()
    const document = caseFile.documents.find((one: { signed: boolean }) => one.signed)
    await writeFile(file, await (await auditor.request.get(`${server.base}/api/documents/${document.documentId}`)).body())
    const { stdout } = await promisify(execFile)('pdfsig', ['-nocert', file])
    expect(stdout.match(/Signature is Valid/g) ?? []).toHaveLength(3)
  }
})
