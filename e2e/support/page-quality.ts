import AxeBuilder from '@axe-core/playwright'
import { expect, type Locator, type Page, test } from '@playwright/test'

/** The smallest phone in use, and the desk of a mediator. */
export const VIEWPORTS = [
  { width: 360, height: 640 },
  { width: 1440, height: 900 },
] as const

/** Fingers of elderly people need this (WCAG 2.2, 2.5.5). */
const MIN_TOUCH_PX = 44
/** Layout rounds to fractions of a pixel. */
const ROUNDING_PX = 1
/** A sheet slides in for a third of a second. */
const SETTLE_MS = 3_000

/**
 * Holds a page to what everybody needs: it never scrolls sideways, what to do next is on the screen without
 * scrolling, buttons are large enough for a finger, and no serious accessibility violation is found. With
 * HEYI_TEST_SCREENSHOTS=1 it leaves a picture of each size with the test's results.
 */
export async function readsWell(page: Page, name: string, primary?: Locator): Promise<void> {
  const before = page.viewportSize()
  for (const viewport of VIEWPORTS) {
    await page.setViewportSize(viewport)
    const size = `${name} at ${viewport.width}×${viewport.height}`
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))))
    if (process.env['HEYI_TEST_SCREENSHOTS'] === '1') await page.screenshot({ path: test.info().outputPath(`${name}-${viewport.width}.png`) })
    expect.soft(await wideness(page), `${size}: no sideways scrolling`).toBeLessThanOrEqual(viewport.width)
    expect.soft(await smallButtons(page), `${size}: buttons large enough for a finger`).toEqual([])
    if (primary !== undefined) await expect.soft(primary, `${size}: the next step is on the screen`).toBeInViewport({ ratio: 0.9, timeout: SETTLE_MS })
  }
  // Legacy mode: no page has frames, so none needs the second tab in which frames would be summed up.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect.soft(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`), `${name}: accessibility`).toEqual([])
  if (before !== null) await page.setViewportSize(before)
}

function wideness(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth)
}

function smallButtons(page: Page): Promise<string[]> {
  return page.evaluate(
    ([min, rounding]) =>
      [...document.querySelectorAll<HTMLElement>('button, [role=button], summary, input:not([type=hidden])')]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }))
        .filter((element) => {
          const target = element instanceof HTMLInputElement ? (element.closest('label') ?? element) : element
          const { width, height } = target.getBoundingClientRect()
          return height < min - rounding || width < min - rounding
        })
        .map((element) => element.outerHTML.slice(0, 160)),
    [MIN_TOUCH_PX, ROUNDING_PX] as const,
  )
}
