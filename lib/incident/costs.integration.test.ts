import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decideCorrection, requestCorrection, withdrawCorrection } from '../correction/commands'
import { newCorrectionSchema } from '../correction/schema'
import { pool } from '../db/client'
import { DAY, HOUR, MINUTE } from '../time-series/units'
import { openIncident } from './commands'
import { refreshCosts } from './commands-costs'
import { markFalsePositive } from './commands-false-positive'
import { moveIncident } from './commands-status'
import { costSchema } from './cost'
import { EMIL, type IncidentWorld, incidentWorld, linesOf, NOON, SOFIA, stretchesOf } from './incident-world-fixture'
import { worstShareOf } from './reads-cost'

let world: IncidentWorld
// A quarter of an hour with 40 bad of 100 a minute; before and after one in a hundred minutes has two bad.
const START = NOON - 2 * HOUR
const END = START + 15 * MINUTE
const events = (at: number) => (at >= START && at < END ? 40 : (at / MINUTE) % 100 === 0 ? 2 : 0)
const slices = (at: number) => (at >= START && at < END ? 1 : 0)
/** By hand: a week has 10 080 minutes of 100 events, of which a hundredth may be bad. */
const SHARE = 600 / (0.01 * 1_008_000)
const SLICED = 15 / (0.01 * 10_080)

beforeAll(async () => {
  world = await incidentWorld()
  await world.measure(world.orders, START + 5 * MINUTE, events)
  await world.measure(world.minutes, START + 5 * MINUTE, slices)
})
afterAll(async () => world.drop())

const iso = (at: number) => new Date(at * 1000).toISOString().slice(0, 16)
const costOf = async (id: number, sloId: number) => {
  const { rows } = await pool().query('SELECT cost FROM incident_impact WHERE incident_id = $1 AND slo_id = $2', [id, sloId])
  return rows[0].cost === null ? null : costSchema.parse(rows[0].cost)
}

it('grows while the incident is open, is frozen when it is resolved, and follows corrections visibly', async () => {
  const slos = [world.orders, world.minutes]
  const asked = { title: 'Orders fail', severity: 'sev2', summary: '', startedAt: START, services: [], slos } as const
  const { id } = await openIncident(EMIL, { ...asked, services: [], slos }, START + 5 * MINUTE)
  // Five minutes so far: 200 events of the orders, five slices of the minutes. The minutes are hit harder.
  expect(await worstShareOf(pool(), id, START + 5 * MINUTE)).toBeCloseTo(5 / 100.8, 10)

  await world.measure(world.orders, END, events)
  await world.measure(world.minutes, END, slices)
  await moveIncident(EMIL, { id, verb: 'mitigate', at: END, note: '' }, END + 30)
  expect(await worstShareOf(pool(), id, END + 30)).toBeCloseTo(SLICED, 10)
  expect(await costOf(id, world.orders)).toBeNull()

  // The counters come to the end of the stretch a little later than people say that it is over.
  await pool().query('UPDATE slo_status SET ts = ts - 60 WHERE slo_id = $1', [world.orders])
  await moveIncident(EMIL, { id, verb: 'resolve', at: END, note: '' }, END + 40)
  expect(await costOf(id, world.orders)).toBeNull()
  expect(await costOf(id, world.minutes)).toMatchObject({ bad: 15, minutes: 15, unit: 'slices', target: 0.99, now: null })
  await world.measure(world.orders, END + 5 * MINUTE, events)
  expect(await refreshCosts(pool(), END + 6 * MINUTE)).toBe(1)
  const frozen = await costOf(id, world.orders)
  expect(frozen).toMatchObject({ bad: 600, unit: 'events', window: { from: END - 7 * DAY, to: END, total: 1_008_000 } })
  expect(frozen?.share).toBeCloseTo(SHARE, 12)
  // 1 % of a week is 100.8 minutes of full outage.
  expect(frozen?.minutes).toBeCloseTo(SHARE * 100.8, 10)

  // Hours later the window has moved on, the figures have not.
  await world.measure(world.orders, NOON, events)
  await world.measure(world.minutes, NOON, slices)
  expect(await refreshCosts(pool(), NOON)).toBe(0)
  expect(await costOf(id, world.orders)).toEqual(frozen)

  const { correctionId } = await markFalsePositive(EMIL, { id, reason: 'The probe was wrong.' }, NOON)
  expect(await refreshCosts(pool(), NOON)).toBe(0)
  await decideCorrection(SOFIA, { id: correctionId, version: 1, verdict: 'approve', note: '' }, NOON)
  expect(await refreshCosts(pool(), NOON)).toBe(2)
  expect(await refreshCosts(pool(), NOON + 60)).toBe(0)
  expect(await costOf(id, world.orders)).toMatchObject({
    bad: 600,
    share: frozen?.share,
    now: { bad: 0, share: 0, because: [correctionId] },
  })
  expect(await costOf(id, world.minutes)).toMatchObject({ bad: 15, now: { bad: 0, minutes: 0 } })
  expect((await linesOf(id)).slice(-2).map(({ text }) => text)).toEqual([
    `Cost of orders: 6.0 % when resolved, 0.0 % now: exclusion #${correctionId}.`,
    `Cost of minutes: 14.9 % when resolved, 0.0 % now: exclusion #${correctionId}.`,
  ])
  expect(await worstShareOf(pool(), id, NOON)).toBe(0)

  await withdrawCorrection(SOFIA, { id: correctionId, version: 2, note: 'It was real.' }, NOON)
  expect(await refreshCosts(pool(), NOON + 120)).toBe(2)
  expect(await costOf(id, world.orders)).toEqual(frozen)
  expect(await stretchesOf(id)).toHaveLength(2)
})

