import { afterAll, beforeAll, beforeEach } from 'vitest'
import { pool } from '../db/client'
import { HOUR } from '../time-series/units'
import { openIncident } from './commands'
import { editIncident } from './commands-edit'
import { EMIL, type IncidentWorld, incidentWorld, NOON } from './incident-world-fixture'
import { editSchema, type NewIncident } from './schema'

export let world: IncidentWorld
export const START = NOON - HOUR

/** To be called by each file of tests that uses it. */
export function ordersFail(): void {
  beforeAll(async () => {
    world = await incidentWorld()
    // Checkout loses a third of the orders of that hour: 2 000 of the 10 080 that a week allows.
    for (const id of [world.orders, world.pages])
      await world.measure(id, NOON, (at) => (at >= START && id === world.orders ? 40 : 0))
  })
  afterAll(async () => world.drop())
  beforeEach(async () => {
    await pool().query('DELETE FROM incident')
  })
}

export const asked = (more: Partial<NewIncident> = {}): NewIncident => ({
  ...{ title: 'Orders fail', severity: 'sev2', summary: '', startedAt: START, services: [], slos: [world.orders], ...more },
})
export const opened = async (more: Partial<NewIncident> = {}) => (await openIncident(EMIL, asked(more), NOON)).id
export const row = async (id: number) => (await pool().query('SELECT * FROM incident WHERE id = $1', [id])).rows[0]
export const edit = (id: number, version: number, change: Record<string, unknown>) =>
  editIncident(EMIL, editSchema.parse({ id, version, ...change }), NOON)
export const iso = (at: number) => new Date(at * 1000).toISOString()
