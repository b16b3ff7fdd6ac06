import { describe, expect, it } from 'vitest'
import { alertPolicySchema } from '../alert/alert-policy'
import { NO_ALERTS, TWO_TIER, WORKBOOK } from '../alert/presets'
import { pool } from '../db/client'
import { UNFENCED } from '../measurement/advance'
import { HOUR, MINUTE } from '../time-series/units'
import { alerts, alertWorld, at, back, events, failing, front, minutes, moveTo, NOW, status } from './alert-world-fixture'
import { closeOrphans } from './alerts'

alertWorld()

describe('an outage', () => {
  it('fires once, keeps what it saw, and ends when its condition was gone for two minutes', async () => {
    failing.set(front, 1)
    await minutes(1, [front])
    expect(await alerts()).toMatchObject([
      { sloId: front, long: HOUR, severity: 'page', state: 'firing', firedAt: NOW + MINUTE, muted: null },
    ])
    expect(await status(front)).toMatchObject({ alert: 'page', firing: [HOUR] })
    await minutes(9, [front])
    expect((await alerts()).map(({ long }) => long).sort((a, b) => a - b)).toEqual([HOUR, 6 * HOUR, 24 * HOUR, 72 * HOUR])
    failing.delete(front)
    await minutes(7, [front])
    const [page] = await alerts(`long = ${HOUR}`)
    // The short window lets go 295.7 s after the end: it last holds at minute 14 and is seen gone at minutes 15 to 17.
    expect(page).toMatchObject({
      state: 'resolved',
      heldAt: NOW + 14 * MINUTE,
      resolvedAt: NOW + 17 * MINUTE,
      policy: 'Workbook',
    })
    expect(await events(front)).toEqual(['1 fired', '17 resolved'])
    const { rows } = await pool().query('SELECT evidence, end_evidence AS "end", peak_burn AS peak FROM alert WHERE long = $1', [
      HOUR,
    ])
    expect(rows[0].evidence).toMatchObject({
      at: NOW + MINUTE,
      target: 0.999,
      budgetShare: 0.02,
      long: { total: 36_000, good: 35_400 },
    })
    expect(rows[0].evidence.long.burn).toBeCloseTo(600 / 36_000 / 0.001, 9)
    expect(rows[0].end).toMatchObject({ at: NOW + 17 * MINUTE, short: { good: 3_000, total: 3_000 } })
    expect(rows[0].peak).toBeCloseTo((600 * 10) / 36_000 / 0.001, 9)
  })

  it('is told of once: its tickets are mute from the start and stay so', async () => {
    failing.set(front, 1)
    await minutes(10, [front])
    failing.delete(front)
    await minutes(30, [front])
    expect((await alerts(`severity = 'ticket'`)).map(({ state, muted }) => [state, muted?.because])).toEqual([
      ['firing', 'page'],
      ['firing', 'page'],
    ])
  })

  it('changes nothing when a tick comes twice, or late', async () => {
    failing.set(front, 1)
    await minutes(3)
    const [rows, told] = [await alerts(), await events(front)]
    await moveTo(at.clock)
    await moveTo(at.clock - MINUTE)
    expect(await alerts()).toEqual(rows)
    expect(await events(front)).toEqual(told)
    expect(await status(front)).toMatchObject({ firing: [HOUR, 6 * HOUR] })
  })
})

describe('a service that needs another one', () => {
  it('is mute while the other one pages, and told of when that ends and its own trouble goes on', async () => {
    failing.set(back, 1)
    await minutes(2)
    failing.set(front, 1)
    await minutes(3)
    const [upstream] = await alerts(`slo_id = ${back} AND long = ${HOUR}`)
    expect(upstream?.muted).toBeNull()
    expect((await alerts(`slo_id = ${front} AND severity = 'page'`)).map(({ muted }) => muted)).toEqual([
      expect.objectContaining({ because: 'dependency', service: 'Ledger' }),
      expect.objectContaining({ because: 'dependency', service: 'Ledger' }),
    ])
    failing.set(back, 0)
    await minutes(60)
    expect(await alerts(`slo_id = ${back} AND severity = 'page' AND state <> 'resolved'`)).toEqual([])
    expect((await alerts(`slo_id = ${front} AND severity = 'page'`)).map(({ state, muted }) => [state, muted])).toEqual([
      ['firing', null],
      ['firing', null],
    ])
    expect((await events(front)).map((line) => line.split(' ')[1])).toEqual(['fired', 'muted', 'unmuted'])
  })

  it('is muted when the other one begins to page later', async () => {
    failing.set(front, 1)
    await minutes(1)
    failing.set(back, 1)
    await minutes(1)
    expect(await events(front)).toEqual(['1 fired', '2 muted'])
    expect(await events(back)).toEqual(['2 fired'])
  })
})

describe('a change of what is asked for', () => {
  const assign = (scope: string, slug: string) =>
    pool().query(
      `INSERT INTO alert_policy_assignment (scope, policy_id) SELECT $1, id FROM alert_policy WHERE slug = $2
       ON CONFLICT (scope) DO UPDATE SET policy_id = EXCLUDED.policy_id`,
      [scope, slug],
    )

  it('offers the presets as they are in the code', async () => {
    const { rows } = await pool().query('SELECT slug, name, description, settings FROM alert_policy WHERE preset ORDER BY id')
    expect(rows.map((row) => ({ ...row, settings: alertPolicySchema.parse(row.settings) }))).toEqual([
      WORKBOOK,
      TWO_TIER,
      NO_ALERTS,
    ])
    expect(rows.map(({ settings }) => settings)).toEqual([WORKBOOK.settings, TWO_TIER.settings, NO_ALERTS.settings])
  })

  it('takes the narrowest assignment, waits as long as it says, and closes what has no pair any more', async () => {
    await assign('tier:critical', 'workbook')
    await assign(`slo:${front}`, 'two-tier')
    failing.set(front, 1)
    failing.set(back, 1)
    await minutes(2)
    expect(await alerts(`slo_id = ${front}`)).toMatchObject([
      { long: HOUR, state: 'pending', firedAt: null },
      { long: 6 * HOUR, state: 'pending', firedAt: null },
    ])
    await minutes(1)
    expect(await events(front)).toEqual(['1 pending', '3 fired', '3 muted'])
    await minutes(3)
    await assign(`slo:${back}`, 'two-tier')
    await minutes(1)
    expect(await alerts(`slo_id = ${back} AND long > ${6 * HOUR} AND state <> 'resolved'`)).toEqual([])
    const { rows } = await pool().query(`SELECT DISTINCT e.detail FROM alert_event e JOIN alert a ON a.id = e.alert_id
       WHERE a.slo_id = ${back} AND a.long > ${6 * HOUR} AND e.kind = 'resolved'`)
    expect(rows).toEqual([{ detail: { why: 'its pair left the policy' } }])
  })

  it.each([
    ['deleted', 'deleted_at = now()'],
    ['made a draft', `lifecycle = 'draft'`],
  ])('ends the alerts of an SLO that is %s', async (_what, change) => {
    failing.set(front, 1)
    await minutes(3, [front])
    await pool().query(`UPDATE slo SET ${change} WHERE id = $1`, [front])
    await closeOrphans(pool(), { shard: 0, fence: UNFENCED, at: at.clock + MINUTE })
    await closeOrphans(pool(), { shard: 0, fence: UNFENCED, at: at.clock + 2 * MINUTE })
    expect(await alerts(`state <> 'resolved'`)).toEqual([])
    expect(await events(front)).toEqual(['1 fired', '4 resolved'])
  })
})
