import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { sloNamed } from '../slo/reads'
import { portableSlos } from '../slo-as-code/reads'
import { oneDashboard } from './reads'

const VIEWER: Actor = { type: 'user', id: '1', name: 'Vera', email: 'v@example.org', role: 'viewer' }

let database: Awaited<ReturnType<typeof testDatabase>>
let id: number
beforeAll(async () => {
  database = await testDatabase()
  const { addSlo } = await testSlos(pool(), 'http://nowhere.invalid')
  id = await addSlo({ slug: 'served', indicator: { kind: 'boolean', series: { metric: 'up', matchers: [] } }, target: 0.995 })
  await pool().query(
    `INSERT INTO service (slug, name, tier, kind, team_id) SELECT added.name, added.name, 'critical', 'api', team.id
     FROM team, unnest(ARRAY['bus', 'ledger']) AS added (name)`,
  )
  await pool().query(
    `INSERT INTO service_dependency (service_id, depends_on_id) SELECT a.id, b.id FROM service a, service b
     WHERE (a.slug, b.slug) IN (('checkout', 'bus'), ('bus', 'ledger'))`,
  )
  await pool().query(`UPDATE service SET links = '{"runbook": "https://wiki.example.org/run"}' WHERE slug = 'checkout'`)
})
afterAll(async () => {
  await disconnect()
  await database.drop()
})

describe('dashboards of what the portal measures', () => {
  it('of a service, with links to the portal and the runbook', async () => {
    const board = await oneDashboard(VIEWER, 'checkout')
    expect(board).toMatchObject({ uid: 'headroom-s-checkout', title: 'SLOs: Checkout' })
    expect(board.links.map(({ url }) => url)).toEqual([
      '/d/headroom-overview',
      'http://localhost:3000/services/checkout',
      'https://wiki.example.org/run',
    ])
    expect(JSON.stringify(board)).toContain('http://localhost:3000/services/checkout/slos/served')
  })
  it('of all', async () => expect(await oneDashboard(VIEWER)).toMatchObject({ uid: 'headroom-overview' }))
  it('of no service', async () => {
    await expect(oneDashboard(VIEWER, 'nowhere')).rejects.toThrow('There is no service “nowhere”')
  })
})

describe('names', () => {
  it('lead to an SLO', async () => {
    expect(await sloNamed(VIEWER, 'checkout', 'served')).toBe(id)
    await expect(sloNamed(VIEWER, 'ledger', 'served')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
  it('of services that are needed come along where they are asked for', async () => {
    const slugs = async (needed: boolean) => (await portableSlos(VIEWER, { needed })).services.map(({ slug }) => slug)
    expect([await slugs(false), await slugs(true)]).toEqual([['checkout'], ['bus', 'checkout', 'ledger']])
  })
})
