import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pool } from '../db/client'
import { buildReport } from './commands'
import { buildDue } from './commands-schedule'
import { storeReport } from './commands-store'
import { serviceReportSchema } from './document'
import { readReport, readRevisions } from './reads'
import { newestReports } from './reads-newest'
import { days, hours, NOW, OWNER, PER_MINUTE, type ReportWorld, reportWorld, TARGET, VIEWER } from './report-world-fixture'

let world: ReportWorld
const ENDED = Date.UTC(2026, 5, 1) / 1000
/** 20 May, 10:17: on no step coarser than the minute, and minutes are gone. The last row that is kept is of 10:15. */
const STOPPED = Date.UTC(2026, 4, 20, 10, 17) / 1000
const LAST = STOPPED - 120
const MAY = Date.UTC(2026, 4, 1) / 1000
const may = { service: 'checkout', month: '2026-05' }
const all = { service: null, month: '2026-05' }
const sql = (text: string, values: unknown[] = []) => pool().query(text, values)

beforeAll(async () => {
  world = await reportWorld()
  for (const table of ['sample_1m', 'sample_5m', 'sample_1h', 'sample_1d'])
    await sql(`DELETE FROM ${table} WHERE slo_id = $1 AND ts > $2`, [world.slo, STOPPED])
  await sql('UPDATE slo_status SET ts = $2 WHERE slo_id = $1', [world.slo, STOPPED])
})
afterAll(async () => world.drop())

describe('a month whose end has not come', () => {
  it.each([
    ['before its releases and marks are written down', ENDED + 60],
    ['while counters are waited for', ENDED + hours(3)],
  ])('is not built %s', async (_, now) => {
    for (const which of [may, all])
      await expect(buildReport(OWNER, which, now)).rejects.toThrow(
        'The last counters or quantiles of Checkout have not come yet.',
      )
  })
  it('is not one of the organisation before it is over in the zone of every service', async () => {
    await sql(`UPDATE service SET time_zone = 'America/New_York'`)
    await expect(buildReport(OWNER, all, ENDED + hours(3))).rejects.toThrow('2026-05 is not over yet')
    await sql(`UPDATE service SET time_zone = 'UTC'`)
    expect(await readRevisions(VIEWER, may)).toEqual([])
  })
})

describe('an SLO that stops within the month', () => {
  it('has the part before: counted by hand up to the last row that is kept', async () => {
    const { report } = await buildReport(OWNER, all, ENDED + days(1))
    expect(report.document).toMatchObject({ totals: { services: 1, objectives: 2 } })
    const document = serviceReportSchema.parse((await readReport(VIEWER, may))?.document)
    const found = document.objectives.find(({ slo }) => slo.id === world.slo)
    const [minutes, bad] = [(LAST - MAY) / 60, world.bad(MAY, LAST)]
    expect([found?.total, (found?.total ?? 0) - (found?.good ?? 0)]).toEqual([minutes * PER_MINUTE, bad])
    expect(found?.coverage).toBeCloseTo(minutes / (31 * 1440), 12)
    expect(found?.outcome).toBe('no_data')
    expect(found?.allowed).toBeCloseTo(minutes * PER_MINUTE * (1 - TARGET), 6)
    expect(found?.days.reduce((sum, { share }) => sum + (share ?? 0), 0)).toBeCloseTo(found?.consumed ?? -1, 10)
    expect(found?.days.slice(20).every(({ share }) => share === null)).toBe(true)
  })
  it('says the same when only hours are left', async () => {
    for (const table of ['sample_1m', 'sample_5m']) await sql(`DELETE FROM ${table}`)
    expect((await buildReport(OWNER, may, NOW + days(40))).written).toBe(false)
  })
  it('adds up where missing minutes count as bad', async () => {
    await sql(`UPDATE slo SET no_data_policy = 'count_as_bad' WHERE id = $1`, [world.slo])
    await sql('UPDATE slo_status SET ts = $2 WHERE slo_id = $1', [world.slo, NOW])
    const { report } = await buildReport(OWNER, may, NOW)
    const found = serviceReportSchema.parse(report.document).objectives.find(({ slo }) => slo.id === world.slo)
    expect(found?.consumed).toBeGreaterThan(1)
    expect(found?.days.reduce((sum, { share }) => sum + (share ?? 0), 0)).toBeCloseTo(found?.consumed ?? 0, 8)
    expect(found?.days[30]?.share).toBeGreaterThan(0)
  })
})

describe('the schedule', () => {
  it('rests when a revision of a service leaves the report of the organisation as it is', async () => {
    while ((await buildDue(NOW)).more);
    const before = (await newestReports([world.service], may.month)).get(world.service)
    const document = serviceReportSchema.parse(before?.document)
    await storeReport(
      OWNER,
      { ...document, address: 'https://elsewhere' },
      { serviceId: world.service, before: before ?? null, now: NOW },
    )
    expect(await buildDue(NOW)).toEqual({ built: 0, more: false })
    const { rows } = await sql(`SELECT seen FROM report_check WHERE service_id IS NULL AND month = '2026-05'`)
    expect(rows).toEqual([{ seen: (await readRevisions(VIEWER, may)).length }])
  })
})
