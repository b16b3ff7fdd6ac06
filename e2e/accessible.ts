import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const colours = 'color-contrast'
const RULES = {
  everything: { runOnly: TAGS },
  colours: { runOnly: [colours] },
  'all but colours': { runOnly: TAGS, rules: { [colours]: { enabled: false } } },
}

/**
 * No rule of WCAG 2.2 AA or of good practice is broken, as far as a program can tell. Another theme changes nothing but colours.
 */
export async function expectAccessible(page: Page, what: keyof typeof RULES = 'everything'): Promise<void> {
  // A page on its way has only its frame, and its title comes with the last of it.
  await page.locator('h1').first().waitFor({ state: 'attached' })
  await expect(page).toHaveTitle(/\S/)
  // A document that has axe keeps it: putting half a megabyte there again costs as much as a small page, and makes it slow anew.
  const again = page.frames().length === 1 && (await page.evaluate(() => 'axe' in window))
  const { violations } = await new AxeBuilder({ page, ...(again && { axeSource: 'void 0' }) })
    // Only what is wrong is read: listing what is right costs more than finding it, and so does putting frames together.
    .options({ resultTypes: ['violations'], ...RULES[what] })
    .setLegacyMode()
    .analyze()
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(' | ')}`,
  )
  if (found.length > 0) throw new Error(`Not accessible: ${page.url()}\n${found.join('\n')}`)
}