it('looks at what was decided about its window, and no more once that has settled', async () => {
  await pool().query('DELETE FROM incident')
  await world.measure(world.orders, NOON, events)
  const fields = { title: 'Again', severity: 'sev4' as const, summary: '', startedAt: START, services: [], slos: [world.orders] }
  const { id } = await openIncident(EMIL, fields, END)
  await moveIncident(EMIL, { id, verb: 'resolve', at: END, note: '' }, NOON)
  const approved = async (from: number, to: number) => {
    const schedule = { from: iso(from), to: iso(to), timeZone: 'UTC' }
    const exclusion = { kind: 'exclusion', cause: 'maintenance', reason: 'Load test.', scope: { slos: [world.orders] }, schedule }
    const asked = await requestCorrection(EMIL, newCorrectionSchema.parse(exclusion))
    await decideCorrection(SOFIA, { id: asked.id, version: 1, verdict: 'approve', note: '' }, NOON)
    return asked.id
  }
  const later = await approved(END + 10 * MINUTE, END + 20 * MINUTE)
  expect(await refreshCosts(pool(), NOON)).toBe(0)
  const within = await approved(START, END)
  expect(await refreshCosts(pool(), NOON)).toBe(1)
  expect((await costOf(id, world.orders))?.now).toMatchObject({ bad: 0, because: expect.not.arrayContaining([later]) })
  expect((await costOf(id, world.orders))?.now?.because.at(-1)).toBe(within)
  // An hour later it is done: a figure that is off would be put right only if it were computed again.
  expect(await refreshCosts(pool(), NOON + HOUR)).toBe(0)
  expect(await costOf(id, world.orders)).toMatchObject({ seen: NOON })
  await pool().query(`UPDATE incident_impact SET cost = jsonb_set(cost, '{now,share}', '7') WHERE incident_id = $1`, [id])
  expect(await refreshCosts(pool(), NOON + 2 * HOUR)).toBe(0)
  await withdrawCorrection(SOFIA, { id: within, version: 2, note: '' }, NOON + 2 * HOUR)
  expect(await refreshCosts(pool(), NOON + 2 * HOUR)).toBe(1)
  expect(await costOf(id, world.orders)).toMatchObject({ bad: 600, now: null })
  await withdrawCorrection(SOFIA, { id: later, version: 2, note: '' }, NOON + 2 * HOUR)
})

it('waits for whoever changes the incident, without holding a stretch meanwhile', async () => {
  await pool().query('DELETE FROM incident')
  await world.measure(world.orders, NOON, events)
  const fields = { title: 'Again', severity: 'sev4' as const, summary: '', startedAt: START, services: [], slos: [world.orders] }
  const { id } = await openIncident(EMIL, fields, END)
  await moveIncident(EMIL, { id, verb: 'resolve', at: END, note: '' }, NOON)
  // A figure that no longer holds: the refresh has something to say.
  const { correctionId } = await markFalsePositive(EMIL, { id, reason: 'The probe was wrong.' }, NOON)
  await decideCorrection(SOFIA, { id: correctionId, version: 1, verdict: 'approve', note: '' }, NOON)
  const person = await pool().connect()
  try {
    await person.query('BEGIN')
    await person.query('SELECT 1 FROM incident WHERE id = $1 FOR UPDATE', [id])
    const refreshed = refreshCosts(pool(), NOON).catch((error) => error.message)
    const waiting = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    await expect.poll(async () => (await pool().query(waiting)).rows[0].n).toBe(1)
    const mine = person.query('UPDATE incident_impact SET claimed_by = claimed_by WHERE incident_id = $1', [id])
    const changed = await mine.then(({ rowCount }) => rowCount).catch((error) => error.message)
    await person.query('COMMIT')
    expect([changed, await refreshed]).toEqual([1, 1])
  } finally {
    await person.query('ROLLBACK')
    person.release()
  }
  await pool().query('DELETE FROM incident WHERE id = $1', [id])
})

describe('edges', () => {
  it('that the counters reach later are written down then', async () => {
    const fields = {
      title: 'Later',
      severity: 'sev4' as const,
      summary: '',
      startedAt: NOON + 90,
      services: [],
      slos: [world.orders],
    }
    const { id } = await openIncident(EMIL, fields, NOON + 100)
    const mark = async () =>
      (await pool().query('SELECT total FROM counter_mark WHERE slo_id = $1 AND ts = $2', [world.orders, NOON + 60])).rows
    expect(await mark()).toEqual([])
    await world.measure(world.orders, NOON + 3 * MINUTE, events)
    await refreshCosts(pool(), NOON + 3 * MINUTE)
    expect(await mark()).toEqual([{ total: 100 * (10 * 24 * 60 + 1) }])
    await pool().query('DELETE FROM incident WHERE id = $1', [id])
  })
})
