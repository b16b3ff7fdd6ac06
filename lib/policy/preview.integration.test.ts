import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { ensurePartitions } from '../measurement/partitions'
import { type Sample, writeSamples } from '../measurement/samples'
import { DAY, HOUR } from '../time-series/units'
import { budgetPolicySchema } from './budget-policy'
import { createBudgetPolicy } from './commands'
import { assignBudgetPolicy } from './commands-assign'
import { heldText } from './held-words'
import { STANDARD } from './presets'
import { changedGroups, previewSentence } from './preview'
import { previewPolicy } from './reads-preview'
import { budgetPolicyInputSchema } from './schema'

const OWNER: Actor = { type: 'user', id: '11111111-1111-4111-8111-111111111111', name: 'Olga', email: 'o@x', role: 'slo_owner' }
const NOW = Date.UTC(2026, 6, 16) / 1000
const HISTORY = NOW - 40 * DAY
/** A day of 5 % failures; before and after half a percent of requests fail, of one percent that may. */
const BAD = NOW - 20 * DAY
const { settings } = STANDARD

/** Attention and critical begin later, medium risk is always looked at, security goes out, and one day is frozen. */
const changed = budgetPolicySchema.parse({
  ...settings,
  status: { ...settings.status, pace: { attention: 1.35, warning: 1.5, critical: 3 } },
  matrix: { ...settings.matrix, healthy: { low: 'approve', medium: 'review', high: 'review' } },
  lanes: { ...settings.lanes, security_fix: 'approve' },
  freezes: [{ name: 'Audit', schedule: { from: '2026-07-11T00:00', to: '2026-07-12T00:00', timeZone: 'UTC', rrule: null } }],
})

let drop: () => Promise<void>
let slo = 0
beforeAll(async () => {
  const database = await testDatabase()
  drop = database.drop
  const slos = await testSlos(pool(), 'http://127.0.0.1:9')
  const requests = { metric: 'requests_total', matchers: [] }
  const indicator = { kind: 'availability' as const, requests, failed: [{ label: 'status', op: '=~' as const, value: '5..' }] }
  slo = await slos.addSlo({ slug: 'served', indicator, target: 0.99, window: { kind: 'rolling', days: 7 } })
  await pool().query('UPDATE slo SET gating = true')
  await pool().query(`INSERT INTO service (slug, name, tier, kind, team_id) VALUES ('search', 'Search', 'standard', 'api', 1)`)
  await ensurePartitions(pool(), HISTORY, NOW)
  const samples: Sample[] = []
  let good = 0
  for (let hour = 1; hour <= 40 * 24; hour += 1) {
    const ts = HISTORY + hour * HOUR
    good += 3_600 * (1 - (ts > BAD && ts <= BAD + DAY ? 0.05 : 0.005))
    samples.push({ sloId: slo, ts, good, total: hour * 3_600, measured: hour * 60 })
  }
  await writeSamples(pool(), samples, NOW)
  await pool().query(`UPDATE slo_evaluation SET history_from = $1, backfill = 'done'`, [HISTORY])
  await pool().query(
    `INSERT INTO slo_status (slo_id, ts, state, since, remaining, inputs) VALUES ($1, $2, 'healthy', 0, 1, '{}')`,
    [slo, NOW],
  )
  await release('checkout', 'first-minutes', BAD + 600)
  await release('checkout', 'three-hours', BAD + 3 * HOUR + 600)
  await release('checkout', 'six-hours', BAD + 6 * HOUR + 600)
  await release('checkout', 'fix', BAD + 5 * DAY, { risk: 'low', type: 'security_fix' })
  await release('checkout', 'frozen', NOW - 5 * DAY + 9 * HOUR)
  await release('checkout', 'small', NOW - 30 * DAY, { risk: 'low', type: 'feature' })
  await release('checkout', 'before-history', NOW - 60 * DAY)
  await release('checkout', 'long-ago', NOW - 91 * DAY)
  await release('search', 'elsewhere', NOW - 10 * DAY)
  await createBudgetPolicy(OWNER, budgetPolicyInputSchema.parse({ name: 'Shop', slug: 'shop', settings }))
  await assignBudgetPolicy(OWNER, { scope: 'service:checkout', policy: 'shop' })
})
afterAll(async () => {
  await disconnect()
  await drop()
})

