import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import type { Role } from '../auth/role'
import { db, disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { problemFor } from '../problem'
import { createService, deleteService, updateService } from './commands'
import { serviceDefinitionSchema } from './definition-input'
import { listServices, serviceDetail } from './reads'

let database: Awaited<ReturnType<typeof testDatabase>>
const person = (role: Role): Actor => ({ type: 'user', id: role, name: `A ${role}`, email: `${role}@example.org`, role })
const ENGINEER = person('engineer')
const OWNER = person('slo_owner')
const VIEWER = person('viewer')

const definition = (slug: string, change: Record<string, unknown> = {}) =>
  serviceDefinitionSchema.parse({ name: slug, slug, tier: 'standard', kind: 'api', team: 'payments', ...change })
const create = (slug: string, change = {}, actor = ENGINEER) => createService(actor, { definition: definition(slug, change) })
const update = (slug: string, version: number, change = {}, actor = ENGINEER) =>
  updateService(actor, { slug, version, definition: definition(slug, change) })
const rows = async () => [
  await db().service.count(),
  await db().serviceVersion.count(),
  await db().serviceDependency.count(),
  await db().team.count(),
  await db().auditEntry.count(),
]

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(async () => {
  await disconnect()
  await database.drop()
})
beforeEach(async () => {
  await pool().query('TRUNCATE service, service_version, service_dependency, slo, team, "user", audit_entry CASCADE')
  await db().team.create({ data: { slug: 'payments', name: 'Payments' } })
  await db().user.create({ data: { email: 'sofia@example.org', name: 'Sofia', role: 'slo_owner' } })
})

describe('who may', () => {
  it.each(['engineer', 'slo_owner', 'administrator'] as const)('%s', async (role) => {
    const actor = person(role)
    await create('checkout', {}, actor)
    expect(await update('checkout', 1, { tier: 'critical' }, actor)).toMatchObject({ kind: 'saved', version: 2 })
    expect(await deleteService(actor, { slug: 'checkout', version: 2 })).toEqual({ slug: 'checkout' })
  })

  it.each(['viewer', 'product_owner'] as const)('%s reads only, and nothing is written', async (role) => {
    await create('checkout')
    const before = await rows()
    const actor = person(role)
    for (const attempt of [
      () => create('other', {}, actor),
      () => update('checkout', 1, { name: 'Mine' }, actor),
      () => deleteService(actor, { slug: 'checkout', version: 1 }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await rows()).toEqual(before)
    expect((await serviceDetail(actor, 'checkout')).service.name).toBe('checkout')
  })

  it('a token is held to its role', async () =>
    await expect(
      create('checkout', {}, { type: 'token', id: '1', name: 'ci', role: 'viewer', ownerId: null }),
    ).rejects.toMatchObject({
      code: 'FORBIDDEN',
    }))
})

describe('a service', () => {
  it('is written with its version, its audit row, its owners and what follows from the facts', async () => {
    await create('identity', { tier: 'critical' })
    await create('checkout', {
      tier: 'critical',
      ...{ sloOwner: 'sofia@example.org', dependencies: ['identity'], labels: { product: 'shop' } },
      links: { runbook: ' https://runbooks.example.org/checkout ' },
      characteristics: { revenueImpact: 'direct', userFacing: true, safetyImpact: false, traffic: 12 },
      context: { userExpectations: 'An order counts once.' },
    })
    const { service } = await serviceDetail(VIEWER, 'checkout')
    expect(service).toMatchObject({
      ...{ tier: 'critical', team: 'Payments', version: 1, dependants: [] },
      owners: { sloOwner: { name: 'Sofia' }, productOwner: null },
      dependencies: [{ slug: 'identity', worst: null }],
      recommendation: { tier: 'critical', because: ['sales are lost while people wait for it'] },
      definition: { links: { runbook: 'https://runbooks.example.org/checkout', dashboard: null } },
    })
    expect((await serviceDetail(VIEWER, 'identity')).service).toMatchObject({
      dependants: [{ slug: 'checkout' }],
      recommendation: { tier: 'essential' },
    })
    expect((await listServices(VIEWER)).map(({ slug }) => slug)).toEqual(['checkout', 'identity'])
    const audit = await db().auditEntry.findMany({ orderBy: { id: 'asc' }, where: { entityId: 'checkout' } })
    expect(audit).toMatchObject([{ action: 'service.create', actorName: 'A engineer', after: { dependencies: ['identity'] } }])
    expect(await db().serviceVersion.count()).toBe(2)
  })

  it('makes a team with it, or nothing at all', async () => {
    await create('checkout', { team: null, newTeam: 'Returns & Refunds' })
    expect((await serviceDetail(VIEWER, 'checkout')).service.owners.engineeringTeam).toEqual({
      slug: 'returns-refunds',
      name: 'Returns & Refunds',
    })
    expect(await db().auditEntry.count({ where: { action: 'team.create' } })).toBe(1)
    const before = await rows()
    await expect(create('other', { team: null, newTeam: 'payments' })).rejects.toMatchObject({ issues: [{ path: 'newTeam' }] })
    await expect(create('checkout', { team: null, newTeam: 'Brand new' })).rejects.toMatchObject({ issues: [{ path: 'slug' }] })
    expect(await rows()).toEqual(before)
  })

  it('says in words what changed, with before and after in the audit', async () => {
    await create('checkout')
    const saved = await update('checkout', 1, {
      tier: 'critical',
      labels: { region: 'eu' },
      characteristics: { traffic: 'high' },
    })
    expect(saved).toMatchObject({
      changes: ['Tier standard → critical', 'Traffic not stated → high', 'Labels none → region=eu'],
    })
    expect(await db().auditEntry.findFirst({ where: { action: 'service.update' } })).toMatchObject({
      before: { tier: 'standard', version: 1 },
      after: { tier: 'critical', version: 2 },
    })
    const before = await rows()
    expect(
      await update('checkout', 2, { tier: 'critical', labels: { region: 'eu' }, characteristics: { traffic: 'high' } }),
    ).toMatchObject({ version: 2, changes: [] })
    expect(await rows()).toEqual(before)
  })

  it.each([
    [{ sloOwner: 'nobody@example.org' }, 'sloOwner', 'Choose a person'],
    [{ productOwner: 'nobody@example.org' }, 'productOwner', 'Choose a person'],
    [{ team: 'nowhere' }, 'team', 'name a new one'],
    [{ dependencies: ['nowhere'] }, 'dependencies', 'no service “nowhere”'],
    [{ dependencies: ['checkout'] }, 'dependencies', 'checkout → checkout'],
  ])('%j is refused at its field', async (change, path, words) => {
    const before = await rows()
    await expect(create('checkout', change)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      issues: [{ path, message: expect.stringContaining(words) }],
    })
    expect(await rows()).toEqual(before)
  })

  it('keeps its short name', async () => {
    await create('checkout')
    const renamed = updateService(ENGINEER, { slug: 'checkout', version: 1, definition: definition('till') })
    await expect(renamed).rejects.toMatchObject({ issues: [{ path: 'slug' }] })
    await expect(create('checkout')).rejects.toMatchObject({ message: expect.stringContaining('already') })
  })
})

describe('two at once', () => {
  it('the second saver is shown what the first changed, and nothing is written', async () => {
    await create('checkout')
    await update('checkout', 1, { description: 'Takes orders.', tier: 'critical' }, OWNER)
    const before = await rows()
    expect(await update('checkout', 1, { kind: 'web' })).toEqual({
      ...{ kind: 'conflict', version: 2, author: 'A slo_owner' },
      changes: ['Tier standard → critical', 'Description rewritten'],
      definition: expect.objectContaining({ tier: 'critical', kind: 'api' }),
    })
    expect(await rows()).toEqual(before)
  })

  it('of ten, one is saved', async () => {
    await create('checkout')
    const all = await Promise.all(Array.from({ length: 10 }, (_, i) => update('checkout', 1, { name: `Name ${i}` })))
    expect(all.filter(({ kind }) => kind === 'saved')).toHaveLength(1)
    expect(await db().serviceVersion.count()).toBe(2)
  })

  it('cannot close a cycle together', async () => {
    for (const slug of ['a', 'b']) await create(slug)
    const both = await Promise.allSettled([update('a', 1, { dependencies: ['b'] }), update('b', 1, { dependencies: ['a'] })])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await db().serviceDependency.count()).toBe(1)
  })

  it('ten of one name make one service', async () => {
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => create('checkout')))
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const attempt of all) if (attempt.status === 'rejected') expect(problemFor(attempt.reason)?.status).toBe(400)
  })
})

