import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, devices, type Page } from '@playwright/test'

import { beepFlashDevice } from './beep-flash-device'
import { rememberPeers } from './peer-statistics'
import type { Login, Server } from './server'

/** Chromium with fake devices that talks to this machine only, with further flags if need be. */
export function launch(
  executablePath = process.env['HEYI_TEST_CHROMIUM'] ?? '/usr/bin/chromium',
  flags: readonly string[] = [],
): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--allow-loopback-in-peer-connection',
      '--autoplay-policy=no-user-gesture-required',
      '--disable-renderer-backgrounding',
      '--disable-background-timer-throttling',
      '--disable-backgrounding-occluded-windows',
      ...flags,
    ],
  })
}

const { defaultBrowserType: _engine, ...pixel } = devices['Pixel 7']
/** One pixel a pixel: painted by the processor, a phone's density would cost seven times the work. */
const phone = { ...pixel, deviceScaleFactor: 1 }

export async function onPhone(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return prepared(await browser.newContext({ ...phone, locale: 'zh-CN', permissions: ['camera', 'microphone'], ...options }))
}

export async function onDesktop(browser: Browser): Promise<BrowserContext> {
  const viewport = { width: 1440, height: 900 }
  return prepared(await browser.newContext({ viewport, locale: 'zh-CN', permissions: ['camera', 'microphone'] }))
}

async function prepared(context: BrowserContext): Promise<BrowserContext> {
  await context.addInitScript(rememberPeers)
  await context.addInitScript(beepFlashDevice)
  return context
}

/** A party goes from the link in the message to the room; `atCheck` may look at the device check. */
export async function joinAsParty(page: Page, link: string, atCheck?: () => Promise<void>): Promise<void> {
  await page.goto(link)
  await page.getByTestId('join-continue').click()
  await page.getByTestId('consent-online').check()
  await page.getByTestId('consent-recording').check()
  await page.getByTestId('consent-agree').click()
  await page.getByTestId('device-check').waitFor()
  await page.getByTestId('self-preview').waitFor()
  await atCheck?.()
  await page.getByTestId('join-room').click()
  await page.getByTestId('room').waitFor()
}

/** Signs somebody in on the page and goes on to where he wanted. */
export async function signIn(page: Page, server: Server, login: Login, target: string): Promise<void> {
  await page.goto(`${server.base}/login`)
  await page.getByTestId('login-user').fill(login.user)
  await page.getByTestId('login-password').fill(login.password)
  await page.getByTestId('login-submit').click()
  await page.waitForURL(/\/cases/)
  await page.goto(target)
}

/** The mediator enters the prepared session. */
export async function joinAsMediator(page: Page, server: Server): Promise<void> {
  await signIn(page, server, server.mediator, server.mediatorRoom)
  const join = page.getByTestId('join-room')
  await join.or(page.getByTestId('room')).first().waitFor()
  if (await join.isVisible()) await join.click()
  await page.getByTestId('room').waitFor()
}

/** The mediator leads on to a phase, and everyone gets there. */
export async function advance(mediator: Page, to: string, everyone: readonly Page[]): Promise<void> {
  await mediator.getByTestId(`advance-${to}`).click()
  await Promise.all(everyone.map((page) => page.locator(`[data-testid="phase"][data-phase="${to}"]`).waitFor()))
}
