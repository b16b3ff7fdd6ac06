import { beforeEach, describe, expect, it } from 'vitest'
import { alertPolicySchema } from '../alert/alert-policy'
import { freezeUnjudged } from '../alert/commands-keep'
import { TWO_TIER, WORKBOOK } from '../alert/presets'
import { disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { type Alongside, type Ask, advance, UNFENCED } from '../measurement/advance'
import { loadDefinitions } from '../measurement/definitions'
import { countsOf } from '../measurement/inputs'
import { ensurePartitions } from '../measurement/partitions'
import { newestSamples } from '../measurement/samples'
import { markStale } from '../measurement/source-health'
import type { SloDefinition } from '../slo/definition'
import { DAY, HOUR, MINUTE, type UnixSeconds } from '../time-series/units'
import { closeOrphans, judgeAlerts } from './alerts'

/** Alerts over a ledger that is written minute by minute: 600 requests a minute, of which `failing` says the bad ones. */
const NOW = Date.UTC(2026, 6, 15, 12) / 1000
const requests = { metric: 'requests_total', matchers: [] }
const failed = [{ label: 'status', op: '=~' as const, value: '5..' }]

let front: number
let back: number
let clock: UnixSeconds
/** share of bad requests by SLO; `null`: the series are absent */
let failing: Map<number, number | null>

const ask: Ask<SloDefinition> = async (definitions, { from, to, step }) => {
  const instants = Array.from({ length: (to - from) / step }, (_, i) => from + (i + 1) * step)
  const read = (id: number) => {
    const share = failing.get(id) ?? (failing.has(id) ? null : 0)
    const total = 10 * step
    return share === null ? null : { good: total * (1 - share), total, goodOverTotal: false }
  }
  return {
    instants,
    readings: new Map(definitions.map(({ id }) => [id, instants.map(() => read(id))])),
    refused: new Map(),
    queries: 0,
  }
}

/** One evaluation of these SLOs at `to`, from where their counters stand. */
async function moveTo(to: UnixSeconds, ids = [front, back], judge = true, alongside?: Alongside): Promise<void> {
  const { definitions } = await loadDefinitions(pool(), { ids })
  const newest = [...(await newestSamples(pool(), ids)).values()]
  const from = newest[0]?.ts ?? to - 4 * DAY
  const again = from >= to
  const stretch = { from: again ? to - MINUTE : from, to, step: MINUTE }
  const start = again ? countsOf(await before(ids, to - MINUTE)) : countsOf(newest)
  await advance(pool(), ask, {
    definitions,
    start,
    stretch,
    now: to + 30,
    judge,
    fence: UNFENCED,
    judged: judgeAlerts,
    alongside,
  })
}

const before = async (ids: number[], ts: UnixSeconds) =>
  (
    await pool().query('SELECT slo_id AS "sloId", ts, good, total, measured FROM sample_1m WHERE slo_id = ANY($1) AND ts = $2', [
      ids,
      ts,
    ])
  ).rows

async function minutes(count: number, ids?: number[]): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    clock += MINUTE
    await moveTo(clock, ids)
  }
}

type Row = { sloId: number; severity: string; long: number; state: string; muted: { because: string } | null; firedAt: number }
const alerts = async (where = 'true'): Promise<Row[]> =>
  (
    await pool().query(
      `SELECT id, slo_id AS "sloId", severity, long, state, muted, fired_at AS "firedAt", resolved_at AS "resolvedAt", held_at AS "heldAt",
         frozen_since AS "frozenSince", policy_name AS policy FROM alert WHERE ${where} ORDER BY id`,
    )
  ).rows
const events = async (sloId: number, long = HOUR): Promise<string[]> =>
  (
    await pool().query<{ line: string }>(
      `SELECT concat_ws(' ', (e.at - $3) / 60, e.kind) AS line FROM alert_event e JOIN alert a ON a.id = e.alert_id
       WHERE a.slo_id = $1 AND a.long = $2 ORDER BY e.id`,
      [sloId, long, NOW],
    )
  ).rows.map(({ line }) => line)
