import { describe, expect, it } from 'vitest'
import { TWO_TIER } from '../alert/presets'
import { db } from '../db/client'
import { updateService } from '../service/commands'
import type { ServiceDefinition } from '../service/definition-input'
import { storedService } from '../service/reads-stored'
import { annotated, apply, type Files, freshPortal, person, plan, serviceFile, sloFile, told } from './gitops-fixture'
import type { Plan } from './plan'
import { exportedFiles } from './reads-export'

freshPortal()

const ENGINEER = person('engineer')
const FILES: Files = { 'a.yaml': serviceFile('shop'), 'b.yaml': sloFile('availability') }
const stored = (slug: string) => storedService(db(), slug)
const record = async (slug: string) => (await stored(slug)).record
const update = async (slug: string, change: Partial<ServiceDefinition>) => {
  const { version, record } = await stored(slug)
  return updateService(ENGINEER, { slug, version, definition: { ...record, newTeam: null, ...change } })
}
const faultsOf = ({ faults }: Plan) =>
  faults.map(({ file, line, severity, reason, suggestion }) => `${file}:${line} ${severity} ${reason} ${suggestion ?? ''}`.trim())

describe('what files say of services', () => {
  it('goes out whole and comes back in another portal, with services that are only needed', async () => {
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
    await apply(files, { owner: null })
    const before = await Promise.all(['shop', 'till'].map(record))
    expect(before[0]).toMatchObject({
      ...{ team: 'search', tier: 'best_effort', kind: 'batch', timeZone: 'Asia/Kathmandu', links, dependencies: ['till'] },
    })
    const exported = Object.fromEntries((await exportedFiles(ENGINEER)).map(({ name, text }) => [name, text]))
    expect(told(await plan(exported, { owner: null }))).toEqual([])
    await db().$executeRaw`TRUNCATE slo, service CASCADE`
    const made = await apply(exported, { owner: null })
    expect(made).toMatchObject({ notes: [], faults: [] })
    expect(made.items.find(({ key }) => key === 'shop')?.changes).toEqual([
      'Created: tier best effort, kind batch, team search, time zone Asia/Kathmandu, runbook https://runbooks.example/shop, repository https://git.example/shop, depends on till',
    ])
    expect(await Promise.all(['shop', 'till'].map(record))).toEqual(before)
  })

  it('changes with them, in words, and what they leave open stays', async () => {
    await apply({ ...FILES, 'a.yaml': annotated('shop', { tier: 'critical', kind: 'web' }) })
    await update('shop', {
      timeZone: 'Europe/Berlin',
      links: { runbook: null, dashboard: 'https://d.example', repository: null },
    })
    const files = { ...FILES, 'a.yaml': annotated('shop', { tier: 'best_effort', kind: 'web' }) }
    expect((await plan(files)).items.find(({ kind }) => kind === 'service')?.changes).toEqual(['Tier critical → best effort'])
    await apply(files)
    expect(await record('shop')).toMatchObject({
      tier: 'best_effort',
      timeZone: 'Europe/Berlin',
      links: { dashboard: 'https://d.example' },
    })
    expect(told(await plan(files))).toEqual([])
  })

  it('is more than its labels, which are free once it is there', async () => {
    await apply(FILES)
    await update('shop', { tier: 'standard' })
    expect(told(await plan(FILES))).toEqual([])
    const relabelled = { ...FILES, 'a.yaml': serviceFile('shop', '{ team: search, tier: essential }') }
    expect((await apply(relabelled)).items[0]?.changes).toEqual([
      'Labels kind=web, team=payments, tier=critical → team=search, tier=essential',
    ])
    expect(await record('shop')).toMatchObject({ tier: 'standard', team: 'payments' })
  })

  it('says which fields it closes to people, and which it opens', async () => {
    await apply(FILES)
    const more = { ...FILES, 'a.yaml': annotated('shop', { tier: 'critical' }) }
    const changes = async (files: Files) => (await apply(files)).items.find(({ kind }) => kind === 'service')?.changes
    expect(await changes(more)).toContain('The files say its tier from now on')
    expect(await changes(more)).toEqual([])
    expect(await changes({ ...FILES, 'a.yaml': annotated('shop', {}) })).toEqual(['The files no longer say its tier: people do'])
  })

  it('names labels of a new one that look as if they meant something and do not', async () => {
    const files = { 'c.yaml': serviceFile('till', '{ team: nobody, tier: gold, kind: web }') }
    expect((await plan(files)).items[0]?.notes).toEqual([
      'Assumed: team payments (the label says “nobody”, which is no team here), tier standard (the label says “gold”, which is no tier here). Labels of the service or options say otherwise.',
    ])
  })

  it('says which alerts hold by the tier that it will have', async () => {
    const preset = await db().alertPolicy.findUniqueOrThrow({ where: { slug: TWO_TIER.slug } })
    await db().alertPolicyAssignment.create({ data: { scope: 'tier:critical', tier: 'critical', policyId: preset.id } })
    await apply({ ...FILES, 'a.yaml': annotated('shop', { tier: 'standard' }) })
    const { items } = await plan({ ...FILES, 'a.yaml': annotated('shop', { tier: 'critical' }), 'c.yaml': sloFile('orders') })
    expect(items.find(({ kind }) => kind === 'service')?.notes).toEqual([
      `Its SLOs that say nothing of alerts go from alerts “Workbook” (nothing is assigned) to alerts “${TWO_TIER.name}” (assigned to its tier).`,
    ])
    expect(items.find(({ key }) => key === 'shop/orders')?.changes[0]).toContain(
      `alerts “${TWO_TIER.name}” (assigned to its tier)`,
    )
  })

  it('is left out, with a warning, where the portal has none of it', async () => {
    await apply(FILES)
    const warned = async (annotations: Record<string, unknown>) => {
      const found = await plan({ ...FILES, 'a.yaml': annotated('shop', annotations) })
      expect(found.ok).toBe(true)
      return faultsOf(found)
    }
    expect(await warned({ team: 'nobody' })).toEqual([
      'a.yaml:1 warning The portal has no team “nobody”: that is left out. There are: payments.',
    ])
    expect(await warned({ dependencies: ['shopp'] })).toEqual([
      'a.yaml:1 warning There is no service “shopp” to depend on, here or in the portal: that is left out. Did you mean shop?',
    ])
    // What a new one has to have comes from whoever applies it.
    await db().team.create({ data: { slug: 'search', name: 'Search' } })
    const other = { 'c.yaml': annotated('till', { team: 'nobody' }) }
    expect(faultsOf(await plan(other))).toEqual([
      'c.yaml:1 error The portal has no team “nobody” for the new service till. Set its annotation headroom.dev/team, or the option team, to one of: payments, search.',
    ])
    await apply(other, { team: 'search' })
    expect(await record('till')).toMatchObject({ team: 'search' })
    expect(told(await plan(other))).toEqual([])
  })

  it('is refused at its place where it cannot be', async () => {
    await apply(FILES)
    const circle = (needs: string[]) => ({
      ...{ ...FILES, 'a.yaml': annotated('shop', { dependencies: needs }) },
      'c.yaml': annotated('till', { dependencies: ['shop'] }),
    })
    expect(faultsOf(await plan(circle(['shop'])))).toEqual([
      'a.yaml:1 error These depend on each other: shop → shop. Take one arrow out.',
    ])
    expect(faultsOf(await plan(circle(['till'])))).toEqual([
      'a.yaml:1 error These depend on each other: shop → till → shop. Take one arrow out.',
    ])
    for (const slug of ['till', 'shop']) {
      const name = 'n'.repeat(81)
      const long = annotated(slug, { name }).replace('"metadata":{', `"metadata":{"displayName":"${name.slice(0, 62)}…",`)
      const { faults } = await plan({ ...FILES, 'a.yaml': long })
      expect(faults.filter(({ severity }) => severity === 'error')).toMatchObject([
        { file: 'a.yaml', reason: 'The portal will not take the name: Use at most 80 characters.' },
      ])
    }
  })

  it('may turn arrows around, by way of services that stay as they are as well', async () => {
    const needs = (of: Record<string, string[] | null>) =>
      Object.fromEntries(
        Object.entries(of).map(([slug, dependencies]) => [`${slug}.json`, annotated(slug, dependencies ? { dependencies } : {})]),
      )
    await apply(needs({ aa: [], mm: ['bb'], bb: ['aa'] }))
    expect(told(await apply(needs({ aa: ['mm'], mm: null, bb: [] })))).toEqual([
      ...['change service aa', 'change service bb', 'change service mm'],
    ])
    expect((await record('aa')).dependencies).toEqual(['mm'])
    expect(told(await apply(needs({ aa: [], bb: ['aa'] })))).toEqual(['change service aa', 'change service bb'])
  })

  it('is warned of where two files disagree', async () => {
    const sloth = (labels: object) =>
      JSON.stringify({
        ...{ version: 'prometheus/v1', service: 'till', labels },
        slos: [
          {
            ...{ name: `paid-${JSON.stringify(labels).length}`, objective: 99 },
            alerting: { page_alert: { disable: true }, ticket_alert: { disable: true } },
            sli: {
              events: {
                error_query: 'sum(rate(e_total{job="till"}[{{.window}}]))',
                total_query: 'sum(rate(t_total{job="till"}[{{.window}}]))',
              },
            },
          },
        ],
      })
    const files = { 'a.json': sloth({ area: 'eu' }), 'b.json': sloth({ area: 'world' }) }
    expect(faultsOf(await plan(files))).toEqual([
      'b.json:1 warning The label area of the service till is eu at a.json:1 and world here: the first counts. Write the same in both.',
    ])
  })
})
