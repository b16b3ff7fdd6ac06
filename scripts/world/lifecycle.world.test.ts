import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { typescript } from '../bootstrap.mjs'
import { freePort } from './ports'

const data = process.env.TEST_WORLD ?? ''
const runtimeFile = join(data, 'runtime.json')
const alive: ChildProcess[] = []
const commands = () => execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n')
/** Everything a world started names its data directory, its port or one of its programs' files. */
const leftovers = (port: number) =>
  commands().filter((line) => (line.includes(data) || line.includes(`-p ${port} `)) && !line.includes('vitest'))

type Runtime = { databaseUrl: string; address: string; pid: number }

async function start() {
  const port = await freePort()
  const child = spawn(process.execPath, typescript('scripts/world/main.ts'), {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HEADROOM_DATA: data,
      PORT: String(port),
      DATABASE_URL: '',
      PROMETHEUS_URL: '',
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
})
