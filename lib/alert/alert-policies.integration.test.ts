import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { loadDefinitions } from '../measurement/definitions'
import { ensurePartitions } from '../measurement/partitions'
import { writeSamples } from '../measurement/samples'
import { LOOKBACKS, type Lookback } from '../slo/lookback'
import { sloDetail } from '../slo/reads'
import { packInputs } from '../slo/status-inputs'
import { DAY, floorTo, HOUR, MINUTE } from '../time-series/units'
import { createAlertPolicy, deleteAlertPolicy, updateAlertPolicy } from './commands'
import { assignAlertPolicy } from './commands-assign'
import { WORKBOOK } from './presets'
import { backTests } from './reads-back-test'
import { alertPolicy, listAlertPolicies } from './reads-policies'
import { policyInputSchema } from './schema'

const OWNER: Actor = { type: 'user', id: '11111111-1111-4111-8111-111111111111', name: 'Olga', email: 'o@x', role: 'slo_owner' }
const PRODUCT: Actor = { ...OWNER, name: 'Pia', role: 'product_owner' }
const requests = { metric: 'requests_total', matchers: [] }
const failed = [{ label: 'status', op: '=~' as const, value: '5..' }]

let slo: number
let loose: number
beforeEach(async () => {
  const database = await testDatabase()
  const slos = await testSlos(pool(), 'http://127.0.0.1:9')
  const indicator = { kind: 'availability' as const, requests, failed }
  slo = await slos.addSlo({ slug: 'availability', indicator, target: 0.999, window: { kind: 'rolling', days: 30 } })
  loose = await slos.addSlo({ slug: 'loose', indicator, target: 0.9, window: { kind: 'rolling', days: 30 } })
  return async () => {
    await disconnect()
    await database.drop()
  }
})

const input = (settings: unknown = { pairs: [{ long: HOUR, severity: 'page', at: { share: 0.01 } }] }) =>
  policyInputSchema.parse({ name: 'Night shift', slug: 'night-shift', settings })
const held = async (id: number) => {
  const { alerting, pairs } = await sloDetail(OWNER, id)
  return [alerting.slug, alerting.version, alerting.scope, ...pairs.map(({ canFire }) => canFire)]
}
const audited = async () =>
  (await pool().query<{ action: string }>('SELECT action FROM audit_entry ORDER BY id')).rows.map(({ action }) => action)

