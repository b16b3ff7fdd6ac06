import { describe, expect, it } from 'vitest'
import { db, pool, transaction } from '../db/client'
import { driftReport } from '../drift/reads'
import { inStep, setText } from '../drift/report'
import { driftQuerySchema } from '../drift/schema'
import { deleteService, updateService } from '../service/commands'
import type { ServiceDefinition } from '../service/definition-input'
import { editServiceStart } from '../service/reads-editor'
import { storedService } from '../service/reads-stored'
import { detachService } from './commands-detach'
import { annotated, apply, type Files, freshPortal, OWNER, person, plan, serviceFile, sloFile, told } from './gitops-fixture'

freshPortal()

const ENGINEER = person('engineer')
const FILES: Files = { 'a.yaml': serviceFile('shop'), 'b.yaml': sloFile('availability') }
const stored = (slug: string) => storedService(db(), slug)
const update = async (slug: string, change: Partial<ServiceDefinition>) => {
  const { version, record } = await stored(slug)
  return updateService(ENGINEER, { slug, version, definition: { ...record, newTeam: null, ...change } })
}
const gone = async (slug: string) => deleteService(ENGINEER, { slug, version: (await stored(slug)).version })
const report = () => driftReport(ENGINEER, driftQuerySchema.parse({}))
const audited = async () =>
  (await db().auditEntry.findMany({ where: { entityType: 'service' }, orderBy: { id: 'asc' } })).map(
    ({ action, entityId, after }) => `${action} ${entityId} ${(after as { managedBy?: string } | null)?.managedBy ?? '-'}`,
  )

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
    expect(await update('shop', { timeZone: 'Europe/Berlin', tier: 'standard' })).toMatchObject({ kind: 'saved', version: 2 })
    expect(told(await plan(FILES))).toEqual([])
  })

  it('is not deleted, until it is detached or its files no longer declare it', async () => {
    await apply({ ...FILES, 'c.yaml': serviceFile('till'), 'd.yaml': serviceFile('cart') })
    await expect(gone('till')).rejects.toMatchObject({
      code: 'CONFLICT',
      message:
        '“Shop of till” is managed by Git (set shop/slos, file c.yaml): take it out of the files and apply them with pruning, or detach it.',
    })
    await expect(detachService(ENGINEER, { slug: 'till', owner: 'shop/slos' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(detachService(OWNER, { slug: 'till', owner: 'other' })).rejects.toMatchObject({ code: 'CONFLICT' })
    await detachService(OWNER, { slug: 'till', owner: 'shop/slos' })
    await gone('till')
    expect(told(await plan({ ...FILES, 'c.yaml': serviceFile('till') }))).toEqual(['create service till'])
    // The SLO stays, and nothing is left that says what its service is.
    const less = { 'b.yaml': FILES['b.yaml'] as string }
    expect((await plan(less)).notes).toEqual([
      'No longer in the files, and still managed by them: cart, shop. Pruning gives services back to people.',
    ])
    const pruned = await plan(less, { prune: true })
    expect(pruned.items.filter(({ verb }) => verb === 'change')).toMatchObject([
      { kind: 'service', key: 'cart', changes: ['No longer in the files: people manage it from now on'] },
      { kind: 'service', key: 'shop' },
    ])
    await apply(less, { prune: true })
    expect(told(await plan(less, { prune: true }))).toEqual([])
    expect(await update('shop', { name: 'Mine' })).toMatchObject({ kind: 'saved' })
    await gone('cart')
    expect((await audited()).slice(3)).toEqual([
      ...['service.detach till -', 'service.delete till -', 'service.detach cart -', 'service.detach shop -'],
      ...['service.update shop -', 'service.delete cart -'],
    ])
  })

  it('is taken over with a row of the audit, whether or not it changes', async () => {
    await apply({ ...FILES, 'c.yaml': serviceFile('till') }, { owner: null })
    const files = { ...FILES, 'c.yaml': annotated('till', { tier: 'critical' }) }
    expect(told(await apply(files, { adopt: true }))).toContain('change service shop')
    expect(await audited()).toEqual([
      ...['service.create shop -', 'service.create till -', 'service.adopt shop shop/slos', 'service.update till shop/slos'],
    ])
    expect((await stored('shop')).version).toBe(1)
  })

  it('is not taken back by an apply that waits while it is detached', async () => {
    await apply(FILES)
    const moved = { ...FILES, 'a.yaml': `# about it\n${FILES['a.yaml']}` }
    let applied: Promise<unknown> = Promise.resolve()
    await transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('slo as code'))`
      applied = apply(moved)
      await expect
        .poll(async () => (await pool().query('SELECT FROM pg_locks WHERE locktype = $1 AND NOT granted', ['advisory'])).rowCount)
        .toBe(1)
      await detachService(OWNER, { slug: 'shop', owner: 'shop/slos' })
    })
    await applied
    expect((await stored('shop')).managed).toBeNull()
  })

  it('is drift where something else changed it, of its set and of all', async () => {
    await apply({ 'a.yaml': FILES['a.yaml'] as string })
    const { sets, services } = await report()
    expect({ services, said: sets.map(setText) }).toEqual({ services: [], said: ['Its service is as the files said.'] })
    await db().service.update({ where: { slug: 'shop' }, data: { name: 'Mine' } })
    const found = await report()
    expect(found.services).toEqual([
      { slug: 'shop', name: 'Mine', owner: 'shop/slos', file: 'a.yaml', line: 1, changes: ['Name “Shop of shop” → “Mine”'] },
    ])
    expect(found.sets.map(setText)).toEqual(['1 of 1 service is no longer what the files said.'])
    expect(inStep(found)).toBe('no')
    expect(told(await apply(FILES))).toContain('change service shop')
    expect(await report()).toMatchObject({ services: [] })
  })

  it('of before is open, as the form says, until the files are applied again', async () => {
    await apply(FILES)
    const managed = async () => (await editServiceStart(ENGINEER, 'shop')).managed
    expect(await managed()).toMatchObject({ place: 'a.yaml, line 1', names: ['name', 'description', 'labels'], mayDetach: false })
    await pool().query('UPDATE service SET declared = NULL')
    expect(await managed()).toMatchObject({ place: null, fields: [], names: [] })
    expect(await report()).toMatchObject({ services: [] })
    expect(told(await apply(FILES))).toEqual([])
    expect(await managed()).toMatchObject({ place: 'a.yaml, line 1' })
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
