import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { decideCorrection, requestCorrection } from '../correction/commands'
import { newCorrectionSchema } from '../correction/schema'
import { pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { loadDefinitions } from '../measurement/definitions'
import { evaluate, writeStatuses } from '../measurement/evaluate'
import { countsOf } from '../measurement/inputs'
import { seeded } from '../measurement/known-truth'
import { countersAt, keepMarks, keyOf } from '../measurement/marks'
import { ensurePartitions } from '../measurement/partitions'
import { newestSamples, type Sample, writeSamples } from '../measurement/samples'
import { storedSlo } from '../slo/reads-stored'
import { DAY, HOUR, MINUTE } from '../time-series/units'
import { serviceLedger, sloLedger, sloLedgerIfAny } from './reads'
import { annotationsOf } from './reads-annotations'

const NOW = Date.UTC(2026, 10, 12, 12) / 1000
const FROM = NOW - 20 * DAY
const WINDOW = 14
const TARGET = 0.99

const VIEWER: Actor = { type: 'user', id: 'v', name: 'Vera', email: 'v@example.org', role: 'viewer' }
const ENGINEER: Actor = { ...VIEWER, id: 'e', role: 'engineer' }
const OWNER: Actor = { ...VIEWER, id: 'o', role: 'slo_owner' }

let database: Awaited<ReturnType<typeof testDatabase>>
let slo: number
/** Bad of 100 events, by the minute that ends at FROM + (i + 1) minutes. */
const bad: number[] = []

/** What was bad in (from, to], by counting. */
const counted = (from: number, to: number): number =>
  bad.reduce((sum, one, i) => (FROM + i * MINUTE >= from && FROM + (i + 1) * MINUTE <= to ? sum + one : sum), 0)
const one = async (text: string, values: unknown[]): Promise<number> => (await pool().query(text, values)).rows[0]?.id

const incident = (title: string, from: number, to: number | null) =>
  one(
    `INSERT INTO incident (title, severity, status, origin, started_at, detected_at, mitigated_at, opened_by, opened_by_name)
     VALUES ($1, 'sev2', 'resolved', 'person', $2, $2, $3, 'e', 'Emil') RETURNING id`,
    [title, from, to],
  )
const impact = (id: number, from: number, to: number | null) =>
  pool().query('INSERT INTO incident_impact (incident_id, slo_id, from_ts, to_ts) VALUES ($1, $2, $3, $4)', [id, slo, from, to])

/** Edges that lie on no coarser step than the minute. */
const OUTAGE = { from: NOW - 10 * DAY + 3 * MINUTE, to: NOW - 10 * DAY + 31 * MINUTE }
const DRILL = { from: NOW - 8 * DAY, to: NOW - 8 * DAY + HOUR }
const RELEASE = { from: NOW - 6 * DAY, to: NOW - 6 * DAY + 2 * HOUR }
const UPSTREAM = { from: NOW - 4 * DAY, to: NOW - 4 * DAY + 30 * MINUTE }
const ONGOING = NOW - 17 * MINUTE

beforeAll(async () => {
  database = await testDatabase()
  await ensurePartitions(pool(), FROM, NOW)
  const slos = await testSlos(pool(), 'http://127.0.0.1:9')
  const indicator = {
    kind: 'availability' as const,
    requests: { metric: 'requests_total', matchers: [] },
    failed: [{ label: 'status', op: '=~' as const, value: '5..' }],
  }
  slo = await slos.addSlo({ slug: 'answers', indicator, target: TARGET, window: { kind: 'rolling', days: WINDOW } })
  const random = seeded(11)
  const sum = { good: 0, total: 0, measured: 0 }
  const samples = Array.from({ length: (NOW - FROM) / MINUTE }, (_, i): Sample => {
    const ts = FROM + (i + 1) * MINUTE
    const inside = (stretch: { from: number; to: number }) => ts > stretch.from && ts <= stretch.to
    const failed = inside(OUTAGE) ? 90 : inside(DRILL) ? 50 : inside(RELEASE) || inside(UPSTREAM) ? 12 : ts > ONGOING ? 40 : 0
    bad.push(failed + Math.floor(random() * 2))
    sum.total += 100
    sum.good += 100 - (bad[i] ?? 0)
    sum.measured += 1
    return { sloId: slo, ts, ...sum }
  })
  await writeSamples(pool(), samples, NOW)
  const marked = samples.filter(({ ts }) => ts === OUTAGE.from || ts === OUTAGE.to)
  for (const { ts, good, total, measured } of marked)
    await pool().query('INSERT INTO counter_mark VALUES ($1, $2, $3, $4, $5)', [slo, ts, good, total, measured])
  await pool().query(`UPDATE slo_evaluation SET history_from = $2, backfill = 'done' WHERE slo_id = $1`, [slo, FROM])
  const { definitions } = await loadDefinitions(pool(), { ids: [slo] })
  const current = countsOf((await newestSamples(pool(), [slo])).values())
  const facts = new Map([[slo, { historyFrom: FROM, lastDataTs: NOW }]])
  await writeStatuses(pool(), await evaluate(pool(), definitions, NOW, current, facts))
})
afterAll(async () => database.drop())

const sharesOf = (lines: { key: string; bad: number }[]) => Object.fromEntries(lines.map(({ key, bad }) => [key, bad]))
const window = { period: 'window', by: 'day' } as const
const consumedNow = async () => (await storedSlo(slo)).status?.consumed ?? 0

describe('the ledger of an SLO', () => {
  let outage: number
  let ongoing: number
  let upstream: number
  let attribution: number

  it('begins with everything unexplained, and names where to look', async () => {
    const { lines, consumed, open } = await sloLedger(VIEWER, slo, window)
    expect(sharesOf(lines)).toEqual({ unexplained: counted(NOW - WINDOW * DAY, NOW) })
    expect(consumed).toBeCloseTo(await consumedNow(), 12)
    // Two thirds of what failed in the largest three.
    expect(open.slice(0, 3).map(({ from }) => from)).toEqual([DRILL.from, OUTAGE.from - (OUTAGE.from % 300), RELEASE.from])
  })

  it('knows what each incident spent to the minute, also long ago', async () => {
    outage = await incident('Card network down', OUTAGE.from, OUTAGE.to)
    await impact(outage, OUTAGE.from, OUTAGE.to)
    ongoing = await incident('Slow answers', ONGOING, null)
    await impact(ongoing, ONGOING, null)
    const { lines, consumed } = await sloLedger(VIEWER, slo, window)
    expect(sharesOf(lines)).toMatchObject({
      [`incident:${outage}`]: counted(OUTAGE.from, OUTAGE.to),
      [`incident:${ongoing}`]: counted(ONGOING, NOW),
    })
    expect(lines.reduce((total, { share }) => total + share, 0)).toBeCloseTo(consumed, 12)
    expect(consumed).toBeCloseTo(await consumedNow(), 12)
  })

  it('adds releases that a person confirmed, and what other services broke', async () => {
    const service = await one(`SELECT service_id AS id FROM slo WHERE id = $1`, [slo])
    const release = await one(
      `INSERT INTO release (service_id, version, released_at, created_by_name) VALUES ($1, '1.42', $2, 'ci') RETURNING id`,
      [service, RELEASE.from],
    )
    attribution = await one(
      `INSERT INTO release_attribution (release_id, slo_id, from_ts, to_ts, baseline, evidence)
       VALUES ($1, $2, $3, $4, 0.005, '{}') RETURNING id`,
      [release, slo, RELEASE.from, RELEASE.to],
    )
    const needed = await one(
      `INSERT INTO service (slug, name, tier, kind, team_id) SELECT 'db', 'Database', 'critical', 'api', id FROM team LIMIT 1 RETURNING id`,
      [],
    )
    await pool().query('INSERT INTO service_dependency (service_id, depends_on_id) VALUES ($1, $2)', [service, needed])
    upstream = await incident('Disk full', UPSTREAM.from, UPSTREAM.to)
    await pool().query('INSERT INTO incident_service (incident_id, service_id) VALUES ($1, $2)', [upstream, needed])
    expect(sharesOf((await sloLedger(VIEWER, slo, window)).lines)).not.toHaveProperty(`release:${release}`)
    await pool().query(`UPDATE release_attribution SET status = 'confirmed' WHERE id = $1`, [attribution])

    const { lines, consumed } = await sloLedger(VIEWER, slo, window)
    const above = counted(RELEASE.from, RELEASE.to) - 0.005 * 100 * 120
    expect(sharesOf(lines)[`release:${release}`]).toBeCloseTo(above, 6)
    expect(sharesOf(lines)[`dependency:${upstream}`]).toBe(counted(UPSTREAM.from, UPSTREAM.to))
    expect(lines.reduce((total, { share }) => total + share, 0)).toBeCloseTo(consumed, 12)
    expect(lines.at(-1)?.kind).toBe('unexplained')
  })

  it('shows an approved exclusion as two lines that cancel, and still adds up', async () => {
    const iso = (ts: number) => new Date(ts * 1000).toISOString().slice(0, 16)
    const { id } = await requestCorrection(
      ENGINEER,
      newCorrectionSchema.parse({
        ...{ kind: 'exclusion', cause: 'maintenance', reason: 'A drill.', scope: { slos: [slo] } },
        schedule: { from: iso(DRILL.from), to: iso(DRILL.to), timeZone: 'UTC' },
      }),
    )
    await decideCorrection(OWNER, { id, version: 1, verdict: 'approve', note: '' }, NOW)
    const { lines, consumed, budget } = await sloLedger(VIEWER, slo, window)
    const drilled = counted(DRILL.from, DRILL.to)
    expect(sharesOf(lines)).toMatchObject({ measured: drilled, excluded: -drilled })
    const left = counted(NOW - WINDOW * DAY, NOW) - drilled
    const total = (WINDOW * 24 * 60 - 60) * 100
    expect(budget.events).toBeCloseTo(total * (1 - TARGET), 6)
    expect(consumed).toBeCloseTo(left / (total * (1 - TARGET)), 10)
    expect(consumed).toBeCloseTo(await consumedNow(), 10)
    expect(lines.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(consumed, 10)
  })

  it('adds up day by day, and for a calendar month', async () => {
    const { buckets, lines, budget } = await sloLedger(VIEWER, slo, window)
    buckets.forEach(({ from, to }, i) => {
      const shown = lines.reduce((sum, { shares }) => sum + (shares[i] ?? 0), 0)
      const drilled = from <= DRILL.from && to >= DRILL.to ? counted(DRILL.from, DRILL.to) : 0
      expect(shown * budget.events).toBeCloseTo(counted(from, to) - drilled, 6)
    })
    const month = await sloLedger(VIEWER, slo, { period: '2026-11', by: 'week' })
    const first = Date.UTC(2026, 10, 1) / 1000
    expect(month.consumed * month.budget.events).toBeCloseTo(counted(first, NOW) - counted(DRILL.from, DRILL.to), 6)
    expect(month.buckets).toHaveLength(3)
  })

  it('is one ledger per SLO for a service', async () => {
    const { service, ledgers } = await serviceLedger(VIEWER, 'checkout', window)
    expect([service.name, ledgers.map((ledger) => ledger.slo.id)]).toEqual(['Checkout', [slo]])
    await expect(serviceLedger(VIEWER, 'nothing', window)).rejects.toThrow('There is no service “nothing”.')
  })

  it('lists what happened for the charts', async () => {
    const found = await annotationsOf(VIEWER, slo, { from: FROM, to: NOW })
    expect(found.map(({ kind, label, to }) => [kind, label, to === null])).toEqual([
      ['incident', `INC-${outage}`, false],
      ['release', '1.42', false],
      ['dependency', 'Database', false],
      ['incident', `INC-${ongoing}`, true],
    ])
  })

  it('lists changes of the definition that the figures show', async () => {
    const versions: [number, number, object, string[]][] = [
      [1, FROM, { name: 'Answers', target: 0.95 }, []],
      [2, FROM + DAY, { name: 'Renamed', target: 0.95 }, ['Name “Answers” → “Renamed”']],
      [3, FROM + 2 * DAY, { name: 'Renamed', target: 0.98 }, ['Target 95.00 % → 98.00 %']],
      [
        4,
        FROM + 3 * DAY,
        { name: 'Again', target: 0.99, minEvents: 5, objectiveGroup: 'Speed' },
        ['Activated', 'Target 98.00 % → 99.00 %', 'Least …', 'Name …'],
      ],
    ]
    await pool().query('DELETE FROM slo_version WHERE slo_id = $1', [slo])
    for (const [version, from, definition, changes] of versions)
      await pool().query(
        `INSERT INTO slo_version (slo_id, version, definition, changes, valid_from, author) VALUES ($1, $2, $3, $4, to_timestamp($5), 'o')`,
        [slo, version, definition, JSON.stringify(changes), from],
      )
    const found = await annotationsOf(VIEWER, slo, { from: FROM, to: NOW })
    const at = (days: number) => ({ from: FROM + days * DAY, to: FROM + days * DAY })
    const href = `/slos/${slo}/versions`
    expect(found.filter(({ kind }) => kind === 'definition')).toEqual([
      { kind: 'definition', id: 3, ...at(2), label: 'v3', title: 'Target 95.00 % → 98.00 %', href },
      { kind: 'definition', id: 4, ...at(3), label: 'v4', title: 'Target 98.00 % → 99.00 %, and 2 more', href },
    ])
  })

  it('writes marks down once the counters have got there, and keeps the first reading', async () => {
    await keepMarks(
      pool(),
      [ONGOING, NOW, NOW + MINUTE].map((ts) => ({ sloId: slo, ts })),
      NOW,
    )
    const read = async () => (await pool().query('SELECT ts, good FROM counter_mark WHERE ts >= $1 ORDER BY ts', [ONGOING])).rows
    const before = await read()
    expect(before.map(({ ts }) => ts)).toEqual([ONGOING, NOW])
    await pool().query('UPDATE sample_1m SET good = good - 1 WHERE ts = $1', [ONGOING])
    await keepMarks(pool(), [{ sloId: slo, ts: ONGOING }], NOW)
    expect(await read()).toEqual(before)
    const found = await countersAt(
      pool(),
      [
        { sloId: slo, ts: FROM - DAY },
        { sloId: slo, ts: NOW + DAY },
      ],
      NOW,
    )
    expect(found.get(keyOf({ sloId: slo, ts: FROM - DAY }))).toEqual({ good: 0, total: 0, measured: 0 })
    expect(found.has(keyOf({ sloId: slo, ts: NOW + DAY }))).toBe(false)
  })

  it('is not there before the first evaluation', async () => {
    await pool().query('UPDATE slo_evaluation SET history_from = NULL WHERE slo_id = $1', [slo])
    expect(await sloLedgerIfAny(VIEWER, slo, window)).toBeNull()
    await expect(sloLedger(VIEWER, slo, window)).rejects.toThrow('begins with the first minute')
  })
})
