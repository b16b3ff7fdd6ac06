import { describe, expect, it } from 'vitest'
import { db, pool } from '../db/client'
import { sloVersions } from '../slo/reads-versions'
import { alerts, apply, counted, freshPortal, OWNER, person, plan, serviceFile, sloFile, told } from './gitops-fixture'

freshPortal()

const FILES = {
  'a.yaml': serviceFile('shop'),
  'b.yaml': sloFile('availability'),
  'c.yaml': sloFile('orders', { alerts: alerts(14.4) }),
}
const sloNamed = (slug: string) => db().slo.findFirstOrThrow({ where: { slug } })

describe('a plan', () => {
  it('says what it would do and why budgets are unknown, and writes nothing', async () => {
    const before = await counted()
    const found = await plan(FILES)
    expect(told(found)).toEqual([
      'create service shop',
      'create slo shop/availability',
      'create slo shop/orders',
      'create alert-policy shop/orders',
    ])
    expect(found).toMatchObject({ ok: true, owner: 'shop/slos', counts: { create: 4, change: 0, delete: 0, refused: 0 } })
    expect(found.items[0]?.changes).toEqual(['Created: tier critical, kind web, team payments'])
    expect(found.items[1]).toMatchObject({
      place: { file: 'b.yaml', line: 1 },
      effect: { before: null, after: null, why: expect.stringContaining('cannot be reached') },
    })
    expect(await counted()).toEqual(before)
  })

  it('names every fault of every file at once, each at its place, and has nothing to apply', async () => {
    const found = await plan({
      'a.yaml': sloFile('availability', { service: 'shp' }),
      'b.yaml': serviceFile('shop'),
      'c.yaml': 'kind: SLO\napiVersion: openslo/v1\n',
    })
    expect(found.ok).toBe(false)
    expect(found.items).toEqual([])
    const errors = found.faults.filter(({ severity }) => severity === 'error')
    expect(errors[0]).toMatchObject({
      ...{ file: 'a.yaml', line: 5, reason: 'There is no service “shp”, here or in the portal.' },
      suggestion: 'Did you mean shop?',
    })
    expect(errors.some(({ file }) => file === 'c.yaml')).toBe(true)
  })

  it('needs a source and a team that are plain, and takes what it is told', async () => {
    await db().dataSource.create({ data: { name: 'thanos', url: 'http://127.0.0.1:2' } })
    await db().team.create({ data: { slug: 'stock', name: 'Stock' } })
    const files = { 'a.yaml': serviceFile('shop', '{ product: shop }'), 'b.yaml': sloFile('availability') }
    const { faults } = await plan(files)
    expect(faults.filter(({ severity }) => severity === 'error').map(({ suggestion }) => suggestion)).toEqual([
      'Set its label team, or the option team, to one of: payments, stock.',
      'Choose one with the option source: prometheus, thanos.',
    ])
    const found = await plan(files, { source: 'thanos', team: 'stock', tier: 'essential' })
    expect(found.items[0]).toMatchObject({
      changes: ['Created: tier essential, kind api, team stock'],
      notes: ['Assumed: kind api. Labels of the service or options say otherwise.'],
    })
  })

  it('is asked for by those who define SLOs only', async () => {
    for (const role of ['viewer', 'product_owner'] as const)
      await expect(plan(FILES, {}, person(role))).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('of an engineer leaves alert policies to those who decide about them', async () => {
    const found = await plan(FILES, {}, person('engineer'))
    expect(found).toMatchObject({ ok: false, counts: { refused: 1 } })
    await expect(apply(FILES, {}, person('engineer'))).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await db().slo.count()).toBe(0)
  })
})

describe('applying', () => {
  it('makes all of it, with versions, audit rows, the set and what the files said', async () => {
    await apply(FILES, { revision: 'abc123', repository: 'https://git.example.org/shop' })
    const slo = await sloNamed('orders')
    expect(slo).toMatchObject({ lifecycle: 'active', managedBy: 'shop/slos', target: 0.99 })
    expect(slo.declared).toMatchObject({
      file: 'c.yaml',
      line: 1,
      format: 'openslo',
      definition: { slug: 'orders', target: 0.99 },
    })
    expect(await db().managedSet.findMany()).toMatchObject([
      { owner: 'shop/slos', appliedBy: 'A slo_owner', revision: 'abc123', repository: 'https://git.example.org/shop' },
    ])
    const assigned = await db().alertPolicyAssignment.findUniqueOrThrow({
      where: { scope: `slo:${slo.id}` },
      include: { policy: true },
    })
    expect(assigned.policy).toMatchObject({ id: slo.ownAlertPolicyId, slug: 'alerts-shop-orders', version: 1 })
    expect((await sloVersions(OWNER, slo.id)).map(({ changes }) => changes)).toEqual([['Created']])
    const actions = (await db().auditEntry.findMany({ orderBy: { id: 'asc' } })).map(({ action }) => action)
    expect(actions).toEqual([
      ...['service.create', 'slo.create', 'slo.create', 'alert_policy.create', 'alert_policy.assign', 'files.apply'],
    ])
  })

  it('a second time has nothing to do, wherever the lines have moved to', async () => {
    await apply(FILES)
    const before = await counted()
    const moved = { ...FILES, 'b.yaml': `# a comment\n\n${FILES['b.yaml']}` }
    const found = await apply(moved)
    expect(found.counts).toEqual({ create: 0, change: 0, delete: 0, refused: 0, unchanged: 4 })
    expect((await sloNamed('availability')).declared).toMatchObject({ line: 3 })
    // The run itself is in the audit.
    expect(await counted()).toEqual(before.with(7, (before[7] as number) + 1))
  })

  it('changes what differs, in words, and leaves the rest', async () => {
    await apply(FILES)
    const next = {
      ...FILES,
      'b.yaml': sloFile('availability', { target: 0.995 }),
      'c.yaml': sloFile('orders', { alerts: alerts(10) }),
    }
    const found = await plan(next)
    expect(found.items.map(({ verb, key, changes }) => [verb, key, ...changes])).toEqual([
      ['unchanged', 'shop'],
      ['change', 'shop/availability', 'Target 99.00 % → 99.50 %'],
      ['unchanged', 'shop/orders'],
      ['change', 'shop/orders', expect.stringContaining('threshold 14.4× → 10×')],
    ])
    await apply(next, { expect: found.fingerprint })
    expect(await sloNamed('availability')).toMatchObject({ target: 0.995, version: 2 })
    expect(await db().alertPolicy.findFirstOrThrow({ where: { slug: 'alerts-shop-orders' } })).toMatchObject({ version: 2 })
  })

  it('gives alerts back to the portal when the files say nothing of them any more', async () => {
    await apply(FILES)
    const next = { ...FILES, 'c.yaml': sloFile('orders') }
    expect(told(await apply(next))).toEqual(['delete alert-policy shop/orders'])
    expect(await db().alertPolicyAssignment.count()).toBe(0)
    expect(await db().alertPolicy.count({ where: { preset: false } })).toBe(0)
    const elsewhere = await sloNamed('orders')
    await pool().query(
      `INSERT INTO alert_policy_assignment (scope, policy_id, slo_id) SELECT $1, id, $2 FROM alert_policy WHERE slug = 'two-tier'`,
      [`slo:${elsewhere.id}`, elsewhere.id],
    )
    expect(told(await plan(next))).toEqual([])
  })

  it('switches alerts off where the file does', async () => {
    const sloth = `version: prometheus/v1
service: shop
slos:
  - name: requests
    objective: 99
    sli: { events: { error_query: 'sum(rate(r{code=~"5.."}[{{.window}}]))', total_query: 'sum(rate(r[{{.window}}]))' } }
    alerting: { page_alert: { disable: true }, ticket_alert: { disable: true } }
`
    const found = await apply({ 'sloth.yaml': sloth }, { team: 'payments' })
    expect(found.items.at(-1)?.changes).toEqual(['Alert policy “No alerts”'])
    const { id } = await sloNamed('requests')
    const assigned = await db().alertPolicyAssignment.findUnique({ where: { scope: `slo:${id}` }, include: { policy: true } })
    expect(assigned?.policy.slug).toBe('no-alerts')
    expect((await apply({ 'sloth.yaml': sloth })).counts.unchanged).toBe(3)
    // The preset goes with the SLO: one that comes back without a word of alerts has those of the portal.
    await apply({ 'b.yaml': sloFile('availability') }, { prune: true })
    expect(await db().alertPolicyAssignment.count({ where: { scope: `slo:${id}` } })).toBe(0)
  })
})

describe('all or nothing', () => {
  it('a last object that cannot be written undoes the others', async () => {
    // The database will not take the policy that the last step wants to write.
    await pool().query(`ALTER TABLE alert_policy ADD CONSTRAINT refused CHECK (slug <> 'alerts-shop-orders') NOT VALID`)
    const before = await counted()
    await expect(apply(FILES)).rejects.toThrow('refused')
    expect(await counted()).toEqual(before)
    await pool().query('ALTER TABLE alert_policy DROP CONSTRAINT refused')
  })

  it('a policy of people that has the name already keeps it', async () => {
    await db().alertPolicy.create({ data: { slug: 'alerts-shop-orders', name: 'Mine', settings: {} } })
    await apply(FILES)
    const slugs = (await db().alertPolicy.findMany({ where: { preset: false } })).map(({ slug }) => slug).sort()
    expect(slugs).toEqual(['alerts-shop-orders', expect.stringMatching(/^alerts-shop-orders-[a-z0-9]{7}$/)])
    expect(told(await plan(FILES))).toEqual([])
  })

  it('with one refused object nothing is applied, and it says which', async () => {
    await apply({ 'a.yaml': serviceFile('shop'), 'b.yaml': sloFile('availability') }, { owner: 'other' })
    const before = await counted()
    await expect(apply(FILES)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('shop/availability: It is managed by Git (set other, file b.yaml)'),
      extension: { plan: { counts: { refused: 1 } } },
    })
    expect(await counted()).toEqual(before)
  })

  it('with a fault in one file nothing is applied, and all faults come along', async () => {
    const before = await counted()
    const bad = { ...FILES, 'd.yaml': 'kind: SLO\napiVersion: openslo/v1\n', 'e.yaml': 'a: 1\na: 2\n' }
    await expect(apply(bad)).rejects.toMatchObject({ code: 'INVALID_INPUT', extension: { faults: expect.any(Array) } })
    expect(await counted()).toEqual(before)
  })

  it('a plan that is no longer so is not applied', async () => {
    const { fingerprint } = await plan(FILES)
    await apply({ 'a.yaml': serviceFile('shop') }, { owner: 'other' })
    const before = await counted()
    await expect(apply(FILES, { expect: fingerprint })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('Plan again'),
    })
    expect(await counted()).toEqual(before)
    await expect(
      apply({ ...FILES, 'b.yaml': sloFile('availability', { target: 0.9 }) }, { expect: fingerprint }),
    ).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await counted()).toEqual(before)
  })

  it('of ten at once, the same files are applied once', async () => {
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => apply(FILES)))
    const done = all.filter(({ status }) => status === 'fulfilled')
    for (const one of all) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'CONFLICT' })
    expect(done.length).toBeGreaterThan(0)
    expect([await db().slo.count(), await db().sloVersion.count(), await db().alertPolicyAssignment.count()]).toEqual([2, 2, 1])
  })

  it('two with different files leave one of them, whole', async () => {
    await apply(FILES)
    const next = (target: number) => ({
      ...FILES,
      'b.yaml': sloFile('availability', { target }),
      'c.yaml': sloFile('orders', { target, alerts: alerts(14.4) }),
    })
    const all = await Promise.allSettled([apply(next(0.95)), apply(next(0.97))])
    expect(all.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
    const [one, two] = [await sloNamed('availability'), await sloNamed('orders')]
    expect(one.target).toBe(two.target)
  })
})
