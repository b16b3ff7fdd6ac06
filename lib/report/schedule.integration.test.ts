import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pool } from '../db/client'
import { buildReport } from './commands'
import { changedReports } from './commands-follow'
import { buildDue, pruneReports } from './commands-schedule'
import { readReport, readReports, readRevisions } from './reads'
import { dueReports } from './reads-due'
import { NOW, OUTAGE, OWNER, type ReportWorld, reportWorld, VIEWER } from './report-world-fixture'

let world: ReportWorld
beforeAll(async () => {
  world = await reportWorld('Asia/Kathmandu')
  // A latency would wait for its source; one day after the month it does not any more.
  await pool().query('UPDATE slo SET deleted_at = now() WHERE id = $1', [world.latency])
})
afterAll(async () => world.drop())

/** The end of May in Kathmandu: 31 May, 18:15 UTC. */
const END = Date.UTC(2026, 4, 31, 18, 15) / 1000
const may = { service: 'checkout', month: '2026-05' }

describe('the schedule of reports', () => {
  it('builds nothing before the month is over in the zone of the service, and what it cost is written down', async () => {
    // The month before is due: a portal that was just set up looks back.
    while ((await buildDue(END - 60)).more);
    expect((await readReports(VIEWER)).items.map(({ month }) => month)).toEqual(['2026-04', '2026-04'])
    for (const now of [END, END + 29 * 60]) expect(await buildDue(now)).toEqual({ built: 0, more: false })
    expect(await readRevisions(VIEWER, may)).toEqual([])
  })

  it('waits, however long the month is over, while the past of an SLO is being read; not for a source that does not answer', async () => {
    const late = NOW + 10 * 86_400
    const filling = (state: string, error: string | null) =>
      pool().query('UPDATE slo_evaluation SET backfill = $1::backfill_state, backfill_error = $2', [state, error])
    const ready = async () => (await dueReports(pool(), late)).some(({ month, ready }) => month === may.month && ready)
    await filling('running', null)
    expect(await ready()).toBe(false)
    expect(await buildDue(late)).toEqual({ built: 0, more: false })
    await filling('running', 'Prometheus does not answer.')
    expect(await ready()).toBe(true)
    await filling('done', null)
    expect(await ready()).toBe(true)
  })

  it('is one report, however many pollers build at the same time', async () => {
    const steps = await Promise.all([buildDue(NOW), buildDue(NOW), buildDue(NOW)])
    expect(steps.reduce((sum, { built }) => sum + built, 0)).toBe(1)
    const report = await readReport(VIEWER, may)
    expect(report).toMatchObject({ revision: 1, builtBy: 'schedule', document: { zone: 'Asia/Kathmandu', asOf: END } })
  })

  it('waits for whoever builds, and goes on when that one dies', async () => {
    const other = await pool().connect()
    other.on('error', () => {})
    const { rows } = await other.query<{ pid: number }>('SELECT pg_backend_pid() AS pid FROM pg_advisory_lock(7411002)')
    expect(await buildDue(NOW)).toEqual({ built: 0, more: false })
    await pool().query('SELECT pg_terminate_backend($1)', [rows[0]?.pid])
    other.release(true)
    // What was built is not built again; the organisation's is what was left.
    await expect.poll(async () => (await buildDue(NOW)).built).toBe(1)
    expect(await readRevisions(VIEWER, may)).toHaveLength(1)
  })

  it('counts the month of that zone by hand', async () => {
    const from = Date.UTC(2026, 3, 30, 18, 15) / 1000
    const document = (await readReport(VIEWER, may))?.document
    const objective = document?.kind === 'service' ? document.objectives[0] : undefined
    expect([objective?.total, (objective?.total ?? 0) - (objective?.good ?? 0)]).toEqual([
      world.total(from, END),
      world.bad(from, END),
    ])
    expect(objective?.days).toHaveLength(31)
  })

  it('is the same when only hours are kept: what lies between two of them was written down', async () => {
    const { written } = await buildReport(OWNER, may, NOW + 90 * 86_400)
    expect(written).toBe(false)
  })

  it('has built the one of the organisation when those of all services were there, and then rests', async () => {
    expect(
      (await readReports(VIEWER, { month: '2026-05' })).items.map(({ service, month }) => [
        service?.slug ?? 'organisation',
        month,
      ]),
    ).toEqual([
      ['organisation', '2026-05'],
      ['checkout', '2026-05'],
    ])
    expect(await buildDue(NOW)).toEqual({ built: 0, more: false })
  })

  it('writes the next revision when somebody claims what had no cause, and the organisation follows', async () => {
    const later = Math.floor(Date.now() / 1000) + 3600
    const { rows } = await pool().query<{ id: number }>(
      `INSERT INTO incident (title, severity, status, origin, started_at, detected_at, mitigated_at, resolved_at, opened_by, opened_by_name)
       VALUES ('Disk full', 'sev2', 'resolved', 'person', $1, $1, $2, $2, 'e', 'Emil') RETURNING id`,
      [OUTAGE.from, OUTAGE.to],
    )
    const id = rows[0]?.id
    await pool().query('INSERT INTO incident_service VALUES ($1, $2)', [id, world.service])
    await pool().query('INSERT INTO incident_impact (incident_id, slo_id, from_ts, to_ts) VALUES ($1, $2, $3, $4)', [
      ...[id, world.slo, OUTAGE.from, OUTAGE.to],
    ])
    await pool().query(
      `INSERT INTO incident_event (incident_id, at, kind, text, author_name) VALUES ($1, $2, 'impact', 'Claimed', 'Emil')`,
      [id, NOW],
    )
    await pool().query(`UPDATE report_check SET checked_at = $1`, [NOW])
    expect(await changedReports(NOW, 3, 5)).toEqual([])
    // What is written down carries the real clock, which is later than this month by a few of them: look from there.
    const found = await changedReports(later, 12, 5)
    expect(found).toContainEqual({ serviceId: world.service, month: '2026-05' })
  })

  it('sets a service aside that cannot be counted, and says so', async () => {
    await pool().query('DELETE FROM report')
    await pool().query(`UPDATE slo SET "window" = '{"kind":"none"}'`)
    const { built, failed } = await buildDue(NOW)
    expect([built, failed?.map(({ id }) => id)]).toEqual([0, [world.service]])
    expect(await buildDue(NOW)).toEqual({ built: 0, more: false })
    await pool().query(`UPDATE slo SET "window" = '{"kind":"rolling","days":30}'`)
    expect(await buildDue(NOW + 3_600)).toMatchObject({ built: 1 })
  })

  it('keeps reports for as many months as are set, and drops the rest', async () => {
    expect(await pruneReports(NOW)).toBe(0)
    expect(await pruneReports(Date.UTC(2031, 6, 15) / 1000)).toBeGreaterThan(0)
    expect(await readRevisions(VIEWER, may)).toEqual([])
  })
})
