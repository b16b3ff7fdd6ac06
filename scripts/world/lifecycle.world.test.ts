import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { typescript } from '../bootstrap.mjs'
import { freePort } from './ports'

const data = process.env.TEST_WORLD ?? ''
const alive: ChildProcess[] = []
const commands = () => execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n')
/** Everything a world started names its data directory, its port or one of its programs' files. */
const leftovers = (port: number) =>
  commands().filter((line) => (line.includes(data) || line.includes(`-p ${port} `)) && !line.includes('vitest'))

type Runtime = { databaseUrl: string; address: string; pid: number }

async function start(folder = data, more: Record<string, string> = {}) {
  const runtimeFile = join(folder, 'runtime.json')
  const port = await freePort()
  const child = spawn(process.execPath, typescript('scripts/world/main.ts'), {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HEADROOM_DATA: folder,
      PORT: String(port),
      DATABASE_URL: '',
      PROMETHEUS_URL: '',
      ...more,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  alive.push(child)
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const began = Date.now()
  while (!existsSync(runtimeFile)) {
    if (child.exitCode !== null) throw new Error(`The world ended with ${child.exitCode}:\n${said}`)
    await wait(100)
  }
  while (!said.includes('Ctrl-C')) await wait(50)
  const runtime = JSON.parse(readFileSync(runtimeFile, 'utf8')) as Runtime
  return { child, ended, runtime, port, text: () => said, seconds: (Date.now() - began) / 1000 }
}

async function gone(port: number): Promise<string[]> {
  for (let i = 0; i < 300 && leftovers(port).length > 0; i += 1) await wait(100)
  return leftovers(port)
}

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

afterAll(() => {
  for (const child of alive) if (child.exitCode === null) child.kill('SIGKILL')
})

describe.skipIf(!data)('npm start', () => {
  it('starts everything, stops everything, and goes on where it was', async () => {
    const runtimeFile = join(data, 'runtime.json')
    rmSync(data, { recursive: true, force: true })
    mkdirSync(data, { recursive: true })
    const first = await start()
    for (const words of [
      'Headroom is at http://localhost:',
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
    first.child.kill('SIGINT')
    expect(await first.ended).toBe(0)
    expect(first.text()).toContain('postgres stopped')
    expect(await gone(first.port)).toEqual([])
    expect(existsSync(runtimeFile)).toBe(false)

    const second = await start()
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
    second.child.kill('SIGKILL')
    await second.ended
    expect(await gone(second.port)).toEqual([])
    rmSync(runtimeFile, { force: true })
  })

  it('without the demo, lets whoever read the terminal become the first administrator', async () => {
    const folder = `${data}-empty`
    mkdirSync(folder, { recursive: true })
    const world = await start(folder, { HEADROOM_DEMO: '0' })
    const browser = await chromium.launch({
      ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
      args: ['--no-sandbox', '--disable-gpu'],
    })
    try {
      const address = /http:\S+setup\?token=\S+/.exec(world.text())?.[0] ?? ''
      expect(address).toContain(world.runtime.address)
      const page = await browser.newPage()
      await page.goto(`${world.runtime.address}/sign-in`)
      expect(await page.getByRole('button', { name: /Vera/ }).count()).toBe(0)
      await page.goto(address)
      await page.getByLabel('Your name').fill('Grace Hopper')
      await page.getByLabel('E-mail').fill('grace@example.org')
      await page.getByLabel(/^Password/).fill('too short')
      await page.getByRole('button', { name: 'Create and sign in' }).click()
      await page.getByText('Use at least 12 characters.').waitFor()
      await page.getByLabel(/^Password/).fill('long enough to be one')
      await page.getByRole('button', { name: 'Create and sign in' }).click()
      await page.getByRole('heading', { name: 'No SLOs yet' }).waitFor()
      await page.goto(`${world.runtime.address}/services`)
      await page.getByRole('heading', { name: 'No services yet' }).waitFor()
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
      world.child.kill('SIGINT')
      expect(await world.ended).toBe(0)
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
