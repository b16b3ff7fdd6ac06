import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db, disconnect } from '../db/client'
import { EMIL, type IncidentWorld, incidentWorld, NOON, SOFIA, VERA } from '../incident/incident-world-fixture'
import { governance } from './reads'
import { governanceQuerySchema } from './schema'

/** Wed 15 Jul 2026, noon. Quarter 3 began on the 1st. */
const NOW = NOON
const ask = (query: object = {}) => governance(VERA, governanceQuerySchema.parse(query), NOW)

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
