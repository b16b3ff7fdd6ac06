import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/**
 * No rule of WCAG 2.2 AA or of good practice is broken, as far as a program can tell. Another theme changes nothing but colours.
 */
export async function expectAccessible(page: Page, what: 'everything' | 'colours' = 'everything'): Promise<void> {
  // A page on its way has only its frame, and its title comes with the last of it.
  await page.locator('h1').first().waitFor({ state: 'attached' })
  await expect(page).toHaveTitle(/\S/)
  const axe = new AxeBuilder({ page })
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const { violations } = await (what === 'colours' ? axe.withRules(['color-contrast']) : axe.withTags(tags)).analyze()
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(' | ')}`,
  )
  if (found.length > 0) throw new Error(`Not accessible: ${page.url()}\n${found.join('\n')}`)
}
