import { describe, expect, it } from 'vitest'
import { draftPlan } from '../lib/slo-as-code/draft-plan'
import type { Facts } from '../lib/slo-as-code/facts'
import { serviceFile, sloFile } from '../lib/slo-as-code/gitops-fixture'
import { countsOfItems } from '../lib/slo-as-code/plan'
import { planText } from '../lib/slo-as-code/plan-words'
import { readFiles } from '../lib/slo-as-code/read-files'
import { planInOptions } from './option-words'

const source = (name: string) => ({ name, url: `http://${name}`, scrapeSeconds: 15 })
const team = (slug: string) => ({ slug, name: slug })
const shop = { slug: 'shop', name: 'Shop', description: '', labels: {}, managedBy: null, version: 1 }
const FACTS: Facts = {
  ...{ sources: [source('one'), source('two')], teams: [team('a'), team('b')], services: new Map(), slos: new Map() },
  ...{
    composites: new Map(),
    members: new Map(),
    alertPresets: [],
    budgetPolicies: new Map(),
    budgetPolicyNames: [],
    alertsAssigned: [],
  },
}
const RULES = {
  ...{ owner: 'git', prune: false, adopt: false, source: null, team: null, tier: null, serviceKind: null, only: null },
  ...{ policies: 'files' as const, mayAlert: true, mayBudget: true, now: 1_767_571_200 },
}

/** What the command prints for an SLO of the service shop. */
function said(facts: Partial<Facts>, options: object = {}): string {
  const files = [serviceFile('shop'), sloFile('fast', {})].map((content, i) => ({ name: `${i}.yaml`, content }))
  const { steps, faults, notes } = draftPlan(readFiles(files, { whole: true }), { ...FACTS, ...facts }, { ...RULES, ...options })
  const items = steps.map(({ item }) => item)
  const plan = { owner: 'git', ok: true, counts: countsOfItems(items), faults, items, notes, fingerprint: 'f00' }
  return planText(planInOptions(plan))
}

describe('what the portal leaves open is named as the option of the command', () => {
  it('source and team', () => {
    const text = said({})
    expect(text).toContain('Choose one with --source: one, two.')
    expect(text).toContain('Set its label team, or --team, to one of: a, b.')
  })
  it('source and team that there are none of', () => {
    const text = said({}, { source: 'nope', team: 'nope' })
    expect(text).toContain('error The portal has no source “nope”. For --source there are: one, two.\n')
    expect(text).toContain('error The portal has no team “nope”. For --team there are: a, b.\n')
    expect(text).toContain('2 errors in git: nothing can be planned.')
  })
  it('team, tier and kind that were assumed', () =>
    expect(said({ sources: [source('one')], teams: [team('a')] })).toContain(
      'Labels of the service or --team, --tier and --service-kind say otherwise.',
    ))
  it('adopting', () => {
    const slo = {
      ...{ id: 1, key: 'shop/fast', version: 1, deleted: false, lifecycle: 'active', managedBy: null },
      definition: {},
    }
    const facts = { sources: [source('one')], services: new Map([['shop', shop]]), slos: new Map([['shop/fast', slo]]) }
    expect(said(facts as unknown as Facts)).toContain('Use --adopt to let these files change it.')
  })
})