const status = async (id: number) =>
  (await pool().query('SELECT state, alert, firing FROM slo_status WHERE slo_id = $1', [id])).rows[0]

beforeEach(async () => {
  const database = await testDatabase()
  const on = pool()
  const slos = await testSlos(on, 'http://127.0.0.1:9')
  const definition = {
    indicator: { kind: 'availability' as const, requests, failed },
    target: 0.999,
    window: { kind: 'rolling', days: 30 },
  }
  front = await slos.addSlo({ slug: 'front', ...definition })
  back = await slos.addSlo({ slug: 'back', ...definition })
  const { rows } = await on.query<{ id: number }>(
    `INSERT INTO service (slug, name, tier, kind, team_id) SELECT 'ledger', 'Ledger', 'critical', 'api', team_id FROM service RETURNING id`,
  )
  const ledger = rows[0]?.id
  await on.query('UPDATE slo SET service_id = $1 WHERE id = $2', [ledger, back])
  await on.query('INSERT INTO service_dependency SELECT service_id, $1 FROM slo WHERE id = $2', [ledger, front])
  await ensurePartitions(on, NOW - 5 * DAY, NOW + DAY)
  failing = new Map()
  clock = NOW
  await moveTo(NOW)
  return async () => {
    await disconnect()
    await database.drop()
  }
})

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
    await moveTo(clock)
    await moveTo(clock - MINUTE)
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

describe('what is planned, and what is not known', () => {
  const maintain = (from: string, to: string) =>
    pool().query(
      `INSERT INTO correction (kind, cause, reason, service_id, schedule, status, requested_by, requested_by_name)
       SELECT 'exclusion', 'maintenance', 'Move', service_id, $2, 'approved', 'a', 'A' FROM slo WHERE id = $1`,
      [front, { from, to, timeZone: 'UTC', rrule: null }],
    )

  it('tells nobody during maintenance, and somebody when the trouble outlasts it', async () => {
    await maintain('2026-07-15T12:00', '2026-07-15T12:05')
    failing.set(front, 1)
    await minutes(4)
    const [page] = await alerts(`long = ${HOUR}`)
    expect(page).toMatchObject({ state: 'firing', muted: { because: 'maintenance', until: NOW + 5 * MINUTE } })
    await minutes(2)
    expect(await events(front)).toEqual(['1 fired', '1 muted', '6 unmuted'])
  })

  it('stands still without data: nothing resolves, nothing begins, and it has to be seen gone anew', async () => {
    failing.set(front, 1)
    await minutes(2, [front])
    failing.set(front, null)
    failing.set(back, null)
    await minutes(20)
    expect(await status(front)).toMatchObject({ state: 'no-data', alert: 'page' })
    expect(await alerts(`long = ${HOUR}`)).toMatchObject([
      { state: 'firing', heldAt: NOW + 6 * MINUTE, frozenSince: NOW + 7 * MINUTE },
    ])
    failing = new Map()
    await minutes(1)
    expect(await alerts(`long = ${HOUR}`)).toMatchObject([{ state: 'firing', frozenSince: null }])
    await minutes(2)
    expect(await events(front)).toEqual(['1 fired', '7 frozen', '23 thawed', '25 resolved'])
    expect(await alerts(`slo_id = ${back}`)).toEqual([])
  })

  it('stands still while the source does not answer', async () => {
    failing.set(front, 1)
    await minutes(2, [front])
    await markStale(pool(), 'id = ANY($1::int[])', [front])
    await freezeUnjudged(pool(), 0)
    await freezeUnjudged(pool(), 0)
    expect(await status(front)).toMatchObject({ state: 'no-data', alert: 'page' })
    expect(await events(front)).toEqual(['1 fired', '2 frozen'])
    clock += 5 * MINUTE
    await minutes(1, [front])
    expect(await events(front)).toEqual(['1 fired', '2 frozen', '8 thawed'])
    expect(await alerts(`long = ${HOUR}`)).toMatchObject([{ state: 'firing', firedAt: NOW + MINUTE }])
  })
})

