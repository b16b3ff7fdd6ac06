import { describe, expect, it } from 'vitest'
import { db, pool } from '../db/client'
import { deleteSlo } from '../slo/commands-define'
import { apply, compositeFile, counted, type Files, freshPortal, OWNER, plan, serviceFile, sloFile } from './gitops-fixture'

freshPortal()

const SHOP = { 's.yaml': serviceFile('shop') }
const OTHER = { owner: 'other/slos' }
const errorsOf = ({ faults }: Awaited<ReturnType<typeof plan>>) => faults.filter(({ severity }) => severity === 'error')

/** Planned and applied alike: the same sentence at its place, and nothing is written. */
async function refused(files: Files, more: object = {}) {
  const found = await plan(files, more)
  const [error] = errorsOf(found)
  expect(found).toMatchObject({ ok: false, items: [] })
  const before = await counted()
  await expect(apply(files, more)).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringContaining(`${error?.file}:${error?.line}: ${error?.reason}`),
    extension: { faults: found.faults },
  })
  expect(await counted()).toEqual(before)
  return error
}
const sloNamed = (slug: string) => db().slo.findFirstOrThrow({ where: { slug } })
const remove = async (slug: string) => {
  const { id, version } = await sloNamed(slug)
  await deleteSlo(OWNER, { id, version })
}

describe('an SLO made of SLOs', () => {
  it('shares the window of its members, in the files', async () => {
    const files = { ...SHOP, 'a.yaml': sloFile('a', { days: 28 }), 'b.yaml': sloFile('b', { days: 14 }) }
    expect(await refused({ ...files, 'w.yaml': compositeFile('whole', ['a', 'b'], { days: 14 }) })).toMatchObject({
      ...{ file: 'w.yaml', line: 1, column: 1, stage: 'references', object: 'SLO whole' },
      reason: 'Its window is 14 d rolling, and that of shop/a, which it is made of, 28 d rolling.',
      suggestion: 'Give both the same window.',
    })
  })

  it('shares the window of its members, in the portal', async () => {
    await apply({ ...SHOP, 'a.yaml': sloFile('a'), 'b.yaml': sloFile('b') }, OTHER)
    expect(await refused({ 'w.yaml': compositeFile('whole', ['a', 'b'], { days: 14 }) })).toMatchObject({
      suggestion: 'Write a window of 28 d rolling here as well.',
    })
    expect((await apply({ 'w.yaml': compositeFile('whole', ['a', 'b']) })).counts.create).toBe(1)
  })

  it('has members that are there', async () => {
    const files = { ...SHOP, 'a.yaml': sloFile('a'), 'b.yaml': sloFile('basket') }
    expect(await refused({ ...files, 'w.yaml': compositeFile('whole', ['a', 'baskets']) })).toMatchObject({
      ...{ file: 'w.yaml', reason: 'It is made of shop/baskets, and there is no such SLO, here or in the portal.' },
      suggestion: 'Did you mean shop/basket?',
    })
  })

  it('has members that the same plan does not delete', async () => {
    const files = { ...SHOP, 'a.yaml': sloFile('a'), 'b.yaml': sloFile('b') }
    const whole = { 'w.yaml': compositeFile('whole', ['a', 'b']) }
    await apply({ ...files, ...whole })
    const without = { ...SHOP, 'a.yaml': sloFile('a'), ...whole }
    expect(await refused(without, { prune: true })).toMatchObject({
      ...{ file: 'w.yaml', reason: 'It is made of shop/b, which is no longer in the files: this plan deletes it.' },
    })
  })

  it('has members that are not deleted in the portal, unless it was there before', async () => {
    const files = { ...SHOP, 'a.yaml': sloFile('a') }
    const whole = { 'w.yaml': compositeFile('whole', ['a', 'b']) }
    await apply({ ...files, 'b.yaml': sloFile('b'), ...whole }, { owner: null })
    await remove('b')
    const changed = { ...files, 'w.yaml': compositeFile('whole', ['a', 'b'], { target: 0.5 }) }
    const more = { adopt: true }
    expect(await refused(changed, more)).toMatchObject({ reason: 'It is made of shop/b, which was deleted in the portal.' })
    const without = { ...files, ...whole }
    const { ok, faults } = await plan(without, more)
    expect([ok, faults.map(({ severity, reason }) => `${severity}: ${reason}`)]).toEqual([
      true,
      ['warning: It is made of shop/b, which was deleted in the portal. It is late here: the others decide.'],
    ])
    await apply(without, more)
  })

  it('keeps its window when members change theirs', async () => {
    const files = { ...SHOP, 'a.yaml': sloFile('a'), 'b.yaml': sloFile('b') }
    await apply(files)
    await apply({ 'w.yaml': compositeFile('whole', ['a', 'b']) }, OTHER)
    const other = { ...files, 'a.yaml': sloFile('a', { days: 7 }) }
    expect(await refused(other)).toMatchObject({
      ...{ file: 'a.yaml', line: 1, object: 'SLO a' },
      reason: 'The composite shop/whole is made of it and has a window of 28 d rolling, this one 7 d rolling.',
    })
  })

  it('keeps its window when members of the same files change theirs, or come back with another', async () => {
    const files = { ...SHOP, 'a.yaml': sloFile('a'), 'b.yaml': sloFile('b'), 'w.yaml': compositeFile('whole', ['a', 'b']) }
    await apply(files, { owner: null })
    const { 'w.yaml': _, ...members } = { ...files, 'a.yaml': sloFile('a', { days: 7 }) }
    const more = { adopt: true }
    expect(await refused({ ...files, ...members }, more)).toMatchObject({
      ...{ file: 'w.yaml', object: 'SLO whole', suggestion: 'Give both the same window.' },
    })
    await remove('a')
    expect(await refused(members, more)).toMatchObject({ file: 'a.yaml', object: 'SLO a' })
    expect(await refused({ ...files, ...members }, more)).toMatchObject({ file: 'w.yaml' })
    expect((await apply(files, more)).counts).toMatchObject({ create: 1 })
  })

  it('may be brought to one window with its members after they were at odds', async () => {
    await apply({ ...SHOP, 'a.yaml': sloFile('a'), 'b.yaml': sloFile('b') })
    await apply({ 'w.yaml': compositeFile('whole', ['a', 'b']) }, OTHER)
    await db().slo.updateMany({ where: { slug: 'a' }, data: { window: { kind: 'rolling', days: 7 } } })
    const found = await apply({ ...SHOP, 'a.yaml': sloFile('a'), 'b.yaml': sloFile('b') })
    expect(found.items.find(({ key }) => key === 'shop/a')?.changes).toEqual(['Window 7 d rolling → 28 d rolling'])
  })

  it('closes no circle, over files and portal', async () => {
    const files = { ...SHOP, 'a.yaml': sloFile('a'), 'b.yaml': sloFile('b') }
    await apply({ ...files, 'w.yaml': compositeFile('whole', ['a', 'b']) })
    await apply({ 'o.yaml': compositeFile('outer', ['whole', 'a']) }, OTHER)
    expect(await refused({ ...files, 'w.yaml': compositeFile('whole', ['a', 'outer']) })).toMatchObject({
      reason: 'It is made of shop/outer, which is itself made of it (shop/outer → shop/whole).',
    })
  })
})

