import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { costText, FULL, measureRules } from '../bench/rules'
import { alertScenarios, TROUBLE } from '../lib/conformance/alert-scenarios'
import { compareAlerts } from '../lib/conformance/alerts'
import type { Row } from '../lib/conformance/compare'
import { END } from '../lib/conformance/scenario'
import { scenarios } from '../lib/conformance/scenarios'
import { alertTable, table, worst } from '../lib/conformance/table'
import { compareWindows } from '../lib/conformance/windows'
import { startPostgres } from './world/postgres'
import { Processes } from './world/processes'
import { progress } from './world/progress'
import { findPrometheus } from './world/prometheus'

// npm run conformance [scenario …] [--cost]: every scenario; exits with 1 where a figure misses.

const USAGE = `npm run conformance [-- [--cost] [scenario …]]

  Counted events, beside what the rules and the portal make of their metrics.

  npm run conformance                  all windows and alerts: minutes
  npm run conformance -- churn blind   these scenarios alone
  npm run conformance -- --cost        engine time of the rules, of Sloth's shape and of Pyrra's
`
const asked = process.argv.slice(2)
const names = asked.filter((one) => !one.startsWith('-'))
const every = [...scenarios(), ...alertScenarios()].map(({ slug }) => slug)
const strange = names.find((name) => !every.includes(name)) ?? asked.find((one) => one.startsWith('-') && one !== '--cost')
if (strange !== undefined) {
  process.stderr.write(`${strange === '--help' ? '' : `There is no ${strange}. Scenarios: ${every.join(', ')}\n\n`}${USAGE}`)
  process.exit(strange === '--help' ? 0 : 2)
}
const chosen = <S extends { slug: string }>(all: S[]): S[] =>
  names.length === 0 ? all : all.filter(({ slug }) => names.includes(slug))

const folder = mkdtempSync(join(tmpdir(), 'headroom-conformance-'))
chmodSync(folder, 0o755)
const processes = new Processes(join(folder, 'logs'))

async function run(): Promise<boolean> {
  const programs = await progress('Prometheus program', findPrometheus)
  process.env.PROMETHEUS_BIN = programs.prometheus
  process.env.PROMTOOL_BIN = programs.promtool
  if (asked.includes('--cost')) return printCost()
  if (!process.env.TEST_DATABASE_URL) {
    const postgres = { folder: join(folder, 'postgres'), password: 'conformance', previousPort: undefined }
    process.env.TEST_DATABASE_URL = (await progress('Database', () => startPostgres(processes, postgres))).server
  }
  const [forWindows, forAlerts] = [chosen(scenarios()), chosen(alertScenarios())]
  const rows = forWindows.length > 0 ? await progress('Windows', (say) => compareWindows(forWindows, { say })) : []
  const alerts = forAlerts.length > 0 ? await progress('Alerts', (say) => compareAlerts(forAlerts, { say })) : []
  process.stdout.write(`\nWindows: the worst of each, over all instants\n\n${table(worst(rows), END)}\n`)
  process.stdout.write(`\nAlerts: minutes after the trouble began\n\n${alertTable(alerts, TROUBLE)}\n`)
  return judged(rows, alerts.filter(({ ok }) => !ok).length)
}

async function printCost(): Promise<boolean> {
  const figures = await progress('Rules of 100 SLOs, three shapes', () => measureRules(FULL))
  process.stdout.write(costText(figures))
  return figures.ofTheCheaper <= 1 / 3
}

function judged(rows: Row[], alertMisses: number): boolean {
  const misses = rows.filter(({ ok }) => !ok)
  process.stdout.write(`\n${rows.length} figures of windows, ${misses.length} miss\n${alertMisses} alerts miss\n`)
  if (misses.length > 0) process.stdout.write(`\n${table(misses, END)}\n`)
  return misses.length === 0 && alertMisses === 0
}

let passed = false
try {
  passed = await run()
} finally {
  await processes.stopAll()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(passed ? 0 : 1)