async function release(service: string, version: string, at: number, asked?: { risk: string; type: string }): Promise<void> {
  const { rows } = await pool().query<{ id: number }>(
    `INSERT INTO release (service_id, version, released_at, created_by_name)
     SELECT id, $2, $3, 'ci' FROM service WHERE slug = $1 RETURNING id`,
    [service, version, at],
  )
  if (!asked) return
  await pool().query(
    `INSERT INTO release_request (service_id, version, change_type, risk, status, requested_by_name, requested_at, release_id)
     SELECT service_id, version, $2::change_type, $3::risk, 'released', 'ci', released_at, id FROM release WHERE id = $1`,
    [rows[0]?.id, asked.type, asked.risk],
  )
}

const preview = (of: string | null, changes = changed) => previewPolicy(OWNER, { settings: changes, of }, NOW)

describe('a preview on the last 90 days', () => {
  it('judges every release by the counters before it, under both policies', async () => {
    const { releases, reach } = await preview('shop')
    expect(reach).toBe('Where Shop holds now.')
    expect(
      releases.map(({ version, assumed, before, after }) => [
        ...[version, assumed, before.state, before.decision, after.state, after.decision, after.freeze],
      ]),
    ).toEqual([
      ['frozen', true, 'healthy', 'approve', 'healthy', 'block', 'Audit'],
      // (24 h × 5 + 144 h × 0.5) ÷ 168 h = 1.14 of the budget: gone while the day is in the window.
      ['fix', false, 'exhausted', 'review', 'exhausted', 'approve', null],
      // The last 17 h: (6 × 5 + 11 × 0.5) ÷ 17 = 2.09 times what the budget allows; 34 % are left.
      ['six-hours', true, 'critical', 'block', 'warning', 'defer', null],
      // (3 × 5 + 14 × 0.5) ÷ 17 = 1.29, between the old threshold and the new one.
      ['three-hours', true, 'attention', 'review', 'healthy', 'review', null],
      // What failed in its own hour does not count against it.
      ['first-minutes', true, 'healthy', 'approve', 'healthy', 'review', null],
      ['small', false, 'healthy', 'approve', 'healthy', 'approve', null],
      ['before-history', true, 'no-data', 'review', 'no-data', 'review', null],
    ])
    expect(releases[2]?.after.slo).toEqual({ id: slo, name: 'served' })
    expect(previewSentence(releases, 90)).toBe(
      'Of the 7 releases of the last 90 days it would have blocked 1, asked for a review of 1 and been easier on 2.',
    )
    expect(changedGroups(releases).map(({ title }) => title)).toEqual([
      ...['Would have blocked this release', 'Would have asked for a review of this release'],
      'Would have been easier on these 2 releases',
    ])
  })

  it('counts the days that each state would have held', async () => {
    const { held } = await preview('shop')
    // In steps of 6 h: 160 of them, 11 too young to judge, 25 exhausted, 1 attention. Critical at 6, 12, 18 and 174 h; the first is a warning then.
    expect(held).toEqual([
      {
        slo: { id: slo, name: 'served' },
        before: { healthy: 29.75, attention: 0.25, critical: 1, exhausted: 6.25, 'not-enough-data': 2.75 },
        after: { healthy: 29.75, attention: 0.25, warning: 0.25, critical: 0.75, exhausted: 6.25, 'not-enough-data': 2.75 },
      },
    ])
    expect(heldText(held[0]?.before ?? {}, held[0]?.after ?? {})).toBe('critical 1 → 0.7 d, warning 0 → 0.2 d')
  })

  it('says what it took for granted', async () =>
    expect((await preview('shop')).notes).toEqual([
      '5 releases had no request: taken as a feature of medium risk.',
      'States are those of the last full hour before each release, by the targets of that time. Incidents, costs and waivers are left out.',
    ]))

  it('looks where the policy holds, and everywhere when it holds nowhere', async () => {
    const versions = async (of: string | null) => (await preview(of)).releases.map(({ version }) => version)
    expect(await versions('standard')).toEqual(['elsewhere'])
    expect(await versions('lenient')).toHaveLength(8)
    expect(await preview('lenient')).toMatchObject({
      reach: 'Everywhere, because Lenient holds nowhere, against the policies that hold now.',
      notes: [
        '6 releases had no request: taken as a feature of medium risk.',
        '1 service of them has no SLO that gates releases: a person decides there.',
        expect.any(String),
      ],
    })
    await expect(preview('nowhere')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('of the same rules changes nothing', async () => {
    const { releases, held } = await preview('shop', settings)
    expect(changedGroups(releases)).toEqual([])
    expect(held).toEqual([])
    expect(previewSentence(releases, 90)).toBe('It would have decided the 7 releases of the last 90 days the same.')
  })
})
