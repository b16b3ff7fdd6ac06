import { spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../../e2e/accessible'
import { SLO_STATES } from '../../lib/slo/state'
import { STATE_WORDS } from '../../lib/slo/words'
import { typescript } from '../bootstrap.mjs'
import { freePort } from './ports'
import { canReach, unprivileged } from './postgres'
import { aliveOf, descendantsOf, endStarted, leftOf, type Process, startWorld } from './test-world'

const data = process.env.TEST_WORLD ?? ''

async function counts(url: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ slos: number; samples: number; newest: number; users: number }>(
      `SELECT (SELECT count(*) FROM slo)::int AS slos, (SELECT count(*) FROM sample_1h)::int AS samples,
         (SELECT max(ts) FROM slo_status) AS newest, (SELECT count(*) FROM "user")::int AS users`,
    )
    return rows[0] as (typeof rows)[0]
  } finally {
    await client.end()
  }
}

const browserOfTests = (): Promise<Browser> =>
  chromium.launch({
    ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
    args: ['--no-sandbox', '--disable-gpu'],
  })

/** The states that somebody who signs in sees in rows of the first screen, without scrolling. */
async function statesOnFirstScreen(address: string): Promise<string[]> {
  const browser = await browserOfTests()
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
    await page.goto(`${address}/sign-in`)
    await page.getByRole('button', { name: /Vera/ }).click()
    await page.locator('.o-row').first().waitFor()
    const seen = await page.locator('.o-row .state').evaluateAll((words) => {
      const foot = document.querySelector('.keys')?.getBoundingClientRect().top ?? window.innerHeight
      return words.filter((word) => word.getBoundingClientRect().bottom <= foot).map((word) => word.textContent?.trim() ?? '')
    })
    return [...new Set(seen)]
  } finally {
    await browser.close()
  }
}

/** Processes that a world must leave alone: one that does nothing, and one that serves. */
function bystanders(): { known: Process[]; end: () => void } {
  const serve = `require('node:http').createServer((_, r) => r.end()).listen(0, '127.0.0.1')`
  const children = [spawn('sleep', ['3600']), spawn(process.execPath, ['-e', serve])]
  const end = () => {
    for (const child of children) child.kill()
  }
  return { known: children.flatMap(({ pid }) => descendantsOf(pid ?? 0)), end }
}

afterAll(endStarted)