describe('a policy', () => {
  it('is written, assigned, changed with words, and deleted when it holds nowhere', async () => {
    expect(await createAlertPolicy(OWNER, input())).toEqual({ slug: 'night-shift', version: 1 })
    expect(await held(slo)).toEqual(['workbook', 1, 'preset', true, true, true, true])
    await assignAlertPolicy(OWNER, { scope: 'service:checkout', policy: 'night-shift' })
    expect(await held(slo)).toEqual(['night-shift', 1, 'service', true])
    const known = (await loadDefinitions(pool(), { ids: [slo] })).definitions[0]?.rules.alerting
    const policy = input({ pairs: [{ long: HOUR, severity: 'ticket', at: { share: 0.01 }, for: 60 }], keepFiring: 300 })
    expect(await updateAlertPolicy(OWNER, { slug: 'night-shift', version: 1, policy })).toMatchObject({
      kind: 'saved',
      version: 2,
    })
    const now = (await loadDefinitions(pool(), { ids: [slo] })).definitions[0]?.rules.alerting
    expect([known?.version, now?.version, now?.settings.keepFiring]).toEqual([1, 2, 300])
    const detail = await alertPolicy(OWNER, 'night-shift')
    expect(detail.versions[0]?.changes).toEqual([
      '1 h pair: severity page → ticket',
      '1 h pair: guards − → for 1 min',
      'Ends after its condition was gone for 2 min → 5 min',
    ])
    expect(detail.uses).toMatchObject([{ scope: 'service:checkout', words: 'Checkout' }])
    await expect(deleteAlertPolicy(OWNER, { slug: 'night-shift', version: 2 })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'It is in use: Checkout. Assign something else there first.',
    })
    await assignAlertPolicy(OWNER, { scope: 'service:checkout', policy: null })
    await deleteAlertPolicy(OWNER, { slug: 'night-shift', version: 2 })
    expect(await audited()).toEqual(['create', 'assign', 'update', 'unassign', 'delete'].map((verb) => `alert_policy.${verb}`))
    expect((await listAlertPolicies(OWNER)).map(({ slug, slos }) => [slug, slos])).toEqual([
      ['workbook', 2],
      ['two-tier', 0],
      ['no-alerts', 0],
    ])
  })

  it('says what somebody else changed meanwhile', async () => {
    await createAlertPolicy(OWNER, input())
    const other = input({ pairs: [{ long: HOUR, severity: 'page', at: { share: 0.02 } }] })
    await updateAlertPolicy(OWNER, { slug: 'night-shift', version: 1, policy: other })
    expect(await updateAlertPolicy(OWNER, { slug: 'night-shift', version: 1, policy: input() })).toMatchObject({
      kind: 'conflict',
      version: 2,
      author: 'Olga',
      changes: ['1 h pair: threshold 1 % of the budget → 2 % of the budget'],
    })
  })

  it.each([
    ['a preset is changed', () => updateAlertPolicy(OWNER, { slug: 'workbook', version: 1, policy: input() }), 'CONFLICT'],
    ['a preset is deleted', () => deleteAlertPolicy(OWNER, { slug: 'workbook', version: 1 }), 'CONFLICT'],
    ['its short name is taken', () => createAlertPolicy(OWNER, { ...input(), slug: 'two-tier' }), 'INVALID_INPUT'],
    ['its name is taken', () => createAlertPolicy(OWNER, { ...input(), name: WORKBOOK.name }), 'INVALID_INPUT'],
    ['it is not there', () => assignAlertPolicy(OWNER, { scope: 'default', policy: 'nowhere' }), 'INVALID_INPUT'],
    ['the service is not there', () => assignAlertPolicy(OWNER, { scope: 'service:x', policy: 'workbook' }), 'INVALID_INPUT'],
    ['the SLO is not there', () => assignAlertPolicy(OWNER, { scope: 'slo:999', policy: 'workbook' }), 'INVALID_INPUT'],
    ['a product owner writes', () => createAlertPolicy(PRODUCT, input()), 'FORBIDDEN'],
    ['a product owner assigns', () => assignAlertPolicy(PRODUCT, { scope: 'default', policy: 'workbook' }), 'FORBIDDEN'],
  ])('is refused when %s', async (_why, command, code) => {
    await expect(command()).rejects.toMatchObject({ code })
    expect(await audited()).toEqual([])
  })
})

describe('a threshold that can never be reached', () => {
  const SENTENCE =
    'The pair over 1 h asks for 14.4×, but “loose” promises 90 % and burns at most at 10×: it could never fire. ' +
    'Choose a smaller share, or a longer window.'

  it('is refused where an SLO or its service is given it', async () => {
    for (const scope of [`slo:${loose}`, 'service:checkout'])
      await expect(assignAlertPolicy(OWNER, { scope, policy: 'workbook' })).rejects.toMatchObject({
        message: SENTENCE,
        issues: [{ path: 'policy', message: SENTENCE }],
      })
    await createAlertPolicy(OWNER, input())
    await assignAlertPolicy(OWNER, { scope: 'service:checkout', policy: 'night-shift' })
    const change = { slug: 'night-shift', version: 1, policy: input(WORKBOOK.settings) }
    await expect(updateAlertPolicy(OWNER, change)).rejects.toMatchObject({ message: SENTENCE })
  })

  it('is left out where a tier or the default brings it, and that is said', async () => {
    await assignAlertPolicy(OWNER, { scope: 'tier:critical', policy: 'workbook' })
    expect(await held(loose)).toEqual(['workbook', 1, 'tier', false, true, true, true])
    expect((await alertPolicy(OWNER, 'workbook')).leftOut.map(({ sentence }) => sentence)).toEqual([SENTENCE])
  })
})

