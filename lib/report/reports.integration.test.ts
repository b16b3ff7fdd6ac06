import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decideCorrection, requestCorrection } from '../correction/commands'
import { newCorrectionSchema } from '../correction/schema'
import { pool } from '../db/client'
import { buildReport } from './commands'
import type { ServiceReport } from './document'
import { serviceReportSchema } from './document'
import { hashOf } from './hash'
import { readPreview, readReport, readReports, readRevisions } from './reads'
import {
  DRILL,
  ENGINEER,
  HISTORY,
  NOW,
  OUTAGE,
  OWNER,
  type ReportWorld,
  reportWorld,
  TARGET,
  VIEWER,
} from './report-world-fixture'

let world: ReportWorld
beforeAll(async () => {
  world = await reportWorld()
})
afterAll(async () => world.drop())

const utc = (year: number, month: number, day = 1) => Date.UTC(year, month - 1, day) / 1000
const MAY = { from: utc(2026, 5), to: utc(2026, 6) }
const may = { service: 'checkout', month: '2026-05' }
const serviceOf = (document: unknown): ServiceReport => serviceReportSchema.parse(document)
const answers = (document: unknown) => {
  const found = serviceOf(document).objectives.find(({ slo }) => slo.id === world.slo)
  if (!found) throw new Error('The objective is not in the report.')
  return found
}

