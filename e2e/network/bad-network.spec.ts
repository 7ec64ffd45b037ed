import { type Browser, expect, type Page, test } from '@playwright/test'

import { hearBeeps } from '../support/beep-ear'
import { advance, joinAsMediator, joinAsParty, launch, onDesktop, onPhone } from '../support/house'
import { type Conditions, GOOD, ImpairedPath } from '../support/impaired-path'
import { forceRelay } from '../support/page-devices'
import { flow, received, route } from '../support/peer-statistics'
import { type Server, startServer } from '../support/server'
import { startTurnServer, type TurnServer } from '../support/turn-server'

/** Five of a hundred lost each way, 200 ms there and back. */
const BAD: Conditions = { ...GOOD, loss: 0.05, delayMs: 100 }
const LISTEN_MS = 20_000
/** What is made up may not be more than what the path loses: losses must not grow into gaps. Seen: 4.1 % of 5.9 %. */
const MAX_CONCEALED = 0.06
const MIN_BEEPS_HEARD = 0.9

test.describe.configure({ mode: 'serial' })

test.describe('a phone on a bad network', () => {
  let turn: TurnServer
  let path: ImpairedPath
  let server: Server
  let browser: Browser
  let mediator: Page
  let party: Page

  test.beforeAll(async () => {
    turn = await startTurnServer()
    path = await ImpairedPath.open(turn.port)
    server = await startServer({
      settings: { HEYI_TURN_URLS: `turn:127.0.0.1:${path.port}?transport=udp`, HEYI_TURN_SECRET: turn.secret },
    })
    browser = await launch()
    mediator = await (await onDesktop(browser)).newPage()
    await joinAsMediator(mediator, server)
    const phone = await onPhone(browser)
    await phone.addInitScript(forceRelay)
    party = await phone.newPage()
    await joinAsParty(party, server.partyLinks[0] ?? '')
    await advance(mediator, 'OPENING', [mediator, party])
    for (const page of [mediator, party]) {
      await expect.poll(async () => (await received(page)).videos, { timeout: 30_000 }).toBe(1)
      await expect.poll(async () => (await received(page)).audios, { timeout: 30_000 }).toBe(1)
    }
    expect(await route(party)).toEqual([{ candidateType: 'relay', relayProtocol: 'udp' }])
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

  test('with 5 % loss and 200 ms speech stays intelligible both ways', async () => {
    path.up = path.down = BAD
    const lost = { ...path.dropped }

    const listening = ([['mediator', mediator, 'party-1'], ['party', party, 'mediator']] as const).map(async ([who, listener, voice]) => {
      const before = await flow(listener, voice)
      const heard = await hearBeeps(listener, LISTEN_MS)
      return { who, before, heard, after: await flow(listener, voice) }
    })
    for (const { who, before, heard, after } of await Promise.all(listening)) {
      const concealed = (after.concealedSamples - before.concealedSamples) / (after.totalSamples - before.totalSamples)
      const summary = `${who} hears ${heard} beeps in ${LISTEN_MS / 1_000} s, ${(100 * concealed).toFixed(1)} % concealed, ` +
        `${after.fecPackets - before.fecPackets} packets from FEC, ${after.audioPacketsLost - before.audioPacketsLost} lost`
      console.log(summary)
      test.info().annotations.push({ type: 'measured', description: summary })
      expect(heard, summary).toBeGreaterThanOrEqual((MIN_BEEPS_HEARD * LISTEN_MS) / 1_000)
      expect(concealed, summary).toBeLessThan(MAX_CONCEALED)
      expect(after.audioPacketsLost, 'the path lost nothing: the test proves nothing').toBeGreaterThan(before.audioPacketsLost)
      expect(after.framesDecoded).toBeGreaterThan(before.framesDecoded)
    }
    expect(path.dropped.up).toBeGreaterThan(lost.up)
    expect(path.dropped.down).toBeGreaterThan(lost.down)
  })
})