describe('the graph', () => {
  it('refuses a cycle and names it', async () => {
    await create('stock')
    await create('payment-gateway', { dependencies: ['stock'] })
    await create('checkout-api', { dependencies: ['payment-gateway'] })
    const before = await rows()
    await expect(update('stock', 1, { dependencies: ['checkout-api'] })).rejects.toMatchObject({
      issues: [
        {
          path: 'dependencies',
          message: expect.stringContaining('stock → checkout-api → payment-gateway → stock'),
        },
      ],
    })
    expect(await rows()).toEqual(before)
  })
})

describe('deleting', () => {
  it('takes the arrows along and keeps what it was in the audit', async () => {
    await create('identity')
    await create('checkout', { dependencies: ['identity'] })
    await expect(deleteService(ENGINEER, { slug: 'identity', version: 9 })).rejects.toMatchObject({ code: 'CONFLICT' })
    await deleteService(ENGINEER, { slug: 'identity', version: 1 })
    expect((await serviceDetail(VIEWER, 'checkout')).service.dependencies).toEqual([])
    expect(await db().auditEntry.findFirst({ where: { action: 'service.delete' } })).toMatchObject({
      before: { name: 'identity', dependants: ['checkout'] },
    })
    await expect(deleteService(ENGINEER, { slug: 'identity', version: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is refused while there are SLOs, and while there is history of deleted ones', async () => {
    await create('checkout')
    const { id: serviceId } = await db().service.findUniqueOrThrow({ where: { slug: 'checkout' } })
    const { id: dataSourceId } = await db().dataSource.create({ data: { name: 'prometheus', url: 'http://127.0.0.1:1' } })
    const slo = { serviceId, dataSourceId, slug: 'placed', name: 'Orders placed', target: 0.99, indicator: {}, window: {} }
    const { id } = await db().slo.create({ data: { ...slo, lifecycle: 'draft' } })
    const attempt = () => deleteService(ENGINEER, { slug: 'checkout', version: 1 })
    await expect(attempt()).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('“Orders placed”') })
    await db().slo.update({ where: { id }, data: { deletedAt: new Date() } })
    await expect(attempt()).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('history') })
  })
})
