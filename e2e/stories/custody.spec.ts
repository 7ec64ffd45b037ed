import { type Browser, expect, type Page, test } from '@playwright/test'

import { advance, joinAsMediator, joinAsParty, launch, onDesktop, onPhone, signIn } from '../support/house'
import { readsWell } from '../support/page-quality'
import { type Server, startServer } from '../support/server'

test.describe.configure({ mode: 'serial' })

/** 法释〔2017〕5号 art. 15: what was recorded ends when its time is over, by two people, and never under a hold. */
test.describe('custody of evidence', () => {
  let server: Server
  let browser: Browser
  let clerk: Page
  let auditor: Page

  test.beforeAll(async () => {
    server = await startServer({ settings: { HEYI_RECORDING_RETENTION_PERIOD: 'PT0S' } })
    browser = await launch()
  })

  test.afterEach(async ({}, info) => {
    if (info.status !== info.expectedStatus) await info.attach('server.log', { body: server.log() })
  })

  test.afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  async function openCase(page: Page): Promise<void> {
    await page.getByTestId('case-row').first().click()
    await page.getByTestId('custody').waitFor()
  }

  async function confirm(page: Page, reason?: string): Promise<void> {
    if (reason !== undefined) await page.getByTestId('custody-reason').fill(reason)
    await page.getByTestId('custody-confirm').click()
  }

  /** The whole section as it is on a phone, for people to look at. */
  async function picture(page: Page, name: string): Promise<void> {
    if (process.env['HEYI_TEST_SCREENSHOTS'] !== '1') return
    const before = page.viewportSize()
    await page.setViewportSize({ width: 360, height: 640 })
    await page.getByTestId('custody').screenshot({ path: test.info().outputPath(`${name}-section.png`) })
    if (before !== null) await page.setViewportSize(before)
  }

  test('before anything was recorded there is nothing to keep', async () => {
    clerk = await (await onDesktop(browser)).newPage()
    await signIn(clerk, server, server.clerk, `${server.base}/cases`)
    await openCase(clerk)

    await expect(clerk.getByTestId('custody-empty')).toBeVisible()
    await expect(clerk.getByTestId('no-hold')).toBeVisible()
    await readsWell(clerk, 'custody-empty')
  })

  test('a session is recorded', async () => {
    const mediator = await (await onDesktop(browser)).newPage()
    const party = await (await onPhone(browser)).newPage()
    await joinAsMediator(mediator, server)
    await joinAsParty(party, server.partyLinks[1] ?? '')
    await advance(mediator, 'OPENING', [mediator, party])
    for (const page of [mediator, party]) await expect(page.getByTestId('recording-state')).toHaveAttribute('data-state', 'receiving')
    await advance(mediator, 'JOINT', [mediator, party])
    await mediator.getByTestId('advance-CLOSED').first().click()
    await mediator.getByTestId('close-confirm').click()
    await mediator.getByTestId('root-hash').waitFor({ state: 'attached', timeout: 60_000 })
    await mediator.context().close()
    await party.context().close()
  })

  test('a film of everybody, and a clip that two people decide on', async () => {
    auditor = await (await onDesktop(browser)).newPage()
    await signIn(auditor, server, server.auditor, `${server.base}/cases`)
    await auditor.getByTestId('case-row').first().click()
    await auditor.getByTestId('replay-open').click()
    await auditor.getByTestId('films-open').click()
    await readsWell(auditor, 'films-none', auditor.getByTestId('film-make'))
    await auditor.getByTestId('film-make').click()
    await auditor.getByTestId('film-running').waitFor()
    await readsWell(auditor, 'films-running')
    await auditor.getByTestId('film-done').waitFor({ timeout: 60_000 })
    await expect(auditor.getByTestId('film-download')).toBeVisible()

    await auditor.getByTestId('film-cut').click()
    await auditor.getByTestId('clip-from').fill('0:75')
    await auditor.getByTestId('clip-to').fill('00:00:03')
    await auditor.getByTestId('clip-ask').click()
    await expect(auditor.getByText('请填写录像之内的起止时间和理由')).toBeVisible()
    await auditor.getByTestId('clip-from').fill('00:00:01')
    await auditor.getByTestId('clip-reason').fill('核对当事人对还款期限的陈述')
    await readsWell(auditor, 'films-cut')
    await auditor.getByTestId('clip-ask').click()
    await auditor.getByTestId('film-waiting').waitFor()
    await expect(auditor.getByTestId('clip-approve')).toHaveCount(0)

    const mediator = await (await onDesktop(browser)).newPage()
    await signIn(mediator, server, server.mediator, auditor.url())
    await expect(mediator.getByTestId('package-download')).toHaveCount(0)
    await mediator.getByTestId('films-open').click()
    await mediator.getByTestId('film-waiting').waitFor()
    await readsWell(mediator, 'films-decide')
    await mediator.getByTestId('clip-approve').click()
    await mediator.getByTestId('film-done').nth(1).waitFor({ timeout: 60_000 })
    await readsWell(mediator, 'films-done')
  })

  test('a hold keeps it, and its lifting is written down', async () => {
    await clerk.reload()
    await expect(clerk.getByTestId('kept-session')).toHaveCount(1)
    await readsWell(clerk, 'custody-due')
    await clerk.getByTestId('hold-place').click()
    await readsWell(clerk, 'custody-hold-ask', clerk.getByTestId('custody-confirm'))
    await confirm(clerk, '海州区人民法院另案审理需要，函号（2026）海法函 12 号')

    await expect(clerk.getByTestId('hold')).toHaveCount(1)
    await expect(clerk.getByTestId('disposal-request')).toHaveCount(0)
    await readsWell(clerk, 'custody-held')
    await picture(clerk, 'custody-held')

    await clerk.getByTestId('hold-lift').click()
    await confirm(clerk, '另案已审结')
    await expect(clerk.getByTestId('past-holds')).toBeVisible()
    await expect(clerk.getByTestId('disposal-request')).toBeVisible()
  })

  test('the clerk asks, and cannot agree with himself', async () => {
    await clerk.getByTestId('disposal-request').click()
    await confirm(clerk, '保管期限届满，经鉴定无继续保存价值')

    await expect(clerk.getByTestId('kept-session')).toHaveAttribute('data-disposal', 'REQUESTED')
    await expect(clerk.getByTestId('disposal-approve')).toHaveCount(0)
    await expect(clerk.getByTestId('disposal-decline')).toBeVisible()
    await readsWell(clerk, 'custody-requested')
  })

  test('the auditor agrees, and a tombstone stays', async () => {
    await auditor.goto(`${server.base}/cases`)
    await openCase(auditor)
    const session = (await auditor.getByTestId('kept-session').getAttribute('data-session-id')) ?? ''
    await readsWell(auditor, 'custody-to-decide')
    await picture(auditor, 'custody-to-decide')
    await auditor.getByTestId('disposal-approve').click()
    await readsWell(auditor, 'custody-approve-ask', auditor.getByTestId('custody-confirm'))
    await confirm(auditor)

    await expect(auditor.getByTestId('kept-session')).toHaveAttribute('data-disposal', 'DONE', { timeout: 20_000 })
    await auditor.reload()
    await expect(auditor.getByTestId('session-row').first()).toHaveAttribute('data-state', 'DISPOSED')
    await readsWell(auditor, 'custody-disposed')
    await picture(auditor, 'custody-disposed')
    const answer = await auditor.request.get(`${server.base}/api/sessions/${session}/tombstone`)
    expect(await answer.text()).toContain('保管期限届满')
    await auditor.goto(`${server.base}/replay/${session}`)
    await auditor.getByTestId('error-page').waitFor()
    await expect(auditor.getByText('已依法销毁')).toBeVisible()
    await readsWell(auditor, 'replay-disposed')
  })

  test('the operator sees how evidence is kept', async () => {
    const page = await (await onDesktop(browser)).newPage()
    await page.goto(`${server.base}/login`)
    await page.getByTestId('login-user').fill(server.operator.user)
    await page.getByTestId('login-password').fill(server.operator.password)
    await page.getByTestId('login-submit').click()
    await expect(page.getByTestId('custody-figures')).toHaveAttribute('data-lock', 'none')
    await page.getByTestId('custody-figures').scrollIntoViewIfNeeded()
    await readsWell(page, 'operator-custody')
  })
})