describe('the report of a month', () => {
  it('counts what happened in the month, by events', async () => {
    const { report, written } = await buildReport(OWNER, may, NOW)
    expect([written, report.revision, report.builtBy]).toEqual([true, 1, 'Olga'])
    const { sli, good, total, consumed, remaining, coverage, outcome, raw, allowed } = answers(report.document)
    const bad = world.bad(MAY.from, MAY.to)
    expect([total, total - good]).toEqual([31 * 24 * 60 * 100, bad])
    expect(sli).toBeCloseTo(1 - bad / total, 12)
    expect([raw.good, raw.total]).toEqual([good, total])
    expect(allowed).toBeCloseTo(total * (1 - TARGET), 6)
    expect(consumed).toBeCloseTo(bad / (total * (1 - TARGET)), 10)
    expect(remaining).toBeCloseTo(1 - (consumed ?? 0), 12)
    expect([coverage, outcome]).toEqual([1, 'met'])
  })

  it('spends day by day what it spends', async () => {
    const report = await readReport(VIEWER, may)
    const { days, consumed, allowed } = answers(report?.document)
    expect(days).toHaveLength(31)
    const share = days.reduce((sum, day) => sum + (day.share ?? 0), 0)
    expect(share).toBeCloseTo(consumed ?? 0, 10)
    expect((days[11]?.share ?? 0) * allowed).toBeCloseTo(world.bad(utc(2026, 5, 12), utc(2026, 5, 13)), 6)
  })

  it('knows the months before by their own figures, from when history began', async () => {
    const report = await readReport(VIEWER, may)
    const { months } = answers(report?.document)
    expect(months.map(({ month }) => month)).toEqual(['2026-04', '2026-05'])
    const total = world.total(HISTORY, MAY.from)
    expect(months[0]?.sli).toBeCloseTo(1 - world.bad(HISTORY, MAY.from) / total, 12)
  })

  it('writes nothing when it is built again and says the same', async () => {
    const { report, written } = await buildReport(OWNER, may, NOW + 60)
    const stored = await readReport(VIEWER, may)
    expect([written, report.hash, report.revision]).toEqual([false, stored?.hash, 1])
    expect(hashOf(stored?.document)).toBe(stored?.hash)
    expect(stored?.builtAt).toBe(NOW)
  })

  it('says what cannot be measured any more', async () => {
    const report = await readReport(VIEWER, may)
    const fast = serviceOf(report?.document).objectives.find(({ slo }) => slo.id === world.latency)
    expect([fast?.quantiles, fast?.quantilesMissing]).toEqual([null, 'The quantiles of this month were not measured at its end.'])
  })

  it('names what an incident spent', async () => {
    const { rows } = await pool().query<{ id: number }>(
      `INSERT INTO incident (title, severity, status, origin, started_at, detected_at, mitigated_at, resolved_at, opened_by, opened_by_name)
       VALUES ('Card network down', 'sev2', 'resolved', 'person', $1, $1 + 120, $2, $2, 'e', 'Emil') RETURNING id`,
      [OUTAGE.from, OUTAGE.to],
    )
    const id = rows[0]?.id
    await pool().query('INSERT INTO incident_service (incident_id, service_id) VALUES ($1, $2)', [id, world.service])
    await pool().query('INSERT INTO incident_impact (incident_id, slo_id, from_ts, to_ts) VALUES ($1, $2, $3, $4)', [
      ...[id, world.slo, OUTAGE.from, OUTAGE.to],
    ])
    const { report } = await buildReport(OWNER, may, NOW + 120)
    const { causes, allowed, consumed } = answers(report.document)
    const spent = world.bad(OUTAGE.from, OUTAGE.to)
    expect(causes.find(({ kind }) => kind === 'incident')).toMatchObject({ id, bad: spent, share: spent / allowed })
    expect(causes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(consumed ?? 0, 10)
    expect(serviceOf(report.document).incidents).toMatchObject([
      { id, status: 'resolved', detectionSeconds: 120, costs: [{ sloId: world.slo, share: spent / allowed }] },
    ])
    expect([report.revision, report.changes]).toEqual([
      2,
      expect.arrayContaining([`INC-${id} “Card network down” is in the report now`]),
    ])
  })

  it('becomes another revision when an exclusion is approved, with the figures before and after', async () => {
    const iso = (ts: number) => new Date(ts * 1000).toISOString().slice(0, 16)
    const { id } = await requestCorrection(
      ENGINEER,
      newCorrectionSchema.parse({
        ...{ kind: 'exclusion', cause: 'maintenance', reason: 'A drill.', scope: { slos: [world.slo] } },
        schedule: { from: iso(DRILL.from), to: iso(DRILL.to), timeZone: 'UTC' },
      }),
    )
    await decideCorrection(OWNER, { id, version: 1, verdict: 'approve', note: '' }, NOW)
    const { report, written } = await buildReport(OWNER, may, NOW + 180)
    expect([written, report.revision]).toEqual([true, 3])
    const { good, total, raw } = answers(report.document)
    const drilled = world.bad(DRILL.from, DRILL.to)
    expect([total, total - good]).toEqual([(31 * 24 - 1) * 6000, world.bad(MAY.from, MAY.to) - drilled])
    expect(raw.total - raw.good).toBe(world.bad(MAY.from, MAY.to))
    expect(serviceOf(report.document).corrections).toMatchObject([
      { id, approvedBy: 'Olga', slos: ['answers'], when: '20 May 04:00 to 05:00' },
    ])
    // Whatever changed is said once, and never as a change from something to itself.
    expect(report.changes.filter((line) => / (.+) → \1$/.test(line))).toEqual([])
    expect(report.changes.filter((line) => line.includes('“fast”'))).toEqual([])
    expect(report.changes[0]).toBe(`Exclusion ${id}, “A drill.” is in the report now`)
    expect(report.changes.some((line) => /^“answers”: bad \d.* → \d/.test(line))).toBe(true)
  })

  it('is the same later, when only hours are kept', async () => {
    const { written } = await buildReport(OWNER, may, NOW + 90 * 86_400)
    expect(written).toBe(false)
  })

  it('is listed by its newest revision, and keeps them all', async () => {
    const { items } = await readReports(VIEWER)
    expect(items).toMatchObject([{ service: { slug: 'checkout' }, month: '2026-05', revision: 3, met: 2, judged: 2 }])
    expect((await readRevisions(VIEWER, may)).map(({ revision }) => revision)).toEqual([3, 2, 1])
    expect((await readReport(VIEWER, { ...may, revision: 1 }))?.revision).toBe(1)
  })

  it('is never changed', async () => {
    await expect(pool().query('UPDATE report SET met = 0')).rejects.toThrow('A report is never changed')
  })

  it('is not built of a month that runs; that is looked at', async () => {
    await expect(buildReport(OWNER, { service: 'checkout', month: '2026-06' }, NOW)).rejects.toThrow('2026-06 is not over yet')
    const { document, revision, id } = await readPreview(VIEWER, { service: 'checkout', month: '2026-06' }, NOW)
    expect([id, revision, document.asOf]).toEqual([null, 0, NOW])
    expect(answers(document).total).toBe(world.total(MAY.to, NOW))
  })

  it('is built by those who answer for it', async () => {
    await expect(buildReport(ENGINEER, may, NOW)).rejects.toThrow(
      'Only SLO owners, product owners and administrators build reports.',
    )
  })

  it('is judged by the targets that were in force, each for its time', async () => {
    const version = (number: number, at: number, target: number) =>
      pool().query(
        `INSERT INTO slo_version (slo_id, version, definition, valid_from, author, changes) VALUES ($1, $2, $3, to_timestamp($4), 'Olga', '["Target"]')`,
        [world.latency, number, { target }, at],
      )
    await version(1, utc(2026, 4, 20), 0.9)
    await version(2, utc(2026, 5, 11), 0.999)
    const { report } = await buildReport(OWNER, may, NOW)
    const fast = serviceOf(report.document).objectives.find(({ slo }) => slo.id === world.latency)
    // Ten days of 90 %, twenty-one of 99.9 %.
    expect(fast?.target).toBeCloseTo((10 * 0.9 + 21 * 0.999) / 31, 12)
    expect(fast?.targets).toEqual([
      { from: MAY.from, target: 0.9 },
      { from: utc(2026, 5, 11), target: 0.999 },
    ])
    expect(fast?.versions.map((one) => [one.version, one.from])).toEqual([
      [1, utc(2026, 4, 20)],
      [2, utc(2026, 5, 11)],
    ])
    expect(report.changes).toContain('“fast”: target 90.00 % → 96.706452 %')
  })

  it('is written once by many at once', async () => {
    const month = { service: 'checkout', month: '2026-04' }
    const built = await Promise.all(Array.from({ length: 5 }, () => buildReport(OWNER, month, NOW)))
    expect(built.filter(({ written }) => written)).toHaveLength(1)
    expect(await readRevisions(VIEWER, month)).toHaveLength(1)
  })

  it('of the organisation adds up its services', async () => {
    const { report } = await buildReport(OWNER, { service: null, month: '2026-05' }, NOW)
    expect(report.document).toMatchObject({
      kind: 'organisation',
      totals: { services: 1, objectives: 2, met: 2, notMet: 0, open: 0 },
    })
    const again = await buildReport(OWNER, { service: null, month: '2026-05' }, NOW + 3600)
    expect(again.written).toBe(false)
  })
})
