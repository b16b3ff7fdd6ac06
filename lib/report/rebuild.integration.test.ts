import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db, pool } from '../db/client'
import { HOURS } from '../measurement/tiers'
import { deleteService } from '../service/commands'
import { storedService } from '../service/reads-stored'
import { KEPT } from './buildable'
import { buildReport } from './commands'
import { storeReport } from './commands-store'
import { serviceReportSchema } from './document'
import { settled } from './hash'
import { readReport } from './reads'
import { readReportHtml } from './reads-files'
import { renderHtml } from './render/html'
import { days, NOW, OUTAGE, OWNER, type ReportWorld, reportWorld, VIEWER } from './report-world-fixture'

let world: ReportWorld
const may = { service: 'checkout', month: '2026-05' }
const ENDED = Date.UTC(2026, 5, 1) / 1000
const sql = async (text: string, values: unknown[] = []) => (await pool().query(text, values)).rows
const insert = async (text: string, values: unknown[] = []): Promise<number> => (await sql(`${text} RETURNING id`, values))[0].id
/** Minutes and five minutes are gone; what matters was written down. */
const onlyHours = async () => {
  for (const table of ['sample_1m', 'sample_5m']) await sql(`DELETE FROM ${table}`)
}
const answers = async () => {
  const report = await readReport(VIEWER, may)
  const found = serviceReportSchema.parse(report?.document).objectives.find(({ slo }) => slo.id === world.slo)
  if (!found) throw new Error('The objective is not in the report.')
  return found
}
const record = (more: object) => JSON.stringify({ name: 'answers', slug: 'answers', service: 'checkout', ...more })

let bank = 0
beforeAll(async () => {
  world = await reportWorld()
  // Checkout needs the bank, whose outage began and ended between two hours.
  bank = await insert(
    `INSERT INTO service (slug, name, tier, kind, team_id) SELECT 'bank', 'Bank', 'critical', 'api', id FROM team`,
  )
  await sql('INSERT INTO service_dependency VALUES ($1, $2)', [world.service, bank])
  const version = (id: number, definition: object) =>
    sql(
      `INSERT INTO service_version (service_id, version, definition, valid_from, author) VALUES ($1, 1, $2, to_timestamp($3), 'e')`,
      [...[id, definition, NOW - days(90)]],
    )
  await version(world.service, { name: 'Checkout', slug: 'checkout', dependencies: ['bank'] })
  await version(bank, { name: 'Bank', slug: 'bank', dependencies: [] })
  await sql(
    `INSERT INTO slo_version (slo_id, version, definition, valid_from, author) VALUES ($1, 1, $2, to_timestamp($3), 'e')`,
    [...[world.slo, record({}), NOW - days(90)]],
  )
  const incident = await insert(
    `INSERT INTO incident (title, severity, status, origin, started_at, detected_at, mitigated_at, resolved_at, opened_by, opened_by_name)
     VALUES ('Bank down', 'sev2', 'resolved', 'person', $1, $1, $2, $2, 'e', 'Emil')`,
    [OUTAGE.from + 120, OUTAGE.to - 360],
  )
  await sql('INSERT INTO incident_service (incident_id, service_id) VALUES ($1, $2)', [incident, bank])
  await buildReport(OWNER, may, NOW)
  await buildReport(OWNER, { service: null, month: '2026-05' }, NOW)
})
afterAll(async () => world.drop())