describe('a back-test over stored counters', () => {
  const NOW = floorTo(Date.UTC(2026, 6, 15, 12) / 1000, HOUR)
  const counts = { good: 1, total: 1, measured: 1 }

  /** 40 days of ten requests a second; ten minutes of outage three days ago, 15 % for half an hour yesterday. */
  async function past(): Promise<void> {
    const [outage, dip] = [NOW - 3 * DAY, NOW - DAY]
    const samples = []
    let [good, total] = [0, 0]
    for (let ts = NOW - 40 * DAY; ts <= NOW; ts += 5 * MINUTE) {
      if (ts > NOW - 40 * DAY) {
        const share = ts > outage && ts <= outage + 600 ? 1 : ts > dip && ts <= dip + 1_800 ? 0.15 : 0
        total += 3_000
        good += 3_000 * (1 - share)
      }
      samples.push({ sloId: slo, ts, good, total, measured: (ts - (NOW - 40 * DAY)) / MINUTE })
    }
    await ensurePartitions(pool(), NOW - 41 * DAY, NOW)
    await writeSamples(pool(), samples, NOW)
    await pool().query('UPDATE slo_evaluation SET history_from = $2 WHERE slo_id = $1', [slo, NOW - 40 * DAY])
    const lookbacks = Object.fromEntries(Object.keys(LOOKBACKS).map((key) => [key, counts])) as Record<Lookback, typeof counts>
    const inputs = packInputs({ historyFrom: NOW - 40 * DAY, window: counts, pace: counts, lookbacks, credit: 0 })
    await pool().query(
      `INSERT INTO slo_status (slo_id, ts, state, since, remaining, last_data_ts, inputs) VALUES ($1, $2, 'healthy', $2, 1, $2, $3)`,
      [slo, NOW, inputs],
    )
  }

  it('tells what two policies would have done, judged by what spent 2 % of a budget', async () => {
    await past()
    const { results, inForce } = await backTests(OWNER, { id: slo, policies: ['workbook', 'two-tier'], days: 30 })
    expect(inForce).toBe('workbook')
    const [workbook, tiers] = results
    const [outage, dip] = [NOW - 3 * DAY, NOW - DAY]
    // Ten minutes of outage are 600 s of the 2,592 s that a month allows; half an hour of 15 % is 270 s.
    expect(workbook?.events.map(({ from, to, share }) => [from, to, Number((share / (600 / 2_592)).toFixed(2))])).toEqual([
      [outage, outage + 600, 1],
      [dip, dip + 1_800, Number((270 / 600).toFixed(2))],
    ])
    expect(workbook).toMatchObject({
      basis: 'significance',
      all: { precision: 1, recall: 1 },
      pages: { precision: 1, recall: 1 },
    })
    expect(workbook?.alerts.map(({ severity, long, from }) => [severity, long, from - outage])).toEqual([
      ['page', HOUR, 300],
      ['page', 6 * HOUR, 300],
      ['ticket', 24 * HOUR, 300],
      ['ticket', 72 * HOUR, 300],
      // Three days still see the outage: 45 s of six hours are enough for the short window.
      ['ticket', 72 * HOUR, 2 * DAY + 300],
      // 15 %: 5.76 min and 14.4 min, in steps of five; 28.8 min of the tickets within its half hour.
      ['page', HOUR, 2 * DAY + 600],
      ['page', 6 * HOUR, 2 * DAY + 900],
      ['ticket', 24 * HOUR, 2 * DAY + 1_800],
    ])
    expect(workbook?.alerts[0]).toMatchObject({ detection: 300, significant: true })
    expect(workbook?.alerts[0]?.burned).toBeCloseTo(300 / 2_592, 3)
    expect(tiers?.alerts.every(({ significant }) => significant)).toBe(true)
    expect(tiers?.alerts.filter(({ severity }) => severity === 'page')).toHaveLength(2)
  })

  it('judges by recorded incidents where there are some', async () => {
    await past()
    const { rows } = await pool().query<{ id: number }>(
      `INSERT INTO incident (title, severity, origin, started_at, detected_at, opened_by, opened_by_name)
       VALUES ('Outage', 'sev2', 'person', $1, $1, 'o', 'Olga') RETURNING id`,
      [NOW - 3 * DAY],
    )
    await pool().query('INSERT INTO incident_impact (incident_id, slo_id, from_ts, to_ts) VALUES ($1, $2, $3, $4)', [
      ...[rows[0]?.id, slo, NOW - 3 * DAY, NOW - 3 * DAY + 600],
    ])
    const { results } = await backTests(OWNER, { id: slo, policies: [], days: 30 })
    expect(results).toHaveLength(1)
    expect(results[0]).toMatchObject({
      basis: 'incidents',
      all: { recall: 1 },
      events: [{ incidentId: rows[0]?.id, detection: 300 }],
    })
    // The dip of yesterday is no incident: its three alerts told of nothing, but the tickets' long windows still see the outage.
    expect(results[0]?.pages.precision).toBe(0.5)
  })

  it('is refused where there is no past', async () =>
    expect(backTests(OWNER, { id: loose, policies: [], days: 30 })).rejects.toMatchObject({ code: 'CONFLICT' }))
})
