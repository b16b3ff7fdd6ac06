import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { disconnect, pool } from '../lib/db/client'
import { migrate } from '../lib/db/migrate'
import { testPrometheus } from '../lib/prometheus/test-server'
import { DAY, floorTo, HOUR, MINUTE, toUnix } from '../lib/time-series/units'
import { build } from '../scripts/world/build'
import { startPostgres } from '../scripts/world/postgres'
import { Processes } from '../scripts/world/processes'
import { progress } from '../scripts/world/progress'
import { findPrometheus } from '../scripts/world/prometheus'
import { cpuSeconds, measureBaseline } from './baseline'
import { alone, availability, makeFleet } from './fleet'
import { round } from './numbers'
import { measureOverview } from './overview'
import { counters } from './series'
import { measureTicks } from './ticks'

// Figures of one run on one machine; only ratios between them may be compared with another machine's.

const TICKS = 20
const at = floorTo(toUnix(new Date()), HOUR)
const folder = mkdtempSync(join(tmpdir(), 'headroom-bench-'))
chmodSync(folder, 0o755)
const processes = new Processes(join(folder, 'logs'))
const span = { from: at - 80 * MINUTE, to: at + (TICKS + 2) * MINUTE }
const PERSON = 'bench@demo.headroom.example'

async function ledger(url: string, count: number, indicatorOf = availability, ticks = TICKS) {
  return progress(`${count} SLOs${indicatorOf === alone ? ', nothing shared' : ''}`, async (say) => {
    await makeFleet(pool(), { sourceUrl: url, count, at, indicatorOf })
    const before = await cpuSeconds(url)
    const figures = await measureTicks(pool(), at + MINUTE, ticks)
    // The warm-up tick asks as well.
    const cpu = ((await cpuSeconds(url)) - before) / (ticks + 1) / figures.slos
    say(`tick p95 ${figures.tickP95Milliseconds} ms, database ${figures.databaseP95Milliseconds} ms`)
    return { ...figures, cpuSecondsPerSlo: cpu }
  })
}

try {
  await progress('Web pages', (say) => build(say, join(folder, 'logs', 'build.log')))
  const programs = await progress('Prometheus program', findPrometheus)
  process.env.PROMETHEUS_BIN = programs.prometheus
  process.env.PROMTOOL_BIN = programs.promtool
  const { url: databaseUrl } = await progress('Database', () =>
    startPostgres(processes, { folder: join(folder, 'postgres'), password: 'bench', previousPort: undefined }),
  )
  process.env.DATABASE_URL = databaseUrl
  await migrate(databaseUrl)

  const month = await progress('Prometheus with a month', () => testPrometheus(counters(20, { from: at - 31 * DAY, to: at })))
  const baseline = await progress('One query per SLO and window', () => measureBaseline(month.url, 20, at))
  await month.stop()

  const wide = await progress('Prometheus with 10,000 services', () => testPrometheus(counters(10_000, span)))
  const packed = await ledger(wide.url, 1_000, alone)
  const large = await ledger(wide.url, 10_000)
  const small = await ledger(wide.url, 1_000)
  await wide.stop()

  await pool().query(`INSERT INTO "user" (id, email, name, role, demo) VALUES (gen_random_uuid(), $1, 'Bench', 'viewer', true)`, [
    PERSON,
  ])
  const web = await progress('Overview, 8 clients, 1,000 SLOs', () => measureOverview(processes, databaseUrl, PERSON))

  const perTick = (figures: typeof small) => round(figures.queriesPerTick / figures.slos, 5)
  const results = {
    goals: {
      queriesVersusBaseline: { goal: 'at most 1/50', ratio: `1/${Math.round(baseline.queriesPerSlo / perTick(small))}` },
      queriesVersusBaselineNothingShared: {
        goal: 'at most 1/50',
        ratio: `1/${Math.round(baseline.queriesPerSlo / perTick(packed))}`,
      },
      prometheusCpuVersusBaseline: {
        goal: 'at most 1/50',
        ratio: `1/${Math.round(baseline.cpuSecondsPerSlo / small.cpuSecondsPerSlo)}`,
      },
      databaseP95At10000: { goal: 'under 1000 ms', milliseconds: large.databaseP95Milliseconds },
    },
    ratios: {
      tick10000VersusTick1000: round(large.tickP95Milliseconds / small.tickP95Milliseconds),
      overviewVersusHealthz: round(web.overviewP97 / Math.max(0.5, web.healthP97)),
      tableVersusUnchanged: round(web.tableP97 / Math.max(0.5, web.unchangedP97)),
    },
    baseline,
    small: { ...small, queriesPerSlo: perTick(small) },
    nothingShared: { ...packed, queriesPerSlo: perTick(packed) },
    large: { ...large, queriesPerSlo: perTick(large) },
    web,
  }
  mkdirSync('bench/results', { recursive: true })
  writeFileSync('bench/results/latest.json', `${JSON.stringify(results, null, 2)}\n`)
  process.stdout.write(`\n${JSON.stringify(results, null, 2)}\n\n  Written to bench/results/latest.json\n`)
} finally {
  await disconnect()
  await processes.stopAll()
  rmSync(folder, { recursive: true, force: true })
}
