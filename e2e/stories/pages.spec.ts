import { type Browser, expect, type Page, test } from '@playwright/test'

import { advance, joinAsParty, launch, onDesktop, onPhone, signIn } from '../support/house'
import { readsWell } from '../support/page-quality'
import { holdMicrophone } from '../support/peer-statistics'
import { type Server, startServer } from '../support/server'

const LONG_TITLE = '示例银行股份有限公司海州经济技术开发区支行诉陈示例、王示例等金融借款合同及保证合同纠纷一案'
const LONG_BANK = '示例银行股份有限公司海州经济技术开发区人民路支行（委托代理人：欧阳示例）'
const LONG_PERSON = '阿卜杜拉·买买提·示例（法定代理人：努尔古丽·示例）'

test.describe.configure({ mode: 'serial' })

test.describe('every page, small and large, with long names', () => {
  let server: Server
  let browser: Browser
  let mediator: Page
  const parties: Page[] = []

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

  test('doors: home, sign-in, a wrong password, nothing found', async () => {
    const page = await (await onDesktop(browser)).newPage()
    await page.goto(server.base)
    await readsWell(page, 'home', page.getByRole('link', { name: '→' }))
    await page.goto(`${server.base}/login`)
    await readsWell(page, 'login', page.getByTestId('login-submit'))
    await page.getByTestId('login-user').fill('nobody')
    await page.getByTestId('login-password').fill('wrong')
    await page.getByTestId('login-submit').click()
    await page.getByTestId('login-failed').waitFor()
    await readsWell(page, 'login-failed', page.getByTestId('login-submit'))
    await page.goto(`${server.base}/no/such/page`)
    await page.getByTestId('error-page').waitFor()
    await readsWell(page, 'not-found', page.getByTestId('go-home'))
    await page.goto(`${server.base}/j#AAAAAAAAAAAAAAAAAAAAAA`)
    await page.getByTestId('error-page').waitFor()
    await readsWell(page, 'unknown-invitation')
  })

  test('the mediator makes a case and invites', async () => {
    mediator = await (await onDesktop(browser)).newPage()
    await signIn(mediator, server, server.mediator, `${server.base}/cases`)
    await mediator.getByTestId('case-row').first().waitFor()
    await readsWell(mediator, 'cases', mediator.getByTestId('case-new'))

    await mediator.getByTestId('case-new').click()
    const dialog = mediator.getByRole('dialog')
    await dialog.getByTestId('case-new-title').fill(LONG_TITLE)
    await dialog.getByTestId('case-new-applicant').fill(LONG_BANK)
    await dialog.getByTestId('case-new-respondent').fill(LONG_PERSON)
    await readsWell(mediator, 'case-new', dialog.getByTestId('case-new-create'))
    await dialog.getByTestId('case-new-create').click()
    await mediator.waitForURL(/\/cases\/.+/)
    await mediator.getByTestId('session-create').waitFor()
    await readsWell(mediator, 'case-empty', mediator.getByTestId('session-create'))

    await mediator.getByTestId('session-create').click()
    for (const button of await mediator.getByTestId('invite-create').all()) await button.waitFor()
    await mediator.getByTestId('invite-create').first().click()
    await mediator.getByTestId('invite-create').first().click()
    await expect(mediator.getByTestId('invitation-url')).toHaveCount(2)
    await readsWell(mediator, 'case-invited')
  })

  test('a party reads, agrees and checks the devices', async () => {
    const links = await mediator.getByTestId('invitation-url').allTextContents()
    const page = await (await onPhone(browser)).newPage()
    await page.goto(links[1] ?? '')
    await page.getByTestId('join-continue').waitFor()
    await readsWell(page, 'join-welcome', page.getByTestId('join-continue'))
    await page.getByTestId('join-continue').click()
    await readsWell(page, 'join-consent', page.getByTestId('consent-online'))
    await page.getByTestId('consent-refuse').click()
    await readsWell(page, 'join-declined')
    for (const link of links) {
      const party = await (await onPhone(browser)).newPage()
      await joinAsParty(party, link, async () => {
        if (parties.length === 0) await readsWell(party, 'device-check', party.getByTestId('join-room'))
      })
      parties.push(party)
    }
    await readsWell(parties[1] ?? page, 'party-lobby', parties[1]?.getByTestId('toggle-mic'))
  })

  test('a device that is refused is told in words', async () => {
    const context = await onPhone(browser)
    await context.clearPermissions()
    await context.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
    })
    const page = await context.newPage()
    await page.goto(server.partyLinks[0] ?? '')
    await page.getByTestId('join-continue').click()
    await page.getByTestId('consent-online').check()
    await page.getByTestId('consent-recording').check()
    await page.getByTestId('consent-agree').click()
    await page.getByTestId('check-start').or(page.getByTestId('device-mic')).first().waitFor()
    if (await page.getByTestId('check-start').isVisible()) await page.getByTestId('check-start').click()
    await readsWell(page, 'device-refused', page.getByTestId('device-mic').getByRole('button'))
    await context.close()
  })

  test('the desk and the phone through the session', async () => {
    await mediator.getByTestId('session-enter').click()
    await mediator.getByTestId('join-room').waitFor()
    await readsWell(mediator, 'console-check', mediator.getByTestId('join-room'))
    await mediator.getByTestId('join-room').click()
    await mediator.getByTestId('room').waitFor()
    await readsWell(mediator, 'console-lobby', mediator.getByTestId('toggle-mic'))
    const everyone = [mediator, ...parties]
    const [phone] = parties
    if (phone === undefined) throw new Error('no party')

    await advance(mediator, 'OPENING', everyone)
    for (const page of everyone) await expect(page.getByTestId('recording-state')).toHaveAttribute('data-state', 'receiving')
    await advance(mediator, 'JOINT', everyone)
    for (const page of everyone) await expect(page.getByTestId('connection-state')).toHaveAttribute('data-tone', 'good')
    await readsWell(mediator, 'console-joint', mediator.getByTestId('toggle-mic'))
    await readsWell(phone, 'party-joint', phone.getByTestId('toggle-mic'))

    await isMissedWhenNotRecorded(phone, everyone)
    await talksOffTheRecord(phone, everyone)

    await mediator.getByTestId('advance-PAUSED').click()
    await mediator.getByTestId('pause-break').click()
    await phone.locator('[data-testid="phase"][data-phase="PAUSED"]').waitFor()
    await readsWell(phone, 'party-paused', phone.getByTestId('toggle-mic'))
    await advance(mediator, 'JOINT', everyone)
    await advance(mediator, 'READBACK', everyone)
    await mediator.getByTestId('agreement-clause-1').fill('被申请人于2026年12月31日前支付人民币12,345.67元。'.repeat(6))
    await mediator.getByTestId('agreement-prepare').click()
    await mediator.getByTestId('agreement-prepared').waitFor()
    await advance(mediator, 'SIGNING', everyone)
    await phone.getByTestId('agreement-confirm').waitFor()
    await phone.getByTestId('agreement-text').waitFor()
    await readsWell(phone, 'party-agreement', phone.getByTestId('agreement-confirm'))
    await readsWell(mediator, 'console-signing', mediator.getByTestId('toggle-mic'))
  })

  test('the operator sees the bridge, drains it and takes it back', async () => {
    const page = await (await onDesktop(browser)).newPage()
    await page.goto(`${server.base}/login`)
    await page.getByTestId('login-user').fill(server.operator.user)
    await page.getByTestId('login-password').fill(server.operator.password)
    await page.getByTestId('login-submit').click()
    await page.waitForURL(/\/operator\/bridges/)
    const bridge = page.getByTestId('bridge-embedded')
    await expect(bridge).toHaveAttribute('data-state', 'healthy')
    await readsWell(page, 'operator', bridge.getByTestId('drain'))

    await bridge.getByTestId('drain').click()
    await readsWell(page, 'operator-drain', page.getByTestId('bridge-confirm'))
    await page.getByTestId('bridge-confirm').click()
    await expect(bridge).toHaveAttribute('data-draining', 'true')
    await bridge.getByTestId('evacuate').click()
    await page.getByTestId('bridge-confirm').click()
    await expect(page.getByText('没有别的媒体桥可以接收')).toBeVisible()
    await bridge.getByTestId('undrain').click()
    await expect(bridge).toHaveAttribute('data-draining', 'false')
  })

  test('the agreement as it is printed', async () => {
    const [phone] = parties
    if (phone === undefined) throw new Error('no party')
    await phone.getByTestId('agreement-as-pages').click()

    await phone.getByTestId('agreement-page-1').waitFor()
    await expect(phone.getByTestId('agreement-pages')).toHaveAttribute('data-done', 'true')
    await readsWell(phone, 'party-agreement-pages', phone.getByTestId('agreement-confirm'))
  })

  test('the end, and the auditor', async () => {
    await mediator.getByTestId('advance-CLOSED').first().click()
    await readsWell(mediator, 'console-close', mediator.getByTestId('close-confirm'))
    await mediator.getByTestId('close-confirm').click()
    for (const page of [mediator, ...parties]) await page.getByTestId('root-hash').waitFor({ state: 'attached', timeout: 60_000 })
    await readsWell(parties[0] ?? mediator, 'party-closed')
    await expect(mediator.getByTestId('closed-recording')).toHaveAttribute('data-state', 'verified')
    await readsWell(mediator, 'console-closed')

    const auditor = await (await onDesktop(browser)).newPage()
    await signIn(auditor, server, server.auditor, `${server.base}/cases`)
    await auditor.getByTestId('nav-sessions').click()
    await auditor.getByTestId('search-words').fill('欧阳 买买提')
    await auditor.getByTestId('search-go').click()
    await expect(auditor.getByTestId('found-session')).toHaveCount(1)
    await expect(auditor.getByTestId('found-session')).toContainText(LONG_TITLE)
    await readsWell(auditor, 'sessions', auditor.getByTestId('search-go'))
    await auditor.getByTestId('search-from').fill('2099-01-01')
    await expect(auditor.getByTestId('found-session')).toHaveCount(0)
    await readsWell(auditor, 'sessions-none')
    await auditor.goBack()
    await expect(auditor.getByTestId('found-session')).toHaveCount(1)

    await auditor.goto(`${server.base}/cases`)
    await auditor.getByTestId('case-row').filter({ hasText: LONG_TITLE }).click()
    await auditor.getByTestId('replay-open').waitFor()
    await readsWell(auditor, 'case-audited', auditor.getByTestId('replay-open'))
    await auditor.getByTestId('replay-open').click()
    await auditor.getByTestId('replay-play').waitFor()
    await readsWell(auditor, 'replay')
  })

  test('a link of a session that is over says so and nothing else', async () => {
    const page = await (await onPhone(browser)).newPage()
    await page.goto(parties[0]?.url() ?? '')

    await expect(page.getByTestId('error-page')).toHaveAttribute('data-code', 'used-up-invitation')
    await expect(page.locator('body')).not.toContainText(/Exception|\bat heyi\.|java\./)
    await readsWell(page, 'used-up-invitation')
  })

  /** 法释〔2017〕5号 art. 3: why is said to all, the light says when it is so, and one button leads back. */
  async function talksOffTheRecord(phone: Page, everyone: readonly Page[]): Promise<void> {
    await mediator.getByTestId('off-record').click()
    await mediator.getByTestId('why-trade-secret').click()
    await readsWell(mediator, 'console-off-record-why', mediator.getByTestId('off-record-confirm'))
    await mediator.getByTestId('off-record-confirm').click()
    for (const page of everyone) await expect(page.getByTestId('recording-state')).toHaveAttribute('data-state', 'off-record')
    await expect(phone.getByText('现在说的话不会保存。原因：涉及商业秘密')).toBeVisible()
    await readsWell(mediator, 'console-off-record', mediator.getByTestId('toggle-mic'))
    await readsWell(phone, 'party-off-record', phone.getByTestId('toggle-mic'))
    await advance(mediator, 'JOINT', everyone)
    for (const page of everyone) await expect(page.getByTestId('recording-state')).toHaveAttribute('data-state', 'receiving')
  }

  /** R26: who is not recorded is named, the recorder comes anew, and at last the session pauses for him. */
  async function isMissedWhenNotRecorded(phone: Page, everyone: readonly Page[]): Promise<void> {
    const phase = mediator.locator('[data-testid="phase"]')
    await holdMicrophone(phone, true)

    await expect(mediator.getByTestId('silent-sources')).toContainText(/没有录到：.*的声音/, { timeout: 10_000 })
    for (const page of everyone) await expect(page.getByTestId('recording-state')).toHaveAttribute('data-state', 'partly')
    await expect(phone.getByTestId('silent-sources')).toContainText('您的声音没有录到')
    await expect(phone.getByText('有人的声音或画面没有录到')).toBeVisible({ timeout: 30_000 })
    await readsWell(mediator, 'console-silent', mediator.getByTestId('toggle-mic'))
    await readsWell(phone, 'party-silent', phone.getByTestId('toggle-mic'))
    await holdMicrophone(phone, false)

    await expect(phase).toHaveAttribute('data-phase', 'JOINT', { timeout: 20_000 })
    for (const page of everyone) {
      await expect(page.getByTestId('recording-state')).toHaveAttribute('data-state', 'receiving')
      await expect(page.getByTestId('silent-sources')).toHaveCount(0)
    }
  }
})
