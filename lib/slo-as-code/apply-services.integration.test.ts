import { describe, expect, it } from 'vitest'
import { db } from '../db/client'
import { driftReport } from '../drift/reads'
import { inStep } from '../drift/report'
import { driftQuerySchema } from '../drift/schema'
import { deleteService, updateService } from '../service/commands'
import type { ServiceDefinition } from '../service/definition-input'
import { storedService } from '../service/reads-stored'
import { detachService } from './commands-detach'
import { apply, type Files, freshPortal, OWNER, person, plan, serviceFile, sloFile, told } from './gitops-fixture'
import { opensloOf } from './openslo/write'
import { portableSlos } from './reads'

freshPortal()

const ENGINEER = person('engineer')
const FILES: Files = { 'a.yaml': serviceFile('shop'), 'b.yaml': sloFile('availability') }
const annotated = (slug: string, annotations: object): string =>
  JSON.stringify({
    ...{ apiVersion: 'openslo/v1', kind: 'Service', spec: {} },
    metadata: {
      name: slug,
      annotations: Object.fromEntries(
        Object.entries(annotations).map(([key, value]) => [
          `headroom.dev/${key}`,
          typeof value === 'string' ? value : JSON.stringify(value),
        ]),
      ),
    },
  })
const stored = (slug: string) => storedService(db(), slug)
const update = async (slug: string, change: Partial<ServiceDefinition>) => {
  const { version, record } = await stored(slug)
  return updateService(ENGINEER, { slug, version, definition: { ...record, newTeam: null, ...change } })
}
const report = () => driftReport(ENGINEER, driftQuerySchema.parse({}))

describe('what files say of services', () => {
  it('goes out whole and comes back in another portal', async () => {
    const links = { runbook: 'https://runbooks.example/shop', dashboard: null, repository: 'https://git.example/shop' }
    await db().team.create({ data: { slug: 'search', name: 'Search' } })
    const said = {
      team: 'search',
      tier: 'best_effort',
      kind: 'batch',
      'time-zone': 'Asia/Kathmandu',
      links,
      dependencies: ['till'],
    }
    const files = {
      'a.json': annotated('shop', said),
      'b.json': annotated('till', { team: 'payments', tier: 'critical', kind: 'web' }),
      'c.yaml': sloFile('availability'),
    }
    await apply({ ...files, 'd.yaml': sloFile('paid', { service: 'till' }) }, { owner: null })
    const before = await Promise.all(['shop', 'till'].map(stored))
    expect(before[0]?.record).toMatchObject({
      ...{ team: 'search', tier: 'best_effort', kind: 'batch', timeZone: 'Asia/Kathmandu', links, dependencies: ['till'] },
    })
    const text = opensloOf(await portableSlos(ENGINEER))
    await db().$executeRaw`TRUNCATE slo, service CASCADE`
    const made = await apply({ 'all.yaml': text }, { owner: null })
    expect(made.notes).toEqual([])
    expect(made.items.find(({ key }) => key === 'shop')?.changes).toEqual([
      'Created: tier best effort, kind batch, team search, depends on till',
    ])
    const after = await Promise.all(['shop', 'till'].map(stored))
    expect(after.map(({ record }) => record)).toEqual(before.map(({ record }) => record))
  })

  it('changes with them, in words, and what they leave open stays', async () => {
    await db().team.create({ data: { slug: 'search', name: 'Search' } })
    await apply(FILES)
    await update('shop', { timeZone: 'Europe/Berlin' })
    const files = { ...FILES, 'a.yaml': serviceFile('shop', '{ team: search, tier: best effort, area: eu }') }
    const planned = await plan(files)
    expect(planned.items.find(({ kind }) => kind === 'service')?.changes).toEqual([
      'Tier critical → best effort',
      'Engineering team payments → search',
      'Labels kind=web, team=payments, tier=critical → team=search, tier=best effort, area=eu',
    ])
    await apply(files)
    expect((await stored('shop')).record).toMatchObject({
      team: 'search',
      tier: 'best_effort',
      kind: 'web',
      timeZone: 'Europe/Berlin',
    })
    expect(told(await plan(files))).toEqual([])
  })

  it('is refused at its place where the portal has none of it', async () => {
    await apply(FILES)
    const reasons = async (annotations: object) =>
      (await plan({ ...FILES, 'a.yaml': annotated('shop', annotations) })).faults.map(
        ({ file, line, reason, suggestion }) => `${file}:${line} ${reason} ${suggestion ?? ''}`,
      )
    expect(await reasons({ team: 'nobody' })).toEqual(['a.yaml:1 The portal has no team “nobody”. Write one of: payments.'])
    expect(await reasons({ dependencies: ['shopp'] })).toEqual([
      'a.yaml:1 There is no service “shopp” for it to depend on, here or in the portal. Did you mean shop?',
    ])
    expect(await reasons({ dependencies: ['shop'] })).toEqual([
      'a.yaml:1 These depend on each other: shop → shop. Take one arrow out.',
    ])
    const circle = {
      ...FILES,
      'a.yaml': annotated('shop', { dependencies: ['till'] }),
      'c.yaml': annotated('till', { dependencies: ['shop'] }),
    }
    expect((await plan(circle)).faults.map(({ reason }) => reason)).toEqual(['These depend on each other: shop → till → shop.'])
    const till = { slug: 'till', name: 'n'.repeat(81), description: '', labels: {}, dependencies: [] }
    for (const slug of ['till', 'shop']) {
      const long = { ...FILES, 'a.yaml': opensloOf({ services: [{ ...till, slug }], slos: [] }) }
      expect((await plan(long)).faults.filter(({ severity }) => severity === 'error')).toMatchObject([
        { file: 'a.yaml', line: 5, severity: 'error', reason: 'The portal will not take the name: Use at most 80 characters.' },
      ])
    }
  })

  it('may turn an arrow around', async () => {
    const there = {
      ...FILES,
      'a.yaml': annotated('shop', { dependencies: ['till'] }),
      'c.yaml': annotated('till', { dependencies: [] }),
    }
    await apply(there)
    const back = {
      ...FILES,
      'a.yaml': annotated('shop', { dependencies: [] }),
      'c.yaml': annotated('till', { dependencies: ['shop'] }),
    }
    expect(told(await apply(back))).toEqual(['change service shop', 'change service till'])
    expect((await stored('till')).record.dependencies).toEqual(['shop'])
  })
})

