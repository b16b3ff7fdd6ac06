import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { disconnect, pool } from '../lib/db/client'
import { migrate } from '../lib/db/migrate'
import { testPrometheus } from '../lib/prometheus/test-server'
import { DAY, floorTo, HOUR, MINUTE, toUnix } from '../lib/time-series/units'
import { build } from '../scripts/world/build'
import { sentenceFor } from '../scripts/world/failure'
import { startPostgres } from '../scripts/world/postgres'
import { Processes } from '../scripts/world/processes'
import { progress } from '../scripts/world/progress'
import { findPrometheus } from '../scripts/world/prometheus'
import { measureAlerts } from './alerts'
import { measureBaseline } from './baseline'
import { measureCauses } from './causes'
import { measureCorrections } from './corrections'
import { measureDefinitions } from './definitions'
import { alone, availability, mixed } from './fleet'
import { measureGate } from './gate'
import { type Figures, goalsOf } from './goals'
import { measureLedger } from './ledger'
import { round } from './numbers'
import { measureOverview } from './overview'
import { measureReports } from './reports'
import { FULL, measureRules } from './rules'
import { counters } from './series'

// Figures of one run on one machine; only ratios between them may be compared with another machine's.

const TICKS = 20
/** each of them is two ticks */
const ALERT_TURNS = 12
const REPORT_TURNS = 6
/** The same fleet is small, so that a month of its minutes can be made: more ticks, for CPU is counted in hundredths of seconds. */
const SAME = { services: 40, ticks: 120 }
const at = floorTo(toUnix(new Date()), HOUR)
const folder = mkdtempSync(join(tmpdir(), 'headroom-bench-'))
chmodSync(folder, 0o755)
const processes = new Processes(join(folder, 'logs'))
const PERSON = 'bench@demo.headroom.example'

const ledger = (title: string, run: Omit<Parameters<typeof measureLedger>[1], 'at'>) =>
  progress(title, async (say) => {
    const figures = await measureLedger(pool(), { at, ...run })
    say(`tick p95 ${figures.tickP95Milliseconds} ms, database ${figures.databaseP95Milliseconds} ms`)
    return figures
  })

async function measure(): Promise<Figures> {
  const definitions = await progress('The command line at 1,000 SLOs', async () => measureDefinitions())
  const month = { from: at - 31 * DAY, to: at + (SAME.ticks + 2) * MINUTE }
  const full = await progress('Prometheus with a month', () => testPrometheus(counters(SAME.services, month)))
  const baseline = await progress('One query per SLO and window', () => measureBaseline(full.url, SAME.services, at))
  const same = await ledger('The same fleet, as Headroom asks', {
    ...{ url: full.url, count: SAME.services, ticks: SAME.ticks, indicatorOf: availability },
  })
  await full.stop()

  const hours = { from: at - 80 * MINUTE, to: at + (TICKS + ALERT_TURNS + 2 * REPORT_TURNS + 6) * MINUTE }
  const { url, stop } = await progress('Prometheus with 10,000 services', () => testPrometheus(counters(10_000, hours)))
  const fleet = (title: string, count: number, indicatorOf: typeof mixed) =>
    ledger(title, { url, count, ticks: TICKS, indicatorOf })
  const nothingShared = await fleet('1,000 SLOs, nothing shared', 1_000, alone)
  const large = await fleet('10,000 SLOs, a fifth on their own', 10_000, mixed)
  const alerts = await progress('Alerts of 10,000 SLOs, with and without', () =>
    measureAlerts(pool(), at + (TICKS + 2) * MINUTE, ALERT_TURNS),
  )
  const gate = await progress('The gate at 10,000 SLOs', () =>
    measureGate(pool(), join(folder, 'logs'), process.env.DATABASE_URL ?? '', at + (TICKS + 2 + ALERT_TURNS) * MINUTE),
  )
  const reports = await progress('Reports of 1,000 services, 10 SLOs each', () =>
    measureReports(pool(), at, at + (TICKS + 3 + ALERT_TURNS) * MINUTE, REPORT_TURNS),
  )
  const small = await fleet('1,000 SLOs', 1_000, availability)
  await stop()

  await pool().query(`INSERT INTO "user" (id, email, name, role, demo) VALUES (gen_random_uuid(), $1, 'Bench', 'viewer', true)`, [
    PERSON,
  ])
  const databaseUrl = process.env.DATABASE_URL ?? ''
  const web = await progress('Overview, 8 clients, 1,000 SLOs', () => measureOverview(processes, databaseUrl, PERSON))
  const corrections = await progress('A nightly exclusion, 100 SLOs, 90 days', () => measureCorrections(pool(), at))
  const causes = await progress('The ledger of an SLO, 90 days', () => measureCauses(pool(), at))
  const rules = await progress("Rules of 100 SLOs, beside Sloth's and Pyrra's shapes", () => measureRules(FULL))
  return { baseline, same, small, nothingShared, large, web, corrections, causes, alerts, gate, reports, definitions, rules }
}

function report(figures: Figures): boolean {
  const { small, large, web } = figures
  const goals = goalsOf(figures)
  const ratios = {
    tick10000VersusTick1000: round(large.tickP95Milliseconds / small.tickP95Milliseconds),
    overviewVersusHealthz: round(web.overviewP95 / Math.max(0.5, web.healthP95)),
    tableVersusUnchanged: round(web.tableP95 / Math.max(0.5, web.unchangedP95)),
  }
  mkdirSync('bench/results', { recursive: true })
  writeFileSync('bench/results/latest.json', `${JSON.stringify({ goals, ratios, ...figures }, null, 2)}\n`)
  process.stdout.write(`\n${JSON.stringify({ ratios, ...figures }, null, 2)}\n\n`)
  for (const { goal, value, met } of goals)
    process.stdout.write(`  ${met ? '✓' : '✗'} ${goal.padEnd(96)} ${value.padStart(12)}\n`)
  process.stdout.write('\n  Written to bench/results/latest.json\n')
  return goals.every(({ met }) => met)
}

let met = false
try {
  await progress('Web pages', (say) => build(say, join(folder, 'logs', 'build.log')))
  const programs = await progress('Prometheus program', findPrometheus)
  process.env.PROMETHEUS_BIN = programs.prometheus
  process.env.PROMTOOL_BIN = programs.promtool
  const { url } = await progress('Database', () =>
    startPostgres(processes, { folder: join(folder, 'postgres'), password: 'bench', previousPort: undefined }),
  )
  process.env.DATABASE_URL = url
  await migrate(url)
  met = report(await measure())
} catch (error) {
  process.stderr.write(`\n  ✗ ${sentenceFor(error)}\n\n`)
} finally {
  await disconnect()
  await processes.stopAll()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(met ? 0 : 1)