describe('a month that is built again', () => {
  it('charges what the dependency broke', async () => {
    const { causes } = await answers()
    expect(causes.find(({ kind }) => kind === 'dependency')).toMatchObject({
      service: 'Bank',
      bad: world.bad(OUTAGE.from + 120, OUTAGE.to - 360),
    })
  })

  it.each<[string, () => Promise<unknown>]>([
    ['40 days later, when only hours are left', onlyHours],
    [
      'after the SLO was renamed',
      async () => {
        await sql(`UPDATE slo SET name = 'zzz', slug = 'zzz', version = 2 WHERE id = $1`, [world.slo])
        await sql(`INSERT INTO slo_version (slo_id, version, definition, author) VALUES ($1, 2, $2, 'e')`, [
          ...[world.slo, record({ name: 'zzz', slug: 'zzz' })],
        ])
      },
    ],
    [
      'after services and teams were renamed',
      () => sql(`UPDATE service SET name = name || ' 2'; UPDATE team SET name = 'Others'`),
    ],
    ['after the arrow to the bank went', () => sql('DELETE FROM service_dependency')],
    [
      'after another arrow came',
      () =>
        sql(
          `INSERT INTO service_version (service_id, version, definition, author)
           VALUES ($1, 2, '{"name": "Checkout 2", "slug": "checkout", "dependencies": []}', 'e')`,
          [world.service],
        ),
    ],
    [
      'after a new SLO came',
      async () => {
        const id = await insert(
          `INSERT INTO slo (service_id, data_source_id, slug, name, indicator, target, "window")
           SELECT service_id, data_source_id, 'new', 'new', indicator, target, "window" FROM slo WHERE id = $1`,
          [world.slo],
        )
        await sql('INSERT INTO slo_evaluation (slo_id, history_from) VALUES ($1, $2)', [id, ENDED + 3600])
      },
    ],
    [
      'after the SLO was moved to another service',
      async () => {
        await sql('UPDATE slo SET service_id = $1, version = 3 WHERE id = $2', [bank, world.slo])
        await sql(`INSERT INTO slo_version (slo_id, version, definition, author) VALUES ($1, 3, $2, 'e')`, [
          ...[world.slo, record({ service: 'bank' })],
        ])
      },
    ],
    ['when its source speaks another dialect', () => sql(`UPDATE data_source SET dialect = 'victoriametrics'`)],
  ])('says the same %s', async (_, change) => {
    await change()
    const { report, written } = await buildReport(OWNER, may, NOW + days(40))
    expect([written, report.changes]).toEqual([false, []])
    const all = await buildReport(OWNER, { service: null, month: '2026-05' }, NOW + days(40))
    expect([all.written, all.report.changes]).toEqual([false, []])
  })

  it('is in no report of the service that an SLO was moved to', async () => {
    await expect(buildReport(OWNER, { service: 'bank', month: '2026-05' }, NOW + days(40))).rejects.toThrow(
      'Nothing of Bank 2 was measured in 2026-05: choose a month in which it was.',
    )
  })

  it('renders to the bytes that were kept, whatever order of keys the database has', async () => {
    const { document } = (await readReport(VIEWER, may)) ?? {}
    const march = settled({
      ...serviceReportSchema.parse(document),
      month: '2026-03',
      decisions: { block: 3, review: 1, approve: 2 },
    })
    await storeReport(OWNER, march, { serviceId: world.service, before: null, now: NOW, quiet: true })
    for (const key of [may, { ...may, month: '2026-03' }, { ...may, service: null }]) {
      const report = await readReport(VIEWER, key)
      expect(report && renderHtml(report)).toBe(await readReportHtml(VIEWER, key))
    }
  })

  it('is not overwritten while an SLO of it is measured again, nor when its history is gone', async () => {
    await sql(`UPDATE slo_evaluation SET history_from = NULL, backfill = 'pending' WHERE slo_id = $1`, [world.slo])
    await expect(buildReport(OWNER, may, NOW + days(40))).rejects.toThrow('“answers” is being measured again.')
    await sql(`UPDATE slo_evaluation SET history_from = $2, backfill = 'done' WHERE slo_id = $1`, [world.slo, ENDED + 3600])
    expect((await buildReport(OWNER, may, NOW + days(40))).written).toBe(false)
    expect((await answers()).outcome).toBe('met')
  })

  it('keeps its service', async () => {
    await sql('UPDATE slo SET service_id = $1', [bank])
    const { version } = await storedService(db(), 'checkout')
    await expect(deleteService(OWNER, { slug: 'checkout', version })).rejects.toThrow(
      'which are kept. The service stays with them.',
    )
    await expect(sql('DELETE FROM service WHERE id = $1', [world.service])).rejects.toThrow('report_service_id_fkey')
  })

  it('says one sentence of months that cannot be built', async () => {
    const built = (month: string, now = NOW, service: string | null = 'checkout') => buildReport(OWNER, { service, month }, now)
    expect(KEPT).toBe(HOURS.keep)
    await expect(built('1999-01')).rejects.toThrow(
      '1999-01 can no longer be built, because counters are kept by the hour for 400 days',
    )
    await expect(built('2026-02')).rejects.toThrow('Nothing of Checkout 2 was measured in 2026-02')
    await expect(built('2026-02', NOW, null)).rejects.toThrow('Nothing of the organisation was measured in 2026-02')
    await expect(built('2026-05', NOW + days(420))).rejects.toThrow('2026-05 can no longer be built')
  })
})
