import { Failure } from './failure'
import { brew, installPackage, onPath, run } from './tools'

// The one without windows first: it draws the same pages with a quarter less work.
const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']
const onMachine = (): string | null => NAMES.map((name) => onPath(name)).find((path) => path !== null) ?? null

async function fromPackages(): Promise<boolean> {
  await run('apt-get', ['update', '-qq'])
  return installPackage(run, ['chromium-headless-shell', 'chromium', 'chromium-browser'])
}

/** A Chromium for the browser tests: CHROMIUM_PATH, PATH, system packages, Playwright's own; else a sentence. */
export async function findChromium(say: (note: string) => void): Promise<string> {
  const chosen = process.env.CHROMIUM_PATH
  if (chosen) return chosen
  const { chromium } = await import('@playwright/test')
  const own = () =>
    onPath(chromium.executablePath().split('/').at(-1) ?? '', chromium.executablePath().replace(/\/[^/]*$/, ''))
      ? chromium.executablePath()
      : null
  const ways: [string, () => Promise<unknown>][] = [
    ['on this machine', async () => {}],
    ['from the system packages', () => fromPackages()],
    ['from Homebrew', () => brew(run, 'chromium')],
    ['from Playwright', () => run('npx', ['playwright', 'install', 'chromium'])],
  ]
  for (const [where, fetch] of ways) {
    say(where)
    await fetch()
    const path = onMachine() ?? own()
    if (path) return path
  }
  throw new Failure(
    'Chromium is missing and could not be installed: install it, or set CHROMIUM_PATH to the program, then run npm test again.',
  )
}
