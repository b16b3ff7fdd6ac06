import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pool } from '../db/client'
import { HOUR, MINUTE } from '../time-series/units'
import { openIncident } from './commands'
import { claim } from './commands-claim'
import { moveIncident } from './commands-status'
import { EMIL, type IncidentWorld, incidentWorld, NOON, SOFIA, VERA } from './incident-world-fixture'
import { type IncidentFilter, incident, listIncidents } from './reads'
import { incidentChart } from './reads-chart'

let world: IncidentWorld
let old: number
let going: number
let elsewhere: number
const START = NOON - 2 * HOUR

beforeAll(async () => {
  world = await incidentWorld()
  const bad = (at: number) => (at >= START && at < START + 20 * MINUTE ? 40 : 0)
  for (const id of [world.orders, world.pages, world.cards]) await world.measure(id, NOON, id === world.orders ? bad : () => 0)
  const asked = { title: 'Orders fail', summary: '', severity: 'sev2' as const, services: [] }
  old = (await openIncident(EMIL, { ...asked, startedAt: START, detectedAt: START, slos: [world.orders, world.pages] }, NOON)).id
  await moveIncident(EMIL, { id: old, verb: 'resolve', at: START + 20 * MINUTE, note: '' }, NOON)
  going = (await openIncident(EMIL, { ...asked, severity: 'sev1', startedAt: NOON - 3 * HOUR, slos: [world.pages] }, NOON)).id
  elsewhere = (await openIncident(EMIL, { ...asked, startedAt: NOON - HOUR, slos: [world.cards] }, NOON)).id
  await moveIncident(EMIL, { id: elsewhere, verb: 'resolve', note: '' }, NOON)
})
afterAll(async () => world.drop())

describe('the list', () => {
  const ids = async (filter: IncidentFilter) => (await listIncidents(VERA, filter, NOON)).map(({ id }) => id)

  it('has what is open first, then the newest', async () => expect(await ids({})).toEqual([going, elsewhere, old]))

  it('is narrowed down by what one looks for', async () => {
    expect(await ids({ status: 'open' })).toEqual([going])
    expect(await ids({ status: 'resolved' })).toEqual([elsewhere, old])
    expect(await ids({ severity: 'sev1' })).toEqual([going])
    expect(await ids({ service: 'payments' })).toEqual([elsewhere])
    expect(await ids({ slo: world.pages })).toEqual([going, old])
    expect(await ids({ from: START + 20 * MINUTE })).toEqual([going, elsewhere])
    expect(await ids({ to: START })).toEqual([going])
    expect(await ids({ from: START + 10 * MINUTE, to: START + 15 * MINUTE })).toEqual([going, old])
  })

  it('names the budget that was hit hardest, and who owes a retrospective', async () => {
    const [, , first] = await listIncidents(VERA, {}, NOON)
    // 800 bad of the 10 080 that a week of 1 008 000 allows.
    expect(first?.worst).toEqual({ sloId: world.orders, name: 'orders', share: expect.closeTo(800 / 10_080, 10) })
    expect(first?.needsRetrospective).toBe(false)
  })
})

describe('one incident', () => {
  it('adds up its stretches, and says what the reader may do', async () => {
    await claim(EMIL, { incidentId: old, sloId: world.orders, from: NOON - 30 * MINUTE, to: NOON - 20 * MINUTE }, NOON)
    const view = await incident(EMIL, old, NOON)
    expect(view.impacts.filter(({ sloId }) => sloId === world.orders)).toHaveLength(2)
    expect(view.costs.map(({ sloId, figures }) => [sloId, figures?.bad])).toEqual([
      [world.orders, 800],
      [world.pages, 0],
    ])
    expect(view.may).toEqual({ run: true, verbs: ['reopen'] })
    expect((await incident(SOFIA, old, NOON)).may.verbs).toEqual(['reopen', 'review'])
    expect((await incident(VERA, old, NOON)).may).toEqual({ run: false, verbs: [] })
    await expect(incident(VERA, 4_711, NOON)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is drawn minute by minute, half an hour around it', async () => {
    await pool().query('DELETE FROM incident_impact WHERE claimed_by IS NOT NULL')
    const chart = await incidentChart(VERA, await incident(VERA, old, NOON), NOON)
    expect(chart).toMatchObject({ sloId: world.orders, from: START - 30 * MINUTE, to: START + 50 * MINUTE, step: MINUTE })
    expect(chart?.points).toHaveLength(80)
    const burning = chart?.points.filter(({ ratio }) => ratio !== 0)
    expect(burning?.map(({ ratio }) => ratio)).toEqual(Array(20).fill(0.4))
    expect(burning?.[0]?.ts).toBe(START + MINUTE)
  })
})