describe('a service that files manage', () => {
  it('is closed to people where the files say something of it, and open where not', async () => {
    await apply(FILES)
    const before = await stored('shop')
    const refused = {
      code: 'CONFLICT',
      message: '“Shop of shop” is managed by Git (set shop/slos, file a.yaml): change its name and labels there, or detach it.',
      issues: [{ path: 'name' }, { path: 'labels' }],
    }
    await expect(update('shop', { name: 'Mine', labels: {}, timeZone: 'Europe/Berlin' })).rejects.toMatchObject(refused)
    expect(await stored('shop')).toEqual(before)
    expect(await update('shop', { timeZone: 'Europe/Berlin', sloOwner: null })).toMatchObject({ kind: 'saved', version: 2 })
    expect(told(await plan(FILES))).toEqual([])
  })

  it('is not deleted, until it is detached or its files no longer know it', async () => {
    await apply({ ...FILES, 'c.yaml': serviceFile('till'), 'd.yaml': serviceFile('cart') })
    const gone = async (slug: string) => deleteService(ENGINEER, { slug, version: (await stored(slug)).version })
    await expect(gone('till')).rejects.toMatchObject({
      code: 'CONFLICT',
      message:
        '“Shop of till” is managed by Git (set shop/slos, file c.yaml): take it out of the files and apply them with pruning, or detach it.',
    })
    await expect(detachService(ENGINEER, { slug: 'till', owner: 'shop/slos' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(detachService(OWNER, { slug: 'till', owner: 'other' })).rejects.toMatchObject({ code: 'CONFLICT' })
    await detachService(OWNER, { slug: 'till', owner: 'shop/slos' })
    await gone('till')
    const files = { ...FILES, 'c.yaml': serviceFile('till') }
    expect(told(await plan(files))).toEqual(['create service till'])
    const pruned = await plan(FILES, { prune: true })
    expect(pruned.items.filter(({ verb }) => verb === 'change')).toMatchObject([
      { kind: 'service', key: 'cart', changes: ['No longer in the files: people manage it from now on'] },
    ])
    await apply(FILES, { prune: true })
    expect(told(await plan(FILES, { prune: true }))).toEqual([])
    await gone('cart')
    const actions = await db().auditEntry.findMany({ where: { entityType: 'service' }, orderBy: { id: 'asc' } })
    expect(actions.map(({ action, entityId }) => `${action} ${entityId}`).slice(3)).toEqual([
      ...['service.detach till', 'service.delete till', 'service.detach cart', 'service.delete cart'],
    ])
  })

  it('is drift where something else changed it, of its set and of all', async () => {
    await apply(FILES)
    expect(await report()).toMatchObject({ services: [], sets: [{ services: 1, driftingServices: 0 }] })
    await db().service.update({ where: { slug: 'shop' }, data: { name: 'Mine' } })
    const found = await report()
    expect(found.services).toEqual([
      { slug: 'shop', name: 'Mine', owner: 'shop/slos', file: 'a.yaml', line: 1, changes: ['Name “Shop of shop” → “Mine”'] },
    ])
    expect(found.sets).toMatchObject([{ drifting: 0, driftingServices: 1 }])
    expect(inStep(found)).toBe('no')
    expect(told(await apply(FILES))).toEqual(['change service shop'])
    expect(await report()).toMatchObject({ services: [] })
  })

  it('named in passing by other formats says no more than its labels', async () => {
    const sloth = { version: 'prometheus/v1', service: 'till_service', labels: { area: 'eu' }, slos: [] as unknown[] }
    sloth.slos.push({
      ...{ name: 'paid', objective: 99, alerting: { page_alert: { disable: true }, ticket_alert: { disable: true } } },
      sli: { events: { error_query: 'sum(rate(e_total[{{.window}}]))', total_query: 'sum(rate(t_total[{{.window}}]))' } },
    })
    const files = { 'a.json': JSON.stringify(sloth) }
    await apply(files)
    expect((await stored('till-service')).managed?.declared?.fields).toEqual({ labels: { area: 'eu' } })
    expect(await update('till-service', { name: 'The till' })).toMatchObject({ kind: 'saved' })
    expect(told(await plan(files))).toEqual([])
  })
})
