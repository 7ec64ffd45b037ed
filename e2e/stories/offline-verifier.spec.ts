import { readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { type Browser, expect, type Page, test } from '@playwright/test'

import { launch } from '../support/house'
import { readsWell } from '../support/page-quality'

const PAGE = fileURLToPath(new URL('../../web-client/dist/verify.html', import.meta.url))
const SAMPLE = fileURLToPath(new URL('../../api/evidence/sample.zip', import.meta.url))
const MUTATIONS = 60

test.describe('a stranger checks evidence in his browser, from a file and without a network', () => {
  let browser: Browser
  let page: Page
  const requests: string[] = []

  test.beforeAll(async () => {
    browser = await launch()
    const context = await browser.newContext({ locale: 'zh-CN', offline: true, viewport: { width: 360, height: 640 } })
    page = await context.newPage()
    page.on('request', (request) => requests.push(request.url()))
    await page.goto(pathToFileURL(PAGE).href)
  })

  test.afterAll(async () => {
    await browser?.close()
  })

  async function verdict(bytes: Buffer): Promise<string> {
    await page.getByTestId('package').setInputFiles({ name: 'evidence.zip', mimeType: 'application/zip', buffer: bytes })
    const shown = page.getByTestId('verdict')
    await shown.waitFor()
    return (await shown.getAttribute('data-state')) ?? ''
  }

  test('an untouched package is intact, in Chinese and English', async () => {
    await readsWell(page, 'verifier', page.getByTestId('language'))

    expect(await verdict(readFileSync(SAMPLE))).toBe('intact')

    await expect(page.getByTestId('proven')).toContainText('未被改动')
    await expect(page.getByTestId('proven')).toContainText('透明日志')
    await expect(page.getByTestId('notProven')).toContainText('镜头前是谁')
    await readsWell(page, 'verifier-intact', page.getByTestId('verdict'))
    await page.getByTestId('language').click()
    await expect(page.getByTestId('proven')).toContainText('are unchanged, in order')
    await page.getByTestId('language').click()
  })

  test('whatever is changed is found and named', async () => {
    const sample = readFileSync(SAMPLE)
    for (let i = 0; i < MUTATIONS; i++) {
      const changed = Buffer.from(sample)
      const at = Math.floor((i + 0.5) * (sample.length / MUTATIONS))
      changed.writeUInt8(sample.readUInt8(at) ^ (1 << (i % 8)), at)
      await page.reload()
      expect(await verdict(changed), `byte ${at}`).toBe('damaged')
      await expect(page.getByTestId('proven')).toHaveCount(0)
    }
    await expect(page.getByTestId('findings')).toContainText(/被改动|互相矛盾|无法读取|缺失|来历不明/)
    await readsWell(page, 'verifier-damaged', page.getByTestId('verdict'))
  })

  test('nobody is asked for anything', () => {
    expect(requests.filter((url) => !url.startsWith('file:'))).toEqual([])
  })
})