describe('what is not judged', () => {
  it.each([
    ['a query that is refused', 'UPDATE slo_evaluation SET quarantined_at = now() WHERE slo_id = $1', 'its query is refused'],
    ['a history that is read again', 'DELETE FROM slo_status WHERE slo_id = $1', 'its history is being read again'],
  ])('stands still: %s', async (_what, statement, why) => {
    failing.set(front, 1)
    await minutes(2, [front])
    await pool().query(statement, [front])
    await freezeUnjudged(pool(), 0)
    expect(await alerts(`long = ${HOUR}`)).toMatchObject([{ state: 'firing', frozenSince: NOW + 2 * MINUTE }])
    const { rows } = await pool().query(`SELECT detail FROM alert_event WHERE kind = 'frozen' ORDER BY id LIMIT 1`)
    expect(rows).toEqual([{ detail: { why } }])
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
    expect(rows.map((row) => ({ ...row, settings: alertPolicySchema.parse(row.settings) }))).toEqual([WORKBOOK, TWO_TIER])
    expect(rows.map(({ settings }) => settings)).toEqual([WORKBOOK.settings, TWO_TIER.settings])
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
    await closeOrphans(pool(), { shard: 0, fence: UNFENCED, at: clock + MINUTE })
    await closeOrphans(pool(), { shard: 0, fence: UNFENCED, at: clock + 2 * MINUTE })
    expect(await alerts(`state <> 'resolved'`)).toEqual([])
    expect(await events(front)).toEqual(['1 fired', '4 resolved'])
  })
})

describe('what follows from alerts and cannot be written', () => {
  it('keeps no minute from being measured, and is made up for by the next tick', async () => {
    await pool().query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk'; END $$`)
    await pool().query('CREATE TRIGGER refuse BEFORE INSERT ON incident FOR EACH ROW EXECUTE FUNCTION refuse()')
    failing.set(back, 1)
    await minutes(3)
    expect((await newestSamples(pool(), [back])).get(back)?.ts).toBe(clock)
    expect(await alerts()).toEqual([])
    await pool().query('DROP TRIGGER refuse ON incident')
    await minutes(1)
    expect(await alerts('long = 3600')).toMatchObject([{ sloId: back, state: 'firing', firedAt: clock }])
    expect((await pool().query('SELECT count(*)::int AS count FROM incident')).rows).toEqual([{ count: 1 }])
  })
})

describe('two shards in the same minute', () => {
  it('see each other: what needs the other one is mute from the start', async () => {
    await minutes(1)
    for (const id of [front, back]) failing.set(id, 1)
    clock += MINUTE
    let goOn = () => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    let entered = () => {}
    const inside = new Promise<void>((resolve) => {
      entered = resolve
    })
    // The other one fires and has not committed yet.
    const first = moveTo(clock, [back], true, async () => {
      entered()
      await held
    })
    await inside
    const second = moveTo(clock, [front])
    const waiting = async () =>
      (
        await pool().query(
          `SELECT count(*)::int AS n FROM pg_locks l JOIN pg_database d ON d.oid = l.database
           WHERE l.locktype = 'advisory' AND NOT l.granted AND d.datname = current_database()`,
        )
      ).rows[0].n
    await expect.poll(waiting, { interval: 20, timeout: 10_000 }).toBe(1)
    goOn()
    await Promise.all([first, second])
    expect(await alerts(`long = 3600`)).toMatchObject([
      { sloId: back, state: 'firing', muted: null },
      { sloId: front, state: 'firing', muted: { because: 'dependency' } },
    ])
  })

  it('looks at nothing that was over before it was looked at', async () => {
    failing.set(back, 1)
    const { definitions } = await loadDefinitions(pool(), { ids: [back] })
    const start = countsOf((await newestSamples(pool(), [back])).values())
    const stretch = { from: clock, to: clock + 5 * MINUTE, step: MINUTE }
    const work = { definitions, start, stretch, judge: true, fence: UNFENCED, judged: judgeAlerts }
    await advance(pool(), ask, { ...work, now: clock + 5 * HOUR })
    expect((await status(back)).alert).toBeNull()
    expect(await alerts()).toEqual([])
  })
})
