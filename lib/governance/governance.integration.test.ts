import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db, disconnect, pool } from '../db/client'
import { EMIL, type IncidentWorld, incidentWorld, NOON, SOFIA, VERA } from '../incident/incident-world-fixture'
import { DAY } from '../time-series/units'
import { governance } from './reads'
import { governanceQuerySchema } from './schema'

/** Wed 15 Jul 2026, noon. Quarter 3 began on the 1st. */
const NOW = NOON
const at = (days: number) => NOW + days * DAY
const ask = (query: object = {}) => governance(VERA, governanceQuerySchema.parse(query), NOW)
const practice = async (key: string) => {
  const found = (await ask()).practices.find((one) => one.key === key)
  if (!found) throw new Error(`No practice ${key}`)
  return found
}

let world: IncidentWorld
beforeAll(async () => {
  world = await incidentWorld()
  await db().team.updateMany({ data: { slug: 'shop', name: 'Shop' } })
}, 120_000)
afterAll(async () => {
  await disconnect()
  await world.drop()
})

const gapsOf = async (slug: string) =>
  (await ask()).services.find((one) => one.slug === slug)?.gaps.map(({ kind }) => kind) ?? 'no such service'

describe('gaps', () => {
  it('are there until somebody is', async () => {
    // Both services are under Standard, which three roles have to agree to, and their team has nobody.
    expect(await gapsOf('checkout')).toEqual(['slo-owner', 'product-owner', 'people', 'agreement'])
    const shop = await db().team.findFirstOrThrow()
    await db().user.update({ where: { id: EMIL.id }, data: { teamId: shop.id } })
    await db().service.updateMany({ where: { slug: 'checkout' }, data: { sloOwnerId: SOFIA.id, productOwnerId: VERA.id } })
    // A viewer decides about no budget.
    expect(await gapsOf('checkout')).toEqual(['product-owner', 'agreement'])
    await db().user.update({ where: { id: VERA.id }, data: { role: 'product_owner' } })
    expect(await gapsOf('checkout')).toEqual(['agreement'])
    const { id: policyId } = await db().errorBudgetPolicy.findUniqueOrThrow({ where: { slug: 'standard' } })
    for (const [role, { id, name }] of [
      ['engineer', EMIL],
      ['slo_owner', SOFIA],
      ['product_owner', VERA],
    ] as const)
      await db().errorBudgetPolicyAgreement.create({
        data: { policyId, version: 1, role, personId: id, personName: name, at: NOW },
      })
    expect(await gapsOf('checkout')).toEqual([])
  })
  it('come back when somebody leaves', async () => {
    await db().user.update({ where: { id: SOFIA.id }, data: { disabledAt: new Date(NOW * 1000) } })
    expect(await gapsOf('checkout')).toEqual(['slo-owner'])
    await db().user.update({ where: { id: SOFIA.id }, data: { disabledAt: null } })
  })
  it('are counted over all, whatever is looked for; pages and words narrow the list', async () => {
    const all = await ask()
    expect(all).toMatchObject({ total: 2, matched: 2, withGaps: 1, gapCounts: { 'slo-owner': 1, 'product-owner': 1, people: 0 } })
    expect(await ask({ q: 'checkout' })).toMatchObject({ total: 2, matched: 1, withGaps: 1 })
    expect((await ask({ gaps: 'only' })).services.map(({ slug }) => slug)).toEqual(['payments'])
    expect((await ask({ limit: 1, page: 2 })).services.map(({ slug }) => slug)).toEqual(['checkout'])
    await expect(ask({ team: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
  it('name who has each role, without those who left', async () => {
    const { roles } = await ask({ team: 'shop' })
    expect(roles.find(({ role }) => role === 'engineer')).toMatchObject({ people: 1, names: ['Emil'] })
    expect(roles.find(({ role }) => role === 'slo_owner')).toMatchObject({ people: 0, names: [] })
  })
})

describe('practices', () => {
  it('planning: a quarter is agreed before it begins', async () => {
    const { id: teamId } = await db().team.findFirstOrThrow()
    const plan = (quarter: string, decidedAt: number) =>
      db().capacityPlan.create({ data: { teamId, quarter, reliability: 0.3, decidedBy: 'Emil', decidedAt } })
    await plan('2026-Q2', Date.UTC(2026, 2, 20) / 1000)
    await plan('2026-Q3', Date.UTC(2026, 6, 3) / 1000)
    const { occurrences, keeping } = await practice('planning')
    expect(occurrences.map(({ what, kept }) => `${what}: ${kept}`)).toEqual([
      'Shop, Q4 2025: missed',
      'Shop, Q1 2026: missed',
      'Shop, Q2 2026: kept',
      'Shop, Q3 2026: late',
      'Shop, Q4 2026: open',
    ])
    expect(keeping).toEqual({ kept: 1, late: 1, missed: 2, open: 1, share: 0.25 })
    expect(occurrences[4]?.link).toBe('/planning?team=shop&quarter=2026-Q3')
  })

  const incident = async (title: string, resolvedAt: number, share: number, retrospectiveAt: number | null, more = {}) => {
    const cost = {
      ...{ at: resolvedAt, bad: 1, share, minutes: 1, target: 0.99, unit: 'events', now: null },
      window: { from: resolvedAt - DAY, to: resolvedAt, total: 100 },
    }
    const { orders, checkout } = world
    const { id } = await db().incident.create({
      data: {
        ...{ title, severity: 'sev2', status: 'resolved', origin: 'person', openedBy: EMIL.id, openedByName: 'Emil' },
        ...{ startedAt: resolvedAt - 60, detectedAt: resolvedAt - 60, resolvedAt, retrospectiveAt, ...more },
        services: { create: [{ serviceId: checkout }] },
        impacts: { create: [{ sloId: orders, fromTs: resolvedAt - 60, toTs: resolvedAt, cost }] },
      },
    })
    return id
  }

  it('retrospectives: within two weeks, of what spent more than a fifth of a budget', async () => {
    await incident('Held in time', at(-40), 0.5, at(-30))
    await incident('Held late', at(-40) + 1, 0.21, at(-20))
    await incident('Never held', at(-20), 0.9, null)
    await incident('Still to be held', at(-3), 0.9, null)
    await incident('Cheap', at(-20), 0.2, null)
    await incident('No incident at all', at(-20), 0.9, null, { falsePositive: true })
    await incident('Long ago', at(-90), 0.9, null)
    const { occurrences } = await practice('retrospectives')
    expect(occurrences.map(({ what, kept }) => `${what.replace(/^INC-\d+ /, '')}: ${kept}`)).toEqual([
      'Held in time: kept',
      'Held late: late',
      'Never held: missed',
      'Still to be held: open',
    ])
  })

  it('actions: until the end of their day', async () => {
    const incidentId = await incident('With actions', at(-50), 0.01, null)
    const action = (title: string, dueOn: string, doneAt: number | null) =>
      db().actionItem.create({ data: { incidentId, title, dueOn: new Date(`${dueOn}T00:00:00Z`), doneAt } })
    await action('On its day', '2026-07-01', Date.UTC(2026, 6, 1, 23, 59) / 1000)
    await action('The day after', '2026-07-02', Date.UTC(2026, 6, 3, 0, 1) / 1000)
    await action('Forgotten', '2026-07-14', null)
    await action('Today', '2026-07-15', null)
    await action('Next month', '2026-08-15', null)
    const { occurrences } = await practice('actions')
    expect(occurrences.map(({ what, kept }) => `${what.replace(/^INC-\d+ /, '')}: ${kept}`)).toEqual([
      'On its day: kept',
      'The day after: late',
      'Forgotten: missed',
      'Today: open',
    ])
  })

  it('agreements: of versions that hold, within two weeks of each', async () => {
    await pool().query(`UPDATE error_budget_policy_version SET valid_from = to_timestamp($1)`, [at(-20)])
    // Agreed twenty days after it came: late; Lenient holds nowhere and counts nowhere.
    const { occurrences } = await practice('agreements')
    expect(occurrences.map(({ what, kept, done }) => [what, kept, done])).toEqual([['Standard, version 1', 'late', NOW]])
  })

  it('are those of a team when one is named', async () => {
    const other = await db().team.create({ data: { slug: 'other', name: 'Other' } })
    await db().service.update({ where: { slug: 'payments' }, data: { teamId: other.id } })
    const found = await ask({ team: 'other' })
    expect(found.practices.find(({ key }) => key === 'retrospectives')?.occurrences).toEqual([])
    expect(found.practices.find(({ key }) => key === 'planning')?.keeping).toMatchObject({ missed: 4, open: 1 })
  })
})
