import { describe, expect, it } from 'vitest'
import { db, pool } from '../db/client'
import { fileDrift } from '../drift/reads-files'
import { createSlos, undeleteSlo } from '../slo/commands-define'
import { sloDefinitionSchema } from '../slo/definition-input'
import { alerts, apply, freshPortal, OWNER, plan, serviceFile, sloFile, told } from './gitops-fixture'
import { canBeDetached } from './plan'

freshPortal()

const FILES = {
  'a.yaml': serviceFile('shop'),
  'b.yaml': sloFile('availability'),
  'c.yaml': sloFile('orders', { alerts: alerts(14.4) }),
}
const sloNamed = (slug: string) => db().slo.findFirstOrThrow({ where: { slug } })

describe('whose it is', () => {
  const mine = { 'a.yaml': serviceFile('shop'), 'b.yaml': sloFile('availability') }
  const byHand = async (change: object = {}) => {
    await db().service.create({
      data: { slug: 'shop', name: 'Shop', tier: 'critical', kind: 'api', team: { connect: { slug: 'payments' } } },
    })
    const { items } = await plan(mine, { owner: null })
    expect(items).toHaveLength(2)
    const definition = sloDefinitionSchema.parse({
      ...{ slug: 'availability', name: 'availability', service: 'shop', dataSource: 'prometheus', target: 0.9 },
      indicator: { kind: 'availability', requests: 'requests_total{job="shop"}', failed: 'code=~"5.."' },
      window: { kind: 'rolling', days: 28 },
      ...change,
    })
    await createSlos(OWNER, { definitions: [definition], lifecycle: 'draft' })
  }

  it('what people made stays theirs until it is adopted, and then is managed', async () => {
    await byHand()
    const refused = await plan(mine)
    expect(told(refused)).toEqual(['refused slo shop/availability'])
    expect(refused.items.some(canBeDetached)).toBe(false)
    const found = await apply(mine, { adopt: true })
    expect(found.items.at(-1)?.changes).toEqual(
      expect.arrayContaining(['Managed by shop/slos from now on', 'Activated', 'Target 90.00 % → 99.00 %']),
    )
    expect(await sloNamed('availability')).toMatchObject({ managedBy: 'shop/slos', version: 2, lifecycle: 'active' })
  })

  it('another set is never overruled, not even by adopting', async () => {
    await apply(mine, { owner: 'other' })
    expect(told(await plan(mine, { adopt: true }))).toContain('refused slo shop/availability')
    expect(told(await plan(mine, { adopt: true, owner: null }))).toEqual([])
    const changed = { ...mine, 'b.yaml': sloFile('availability', { target: 0.9 }) }
    const refused = await plan(changed, { adopt: true, owner: null })
    expect(told(refused)).toEqual(['refused slo shop/availability'])
    const item = refused.items.find(({ verb }) => verb === 'refused')
    expect(item?.reason).toBe(
      'It is managed by Git (set other, file b.yaml). Change it in that file, or detach it on its page in the portal before other files take it.',
    )
    expect(item && canBeDetached(item)).toBe(true)
  })

  it('a person brings files in, and what they make is managed by nobody', async () => {
    await apply(mine, { owner: null })
    expect(await sloNamed('availability')).toMatchObject({ managedBy: null, declared: null })
    expect(await db().managedSet.count()).toBe(0)
    expect(told(await plan(mine, { owner: null }))).toEqual([])
    expect(told(await plan({ ...mine, 'b.yaml': sloFile('availability', { target: 0.9 }) }, { owner: null }))).toEqual([
      'refused slo shop/availability',
    ])
  })

  it('pruning is asked for, and reaches only what the set made', async () => {
    await apply({ ...FILES, 'd.yaml': sloFile('search') })
    await apply({ 'x.yaml': sloFile('elsewhere') }, { owner: 'other' })
    const less = { 'a.yaml': FILES['a.yaml'], 'b.yaml': FILES['b.yaml'] }
    const kept = await plan(less)
    expect(told(kept)).toEqual([])
    expect(kept.notes.join()).toContain('shop/orders, shop/search')
    expect(told(await apply(less, { prune: true }))).toEqual([
      ...['delete slo shop/orders', 'delete alert-policy shop/orders', 'delete slo shop/search'],
    ])
    const living = await db().slo.findMany({ where: { deletedAt: null }, orderBy: { slug: 'asc' } })
    expect(living.map(({ slug }) => slug)).toEqual(['availability', 'elsewhere'])
    expect(await db().alertPolicy.count({ where: { preset: false } })).toBe(0)
  })

  it('what was pruned comes back with its history when the files do', async () => {
    await apply(FILES)
    const { id } = await sloNamed('orders')
    await apply({ 'a.yaml': FILES['a.yaml'], 'b.yaml': FILES['b.yaml'] }, { prune: true })
    const back = { ...FILES, 'c.yaml': sloFile('orders', { target: 0.98, alerts: alerts(14.4) }) }
    const planned = await plan(back)
    const found = await apply(back)
    expect(found.items.find(({ key, kind }) => key === 'shop/orders' && kind === 'slo')).toMatchObject({
      ...{
        verb: 'create',
        sloId: id,
        changes: [
          'Brought back with its history: target 98.00 %, window 28 d rolling, source prometheus',
          expect.stringMatching(/^Measures custom ratio: good requests_total/),
          'Target 99.00 % → 98.00 %',
        ],
      },
    })
    expect(planned.items.find(({ key, kind }) => key === 'shop/orders' && kind === 'slo')?.effect).toMatchObject({
      ...{ before: null, after: null, why: expect.stringContaining('cannot be reached') },
    })
    expect(await sloNamed('orders')).toMatchObject({ id, deletedAt: null, target: 0.98, version: 2 })
    expect(await db().alertPolicyAssignment.count()).toBe(1)
    expect(await sloNamed('orders')).toMatchObject({ managedBy: 'shop/slos' })
  })

  it('what was pruned has left its set: it is no drift, another set adopts it, and people may bring it back', async () => {
    const theirs = { 'a.yaml': serviceFile('shop'), 'x.yaml': sloFile('elsewhere') }
    await apply({ ...theirs, 'y.yaml': sloFile('orders') }, { owner: 'other' })
    await apply(theirs, { owner: 'other', prune: true })
    const { sets, files } = await fileDrift()
    expect({ sets: sets.map(({ owner, slos, drifting }) => [owner, slos, drifting]), files }).toEqual({
      ...{ sets: [['other', 1, 0]], files: [] },
    })
    const { id } = await sloNamed('orders')
    expect(await sloNamed('orders')).toMatchObject({ managedBy: null, declared: null })
    const mine = { 'y.yaml': sloFile('orders') }
    expect((await plan(mine)).items.find(({ key }) => key === 'shop/orders')?.reason).toMatch(/^An SLO of this name was deleted/)
    expect(told(await plan(mine, { adopt: true }))).toEqual(['create slo shop/orders'])
    await undeleteSlo(OWNER, { sloId: id })
    expect((await fileDrift()).files).toEqual([])
    // It is theirs now, and the set asks before it takes it.
    expect(told(await plan({ ...theirs, ...mine }, { owner: 'other' }))).toEqual(['refused slo shop/orders'])
  })

  it('what was deleted while files declare it is drift, until they no longer do', async () => {
    await apply(FILES)
    await pool().query(`UPDATE slo SET deleted_at = now() WHERE slug = 'orders'`)
    const changes = async () => (await fileDrift()).files.map(({ slug, changes }) => [slug, ...changes])
    const said = [['orders', 'It was deleted in the portal; the files still declare it.']]
    expect(await changes()).toEqual(said)
    await apply({ 'a.yaml': FILES['a.yaml'], 'b.yaml': FILES['b.yaml'] })
    expect(await changes()).toEqual(said)
    await apply({ 'a.yaml': FILES['a.yaml'], 'b.yaml': FILES['b.yaml'] }, { prune: true })
    expect(await changes()).toEqual([])
  })

  it('files without any SLO prune nothing', async () => {
    await apply(FILES)
    await expect(apply({ 'a.yaml': serviceFile('shop') }, { prune: true })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('declare no SLO'),
    })
  })
})
