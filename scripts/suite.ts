import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { typescript } from './bootstrap.mjs'
import { findAlertmanager } from './world/alertmanager'
import { findChromium } from './world/chromium'
import { Failure, sentenceFor } from './world/failure'
import { freePort } from './world/ports'
import { startPostgres } from './world/postgres'
import { Processes } from './world/processes'
import { progress } from './world/progress'
import { findPrometheus } from './world/prometheus'

// What `npm test` runs after the bootstrap: verify, the world, then tests against real services and browsers against the demo.

const GB = 1024 ** 3
const folder = mkdtempSync(join(roomiest(), 'headroom-test-'))
chmodSync(folder, 0o755)
const results = join(folder, 'results')
mkdirSync(results)
const vitest = join('node_modules', 'vitest', 'vitest.mjs')
const playwright = join('node_modules', '@playwright', 'test', 'cli.js')

/** Hundreds of databases are made, looked at and thrown away: in memory, where there is plenty, that takes a tenth of the time. */
function roomiest(): string {
  const memory = '/dev/shm'
  if (!existsSync(memory) || freemem() < 8 * GB) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize > 6 * GB ? memory : tmpdir()
}

type Env = Record<string, string>

type Stage = { title: string; args: string[]; env?: Env }

const title = (text: string) => process.stdout.write(`\n  ── ${text}\n\n`)

/** Starts a stage that says what it does as it goes. */
function run(stage: Stage): Promise<boolean> {
  title(stage.title)
  const child = start(stage, 'inherit')
  return new Promise((resolve) => child.on('exit', (code) => resolve(code === 0)))
}

/** Starts a stage beside others: what it says is kept until somebody asks how it went, and is printed in one piece. */
function beside(stage: Stage): () => Promise<boolean> {
  const child = start(stage, ['ignore', 'pipe', 'pipe'])
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      said += chunk
    })
  const ended = new Promise<boolean>((resolve) => child.on('close', (code) => resolve(code === 0)))
  return async () => {
    const passed = await ended
    title(stage.title)
    process.stdout.write(said)
    return passed
  }
}

function start({ args, env }: Stage, stdio: StdioOptions): ChildProcess {
  const child = spawn(process.execPath, args, { stdio, env: { ...process.env, HEADROOM_RESULTS: results, ...env } })
  // Where one stage cannot go on, the one beside it has nothing left to do.
  process.once('exit', () => child.kill())
  return child
}

const project = (name: string): string[] => [
  ...[vitest, 'run', '--project', name, '--reporter=default'],
  ...['--reporter=json', `--outputFile.json=${join(results, `${name}.json`)}`],
]

/** Starts the demo on a data directory, calls back with its address, and stops it. */
async function inWorld(data: string, work: (runtime: { address: string }) => Promise<void>): Promise<void> {
  const port = await freePort()
  const env = { ...process.env, HEADROOM_DATA: data, PORT: String(port), LOG_LEVEL: 'warn' }
  const world = spawn(process.execPath, typescript('scripts/world/main.ts'), { stdio: 'inherit', env })
  const ended = new Promise<void>((resolve) => world.once('exit', () => resolve()))
  process.once('exit', () => world.kill('SIGINT'))
  const runtime = join(data, 'runtime.json')
  try {
    while (!existsSync(runtime)) {
      if (world.exitCode !== null) throw new Failure('The demo did not start; what it said stands above.')
      await wait(250)
    }
    await work(JSON.parse(readFileSync(runtime, 'utf8')) as { address: string })
  } finally {
    world.kill('SIGINT')
    await ended
  }
}

function count(): { passed: number; failed: number } {
  const sum = { passed: 0, failed: 0 }
  for (const name of ['unit', 'integration', 'world']) {
    const file = join(results, `${name}.json`)
    if (!existsSync(file)) continue
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>
    sum.passed += numPassedTests ?? 0
    sum.failed += numFailedTests ?? 0
  }
  for (const { stats } of browserReports()) {
    sum.passed += stats.expected + stats.flaky
    sum.failed += stats.unexpected
  }
  return sum
}

/** Browser tests that passed only at the second attempt. */
function unsteady(): string[] {
  const inSuite = ({ suites = [], specs = [] }: Suite): string[] => [
    ...specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky')).map(({ title }) => title),
    ...suites.flatMap(inSuite),
  ]
  return browserReports().flatMap(inSuite)
}

type Suite = { suites?: Suite[]; specs?: { title: string; tests: { status: string }[] }[] }
type BrowserReport = Suite & { stats: { expected: number; unexpected: number; flaky: number } }

const browserReports = (): BrowserReport[] =>
  ['outage', 'screens']
    .map((name) => join(results, `${name}.json`))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as BrowserReport)

async function suite(): Promise<boolean> {
  // Downloads wait, checks compute.
  const verified = beside({
    title: 'fence, lint, types, dead code, unit and property tests',
    args: ['scripts/verify.mjs'],
  })
  const chromium = await progress('Chromium', async (say) => {
    const path = await findChromium(say)
    say(path)
    return path
  })
  const programs = await progress('Prometheus program', (say) => findPrometheus(say))
  const alertmanager = await progress('Alertmanager program', (say) => findAlertmanager(say))
  const outcomes = [await verified()]

  const prometheus = { PROMETHEUS_BIN: programs.prometheus, PROMTOOL_BIN: programs.promtool }
  const inhibiting = alertmanager && { ALERTMANAGER_BIN: alertmanager.alertmanager, AMTOOL_BIN: alertmanager.amtool }
  const data = join(folder, 'demo')
  const processes = new Processes(join(folder, 'logs'))
  try {
    // Before the world, which prepares the same programs.
    const embedded = { folder: join(folder, 'postgres'), password: 'test', previousPort: undefined }
    const { server } = await startPostgres(processes, embedded)
    // A world that starts waits for one thing after the other, and so do tests with a database: together they wait half as long.
    const started = beside({
      title: 'the world: starts, stops, goes on',
      args: project('world'),
      env: { TEST_WORLD: data, CHROMIUM_PATH: chromium, ...prometheus },
    })
    const integrated = run({
      title: 'integration: real Postgres, real Prometheus',
      args: project('integration'),
      env: { TEST_DATABASE_URL: server, ...prometheus, ...inhibiting },
    })
    outcomes.push(await started())
    await inWorld(data, async ({ address }) => {
      const browsers = (name: string, what: string): Stage => ({
        title: what,
        args: [playwright, 'test', '--project', name, '--output', join('test-results', name)],
        env: {
          E2E_BASE_URL: address,
          E2E_DATA: data,
          CHROMIUM_PATH: chromium,
          PLAYWRIGHT_JSON_OUTPUT_NAME: join(results, `${name}.json`),
        },
      })
      // An outage is minutes of waiting: it begins first, and everything else happens meanwhile.
      const outage = beside(browsers('outage', 'a browser during an outage of the demo'))
      outcomes.push(await integrated)
      outcomes.push(await run(browsers('screens', 'browsers against the whole demo')))
      outcomes.push(await outage())
    })
  } finally {
    await processes.stopAll()
  }
  return outcomes.every(Boolean)
}

// Stages end with this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

let passed = false
try {
  passed = await suite()
} catch (error) {
  process.stderr.write(`\n  ✗ ${sentenceFor(error)}\n`)
}
const sum = count()
for (const title of unsteady()) process.stdout.write(`\n  ! only at the second attempt: ${title}\n`)
rmSync(folder, { recursive: true, force: true })
process.stdout.write(`\n${sum.passed} passed, ${passed ? sum.failed : Math.max(1, sum.failed)} failed\n`)
process.exit(passed ? 0 : 1)