describe.skipIf(!data)('npm start', () => {
  it('starts everything, stops everything it started and nothing else, and goes on where it was', async () => {
    const runtimeFile = join(data, 'runtime.json')
    rmSync(data, { recursive: true, force: true })
    mkdirSync(data, { recursive: true })
    const others = bystanders()
    const first = await startWorld({ folder: data, npm: 'start' })
    for (const words of [
      'Headroom is at http://localhost:',
      `Its Prometheus is at ${first.runtime.prometheusUrl}`,
      'Vera Lindqvist',
      'Emil Okafor',
      'Sofia Marchetti',
      'Pablo Reyes',
      'Ada Novak',
    ])
      expect(first.text()).toContain(words)
    const before = await counts(first.runtime.databaseUrl)
    expect(before.slos).toBeGreaterThanOrEqual(30)
    expect(before.samples).toBeGreaterThan(before.slos * 500)
    expect((await fetch(`${first.runtime.address}/readyz`)).status).toBe(200)
    expect((await statesOnFirstScreen(first.runtime.address)).sort()).toEqual(
      SLO_STATES.map((state) => STATE_WORDS[state]).sort(),
    )
    const commands = first.pids.map(({ command }) => command).join('\n')
    for (const part of ['keeper.mjs', 'postgres', 'prometheus', 'demo-services', 'lib/poller/start.ts', 'next-server'])
      expect(commands).toContain(part)
    // npm itself ends by the signal, as every npm script does.
    first.pressCtrlC()
    await first.ended
    expect(await leftOf(first.pids)).toEqual([])
    for (const part of ['web', 'poller', 'prometheus', 'demo', 'postgres']) expect(first.text()).toContain(`${part} stopped`)
    expect(existsSync(runtimeFile)).toBe(false)

    const second = await startWorld({ folder: data, npm: 'start' })
    process.stdout.write(`first start ${first.seconds.toFixed(1)} s, second start ${second.seconds.toFixed(1)} s\n`)
    const after = await counts(second.runtime.databaseUrl)
    expect(after.slos).toBe(before.slos)
    expect(after.users).toBe(before.users)
    expect(after.samples).toBeGreaterThanOrEqual(before.samples)
    expect(after.newest).toBeGreaterThanOrEqual(before.newest)

    // A second world on the same folder is refused, and harms nothing.
    const rival = spawn(process.execPath, typescript('scripts/world/main.ts'), {
      env: { ...process.env, HEADROOM_DATA: data, PORT: String(await freePort()), DATABASE_URL: '', PROMETHEUS_URL: '' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let refusal = ''
    rival.stderr.on('data', (chunk) => {
      refusal += chunk
    })
    expect(await new Promise((resolve) => rival.once('exit', resolve))).toBe(1)
    expect(refusal).toContain('Headroom already runs on')

    // Killed without a chance to clean up: the keeper ends what it started.
    process.kill(second.runtime.pid, 'SIGKILL')
    await second.ended
    expect(await leftOf(second.pids)).toEqual([])
    rmSync(runtimeFile, { force: true })

    expect(aliveOf(others.known)).toEqual(others.known)
    others.end()
  })

  // Root starts this one as somebody who owns nothing but the data directory, where such a user can read the checkout.
  it('without the demo, as an ordinary user, lets whoever read the terminal become the first administrator', async () => {
    const folder = `${data}-empty`
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, 0o755)
    const root = unprivileged()
    const user = root && canReach(process.cwd()) && canReach(folder) ? root : undefined
    if (user) chownSync(folder, user.uid, user.gid)
    const world = await startWorld({ folder, env: { HEADROOM_DEMO: '0', HOME: folder }, user })
    const browser = await browserOfTests()
    try {
      const address = /http:\S+setup\?token=\S+/.exec(world.text())?.[0] ?? ''
      expect(address).toContain(world.runtime.address)
      const page = await (await browser.newContext()).newPage()
      await page.goto(`${world.runtime.address}/sign-in`)
      expect(await page.getByRole('button', { name: /Vera/ }).count()).toBe(0)
      await page.goto(address)
      await page.getByLabel('Your name').fill('Grace Hopper')
      await page.getByLabel('E-mail').fill('grace@example.org')
      await page.getByLabel(/^Password/).fill('too short')
      await page.getByRole('button', { name: 'Create and sign in' }).click()
      await page.getByText('Use at least 12 characters.').waitFor()
      await expectAccessible(page)
      await page.getByLabel(/^Password/).fill('long enough to be one')
      await page.getByRole('button', { name: 'Create and sign in' }).click()
      await page.getByRole('heading', { name: 'No SLOs yet' }).waitFor()
      await expectAccessible(page)
      await page.goto(`${world.runtime.address}/services`)
      await page.getByRole('heading', { name: 'No services yet' }).waitFor()
      await expectAccessible(page)
      const again = await browser.newPage()
      await again.goto(address)
      for (const [label, words] of [
        ['Your name', 'Mallory'],
        ['E-mail', 'mallory@example.org'],
        [/^Password/, 'long enough to be one'],
      ] as const)
        await again.getByLabel(label).fill(words)
      await again.getByRole('button', { name: 'Create and sign in' }).click()
      await again.getByText('This address was used or is too old').waitFor()
      // Nobody is the demo's Vera here, whatever is sent.
      expect(
        (await fetch(`${world.runtime.address}/api/auth/callback/demo`, { method: 'POST', redirect: 'manual' })).status,
      ).not.toBe(200)
    } finally {
      await browser.close()
      world.pressCtrlC()
      expect(await world.ended).toBe(0)
      expect(await leftOf(world.pids)).toEqual([])
    }

    // The same data with hot reload: npm run dev.
    const dev = await startWorld({ folder, npm: 'dev', env: { HEADROOM_DEMO: '0' } })
    const page = await fetch(`${dev.runtime.address}/sign-in`)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Sign in')
    process.stdout.write(`npm run dev ${dev.seconds.toFixed(1)} s\n`)
    dev.pressCtrlC()
    await dev.ended
    expect(await leftOf(dev.pids)).toEqual([])
    expect(dev.text()).toContain('postgres stopped')
    rmSync(folder, { recursive: true, force: true })
  })
})
