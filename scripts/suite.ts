import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { typescript } from './bootstrap.mjs'
import { findChromium } from './world/chromium'
import { Failure, sentenceFor } from './world/failure'
import { freePort } from './world/ports'
import { startPostgres } from './world/postgres'
import { Processes } from './world/processes'
import { progress } from './world/progress'
import { findPrometheus } from './world/prometheus'

// What `npm test` runs after the bootstrap: verify, tests against real services, then browsers against the whole demo.

const folder = mkdtempSync(join(tmpdir(), 'headroom-test-'))
chmodSync(folder, 0o755)
const results = join(folder, 'results')
mkdirSync(results)
const vitest = join('node_modules', 'vitest', 'vitest.mjs')
const playwright = join('node_modules', '@playwright', 'test', 'cli.js')

type Env = Record<string, string>

function run(args: string[], env: Env = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, HEADROOM_RESULTS: results, ...env } })
    child.on('exit', (code) => resolve(code === 0))
  })
}

const project = (name: string, env: Env) =>
  run(
    [
      vitest,
      'run',
      '--project',
      name,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${join(results, `${name}.json`)}`,
    ],
    env,
  )

const title = (text: string) => process.stdout.write(`\n  ── ${text}\n\n`)

/** Starts the demo on a data directory, calls back with its address, and stops it. */
async function inWorld(data: string, work: (runtime: { address: string }) => Promise<boolean>): Promise<boolean> {
  const port = await freePort()
  const env = { ...process.env, HEADROOM_DATA: data, PORT: String(port), LOG_LEVEL: 'warn' }
  const world = spawn(process.execPath, typescript('scripts/world/main.ts'), { stdio: 'inherit', env })
  const ended = new Promise<void>((resolve) => world.once('exit', () => resolve()))
  const runtime = join(data, 'runtime.json')
  try {
    while (!existsSync(runtime)) {
      if (world.exitCode !== null) throw new Failure('The demo did not start; what it said stands above.')
      await wait(250)
    }
    return await work(JSON.parse(readFileSync(runtime, 'utf8')) as { address: string })
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
  const browser = join(results, 'browser.json')
  if (existsSync(browser)) {
    const { stats } = JSON.parse(readFileSync(browser, 'utf8')) as {
      stats: { expected: number; unexpected: number; flaky: number }
    }
    sum.passed += stats.expected + stats.flaky
    sum.failed += stats.unexpected
  }
  return sum
}

/** Browser tests that passed only at the second attempt. */
function unsteady(): string[] {
  const browser = join(results, 'browser.json')
  if (!existsSync(browser)) return []
  type Suite = { suites?: Suite[]; specs?: { title: string; tests: { status: string }[] }[] }
  const inSuite = ({ suites = [], specs = [] }: Suite): string[] => [
    ...specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky')).map(({ title }) => title),
    ...suites.flatMap(inSuite),
  ]
  return inSuite(JSON.parse(readFileSync(browser, 'utf8')) as Suite)
}

async function suite(): Promise<boolean> {
  const chromium = await progress('Chromium', async (say) => {
    const path = await findChromium(say)
    say(path)
    return path
  })
  const programs = await progress('Prometheus program', (say) => findPrometheus(say))
  const outcomes: boolean[] = []
  title('fence, lint, types, dead code, unit and property tests')
  outcomes.push(await run(['scripts/verify.mjs']))

  title('integration: real Postgres, real Prometheus')
  const processes = new Processes(join(folder, 'logs'))
  const prometheus = { PROMETHEUS_BIN: programs.prometheus, PROMTOOL_BIN: programs.promtool }
  try {
    const { server } = await startPostgres(processes, {
      folder: join(folder, 'postgres'),
      password: 'test',
      previousPort: undefined,
    })
    outcomes.push(await project('integration', { TEST_DATABASE_URL: server, ...prometheus }))
  } finally {
    await processes.stopAll()
  }

  title('the world: starts, stops, goes on')
  const data = join(folder, 'demo')
  outcomes.push(await project('world', { TEST_WORLD: data, CHROMIUM_PATH: chromium, ...prometheus }))

  title('browsers against the whole demo')
  outcomes.push(
    await inWorld(data, ({ address }) =>
      run([playwright, 'test'], {
        E2E_BASE_URL: address,
        E2E_DATA: data,
        CHROMIUM_PATH: chromium,
        PLAYWRIGHT_JSON_OUTPUT_NAME: join(results, 'browser.json'),
      }),
    ),
  )
  return outcomes.every(Boolean)
}

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
