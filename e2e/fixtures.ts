import { type APIRequestContext, type Browser, test as base, expect, type Page } from '@playwright/test'
import { PEOPLE as DEMO_PEOPLE } from '../lib/demo/world'
import { expectAccessible } from './accessible'

export { expect, expectAccessible }

export const PEOPLE = {
  viewer: 'Vera Lindqvist',
  engineer: 'Emil Okafor',
  sloOwner: 'Sofia Marchetti',
  productOwner: 'Pablo Reyes',
  administrator: 'Ada Novak',
} as const
export type Person = keyof typeof PEOPLE

/** As one of the people of the demo, without a page: where coming in is not what is tried. */
export async function signIn({ request }: { request: APIRequestContext }, person: Person): Promise<void> {
  const { csrfToken } = (await (await request.get('/api/auth/csrf')).json()) as { csrfToken: string }
  const email = DEMO_PEOPLE.find(({ name }) => name === PEOPLE[person])?.email ?? ''
  const answer = await request.post('/api/auth/callback/demo', { form: { csrfToken, email, json: 'true' } })
  expect(answer.status(), await answer.text()).toBe(200)
}

/** As people do it. */
export async function signInByHand(page: Page, person: Person): Promise<void> {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: new RegExp(PEOPLE[person]) }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
}

type Kept = Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['storageState']>>

/** Requests that a test breaks, and what axe would run inside a report: nothing runs in there. */
const EXPECTED = /Failed to load resource|ERR_INTERNET_DISCONNECTED|ERR_FAILED|Blocked script execution in 'about:srcdoc'/

/** Signed in as an engineer, and failing on whatever the browser complains about. */
export const test = base.extend<{ complaints: string[] }, { session: Kept }>({
  session: [
    async ({ browser }, use) => {
      const context = await browser.newContext({ baseURL: process.env.E2E_BASE_URL })
      await signIn(context, 'engineer')
      const kept = await context.storageState()
      await context.close()
      await use(kept)
    },
    { scope: 'worker' },
  ],
  storageState: async ({ session }, use) => use(session),
  complaints: [
    async ({ page }, use) => {
      const heard: string[] = []
      page.on('pageerror', (error) => heard.push(String(error)))
      page.on('console', (message) => {
        if (message.type() === 'error' && !EXPECTED.test(message.text())) heard.push(message.text())
      })
      await use(heard)
      // The page asks again every few seconds; an answer that is being changed then belongs to no test.
      await page.unrouteAll({ behavior: 'ignoreErrors' })
      expect(heard, 'the browser complained').toEqual([])
    },
    { auto: true },
  ],
})

export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  // Charts take up their new width a moment after the window has it.
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
}

/** The address of the SLO with this name, found as people find it. */
export async function addressOf(page: Page, name: string): Promise<string> {
  const answer = await page.request.get(`/api/v1/slos?q=${encodeURIComponent(name)}`)
  const { items } = (await answer.json()) as { items: { id: number; name: string }[] }
  const found = items.find((item) => item.name === name)
  if (!found) throw new Error(`No SLO is called ${name}.`)
  return `/slos/${found.id}`
}

/** Presses a single key of a page once the page listens: before, it would be lost to people as well. */
export async function pressKey(page: Page, key: string): Promise<void> {
  await expect(page.locator('html[data-keys]')).toBeAttached()
  await page.keyboard.press(key)
}

/** The widest shows the most, the phone shows it in its own way: colours are looked at in these two; single tests look at 1280. */
const SIZES = [
  { width: 1280, height: 720, colours: false },
  { width: 1920, height: 1080, colours: true },
  { width: 390, height: 844, colours: true },
] as const

const THEMES = ['light', 'dark'] as const

/** What is open, at three sizes, light and dark: nothing sticks out, and axe finds nothing. */
export async function expectToFit(page: Page): Promise<void> {
  for (const { colours, ...size } of SIZES) {
    await page.setViewportSize(size)
    for (const colorScheme of THEMES) {
      // Colours on their way from one theme to the other are nobody's.
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await expectNoSidewaysScroll(page)
      if (colorScheme === 'light') await expectAccessible(page, colours ? 'everything' : 'all but colours')
      else if (colours) await expectAccessible(page, 'colours')
    }
  }
}

/** A test of a page as a whole; `open` brings it to where it is looked at. */
export function itFits(name: string, open: (page: Page) => Promise<unknown>): void {
  test(`${name} is accessible and fits, light and dark`, async ({ page }) => {
    test.slow()
    await open(page)
    await expectToFit(page)
  })
}

/** Another person beside the one who is signed in: a browser of their own. */
export async function signedInAs(browser: Browser, person: Person): Promise<Page> {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } })
  const page = await context.newPage()
  await signIn(page, person)
  return page
}

/** A version that nobody else releases. */
export const ownVersion = () => `9.${test.info().workerIndex}.${Date.now() % 1_000_000}-${test.info().retry}`
