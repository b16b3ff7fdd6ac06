import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { draftPlan } from './draft-plan'
import type { Facts, SloFact } from './facts'
import { alerts, serviceFile, sloFile } from './gitops-fixture'
import { readFiles } from './read-files'

const NOW = Date.UTC(2026, 0, 5) / 1000
const RULES = {
  ...{
    owner: 'git',
    prune: false,
    adopt: false,
    source: null,
    team: null,
    tier: null,
    serviceKind: null,
    only: null,
    policies: 'files' as const,
  },
  ...{ mayAlert: true, mayBudget: true, now: NOW },
}
const facts = (slos: SloFact[] = []): Facts => ({
  sources: [{ name: 'prometheus', url: 'http://p', scrapeSeconds: 15 }],
  teams: [{ slug: 'payments', name: 'Payments' }],
  services: new Map(),
  slos: new Map(slos.map((slo) => [slo.key, slo])),
  composites: new Map(),
  members: new Map(),
  alertPresets: [],
  alertsAssigned: [],
  budgetPolicies: new Map(),
  budgetPolicyNames: [],
})
const draftOf = (contents: string[], there = facts(), rules: Partial<typeof RULES> = {}) => {
  const files = contents.map((content, i) => ({ name: `${i}.yaml`, content }))
  return draftPlan(readFiles(files, { whole: true, now: NOW }), there, { ...RULES, ...rules })
}

/** What is there once the steps of a draft were written. */
function written({ steps }: ReturnType<typeof draftOf>, managedBy: string | null): SloFact[] {
  return steps.flatMap(({ does }) =>
    does.flatMap((one) => {
      if (one.does !== 'create-slo') return []
      const { definition, asDeclared } = one
      const key = `${definition.service}/${definition.slug}`
      return [
        {
          ...{
            id: 1,
            key,
            version: 1,
            deleted: false,
            prunedBy: null,
            lifecycle: 'active' as const,
            managedBy,
            declared: asDeclared,
            definition,
          },
          ...{ alerts: null, ownPolicy: null, budgetPolicy: null },
        },
      ]
    }),
  )
}

const slo = fc.record({
  slug: fc.stringMatching(/^[a-z]{1,8}$/),
  target: fc.constantFrom(0.9, 0.99, 0.995, 0.999),
  days: fc.constantFrom(7, 28, 30),
})
const some = fc.uniqueArray(slo, { selector: ({ slug }) => slug, minLength: 1, maxLength: 8 })
const filesOf = (slos: { slug: string; target: number; days: number }[]) => [
  serviceFile('shop'),
  ...slos.map(({ slug, ...more }) => sloFile(slug, more)),
]

describe('a plan', () => {
  it('after it was applied has nothing to do, for its set and for a person', () =>
    fc.assert(
      fc.property(some, fc.constantFrom('git', null), (slos, owner) => {
        const there = facts(written(draftOf(filesOf(slos), facts(), { owner: owner as string }), owner))
        const again = draftOf(filesOf(slos), there, { owner: owner as string })
        expect(again.steps.filter(({ item }) => item.kind === 'slo').map(({ item }) => item.verb)).toEqual(
          slos.map(() => 'unchanged'),
        )
      }),
      { numRuns: 30 },
    ))

  it('never touches what another set or a person made, whatever the files say', () =>
    fc.assert(
      fc.property(some, some, fc.constantFrom('other', null), fc.boolean(), (theirs, ours, managedBy, prune) => {
        const there = facts(written(draftOf(filesOf(theirs)), managedBy))
        const { steps } = draftOf(filesOf(ours), there, { prune })
        for (const { item, does } of steps)
          if (item.kind === 'slo' && item.sloId !== null) expect([item.verb, does]).toEqual(['refused', []])
      }),
      { numRuns: 30 },
    ))

  it('prunes exactly what its set made and no longer declares', () =>
    fc.assert(
      fc.property(some, some, (before, after) => {
        const there = facts(written(draftOf(filesOf(before)), 'git'))
        const { steps } = draftOf(filesOf(after), there, { prune: true })
        const gone = before.map(({ slug }) => slug).filter((slug) => !after.some((one) => one.slug === slug))
        const deleted = steps.filter(({ item }) => item.verb === 'delete').map(({ item }) => item.key)
        expect(deleted.sort()).toEqual(gone.map((slug) => `shop/${slug}`).sort())
      }),
      { numRuns: 30 },
    ))

  it('says of a pair that can never fire that it cannot', () => {
    const { steps } = draftOf([serviceFile('shop'), sloFile('lax', { target: 0.9, alerts: alerts(14.4) })])
    expect(steps.at(-1)?.item).toMatchObject({ kind: 'alert-policy', notes: [expect.stringContaining('it could never fire')] })
  })

  it('says what to do where a token may not decide about alerts', () => {
    const pyrra = `apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: {name: errors, labels: {app: shop}}
spec: {target: "99", window: 4w, indicator: {ratio: {errors: {metric: a}, total: {metric: b}}}}
`
    const refused = (content: string) =>
      draftOf([serviceFile('shop'), content], facts(), { mayAlert: false }).steps.flatMap(({ item }) => item.reason ?? [])
    const who = 'Only SLO owners and administrators decide about alert policies: use a token of the role slo_owner'
    expect(refused(sloFile('lax', { alerts: alerts(14.4) }))).toEqual([`${who}, or leave alertPolicies out of the file.`])
    expect(refused(sloFile('lax', {}))).toEqual([])
    expect(refused(pyrra)).toEqual([`${who}. A file of Pyrra always says how it alerts.`])
  })

  it('takes what the schema of the portal refuses for an error', () => {
    const { faults } = draftOf([serviceFile('shop'), sloFile('bold', { displayName: '<b>bold</b>' })])
    expect(faults.filter(({ severity }) => severity === 'error')).toMatchObject([
      { file: '1.yaml', reason: 'The portal will not take the name: Write plain text: HTML is not shown.' },
    ])
    expect(faults.filter(({ reason }) => reason.startsWith('The portal will not take'))).toHaveLength(1)
  })
})