describe('pruning an SLO that others are made of', () => {
  it('is done as people do it: its composites go on without it, and the plan says how', async () => {
    await apply({ ...SHOP, 'a.yaml': sloFile('a'), 'b.yaml': sloFile('b') })
    await apply({ 'w.yaml': compositeFile('whole', ['a', 'b']) }, OTHER)
    const found = await plan({ ...SHOP, 'a.yaml': sloFile('a') }, { prune: true })
    expect(found.items.find(({ verb }) => verb === 'delete')).toMatchObject({
      key: 'shop/b',
      notes: ['shop/whole is made of it. There it is late from then on: the others decide.'],
    })
    await apply({ ...SHOP, 'a.yaml': sloFile('a') }, { prune: true })
    expect((await sloNamed('whole')).deletedAt).toBeNull()
  })

  it('says nothing of composites that go with it', async () => {
    const files = { ...SHOP, 'a.yaml': sloFile('a'), 'b.yaml': sloFile('b') }
    await apply({ ...files, 'w.yaml': compositeFile('whole', ['a', 'b']) })
    const found = await plan({ ...SHOP, 'a.yaml': sloFile('a') }, { prune: true })
    expect(found.items.filter(({ verb }) => verb === 'delete').map(({ key, notes }) => [key, notes])).toEqual([
      ['shop/b', []],
      ['shop/whole', []],
    ])
  })
})

it('one of objectives has the source that they name, where the portal has several', async () => {
  await db().dataSource.create({ data: { name: 'victoria', url: 'http://127.0.0.1:2' } })
  const metric = (query: string) => ({ metricSource: { metricSourceRef: 'victoria', spec: { query } } })
  const part = (job: string) => ({
    ...{ displayName: job, target: 0.99 },
    indicator: {
      metadata: { name: job },
      spec: {
        ratioMetric: { counter: true, good: metric(`good_total{job="${job}"}`), total: metric(`all_total{job="${job}"}`) },
      },
    },
  })
  const spec = {
    ...{ service: 'shop', budgetingMethod: 'Occurrences', timeWindow: [{ duration: '28d', isRolling: true }] },
    objectives: [part('a'), part('b')],
  }
  const whole = JSON.stringify({ apiVersion: 'openslo/v1', kind: 'SLO', metadata: { name: 'whole' }, spec })
  expect(errorsOf(await plan({ ...SHOP, 'w.yaml': whole }))).toEqual([])
  await apply({ ...SHOP, 'w.yaml': whole })
  expect(await db().slo.count({ where: { dataSource: { name: 'victoria' } } })).toBe(3)
})

it('what happens while it is written is refused with the plan, and says which SLO it is about', async () => {
  await apply({ ...SHOP, 'a.yaml': sloFile('a'), 'b.yaml': sloFile('b') }, { owner: null })
  const locks = await pool().connect()
  try {
    await locks.query(`SELECT pg_advisory_lock(hashtext('composite'))`)
    const applied = apply({ 'w.yaml': compositeFile('whole', ['a', 'b']) }).catch((error: unknown) => error)
    const waiting = async () =>
      (
        await locks.query(
          `SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
           WHERE l.locktype = 'advisory' AND NOT l.granted AND d.datname = current_database()`,
        )
      ).rowCount
    await expect.poll(waiting, { interval: 20, timeout: 10_000 }).toBe(1)
    await remove('b')
    await locks.query('SELECT pg_advisory_unlock_all()')
    expect(await applied).toMatchObject({
      ...{ code: 'CONFLICT', message: expect.stringMatching(/^shop\/whole: “b” was deleted\./) },
      extension: { plan: { counts: { create: 1 } } },
    })
    expect(await db().slo.count({ where: { slug: 'whole' } })).toBe(0)
  } finally {
    locks.release()
  }
})
