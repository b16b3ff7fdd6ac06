import { describe, expect, it } from 'vitest'
import type { ObjectiveMonth, ReportIncident, ReportRelease, ReportWaiver } from './document'
import type { Advised } from './recommendation-rules'
import { organisationRecommendations, recommendationsFor } from './recommendations'
import { cause, figures, head, INCIDENTS, JUNE, objective } from './render/objective-fixture'
import { organisationSummary, serviceSummary } from './summary'

const NAMES = { reliability: '', budget: '', incidents: '' }
const { summary: _, recommendations: __, ...HEAD } = head('reports', NAMES)
const report = (more: Partial<Advised>): Advised => ({
  ...HEAD,
  kind: 'service',
  service: {
    ...{ slug: 'checkout', name: 'Checkout', description: '', tier: 'critical', kind: 'api', team: 'Payments' },
    ...{ sloOwner: null, productOwner: null },
  },
  ...{ objectives: [], incidents: [], releases: [], decisions: {}, corrections: [], waivers: [] },
  ...more,
})
/** 1,000,000 events at 99.9 %: a thousand may be bad. */
const answers = (bad: number, more: Partial<ObjectiveMonth> = {}) =>
  objective({ id: 1, name: 'Answers', target: 0.999, bad, total: 1_000_000, ...more })
const incident = (more: Partial<ReportIncident>): ReportIncident => ({
  ...{ id: 398, title: INCIDENTS.card.title, severity: 'sev2', status: 'resolved', rootCause: '' },
  ...{ ...INCIDENTS.card.when, detectionSeconds: 60, costs: [], retrospective: 'none', actions: [] },
  ...more,
})
const release = (version: string, share: number | null): ReportRelease => ({
  ...{ id: 1, version, at: JUNE.from, risk: null, decision: null },
  cost: share === null ? null : { sloId: 1, name: 'Answers', share },
})
const waiver = (id: number): ReportWaiver => ({
  ...{
    id,
    reason: `Reason ${id}`,
    from: JUNE.from,
    until: JUNE.to,
    status: 'ended',
    askedBy: 'Emil',
    signedBy: ['Olga', 'Pablo'],
  },
  ...{ limit: 0.1, used: 0.05 },
})
const rules = (more: Partial<Advised>) => recommendationsFor(report(more)).map(({ rule }) => rule)

describe('what follows from a month', () => {
  const held = (share: number) => ({ causes: [cause('incident', 0, share, INCIDENTS.card)] })
  const quiet = { months: figures(0.999, [0.9992]), ...held(0.1) }
  it.each<[string, Partial<Advised>, string[]]>([
    ['nothing is asked of a service without objectives', {}, []],
    ['the targets stay when nothing else follows', { objectives: [answers(700, quiet)] }, ['keep-targets']],
    [
      'a missed target names its cause',
      {
        objectives: [answers(1_500, { causes: [cause('incident', 1_400, 1.4, INCIDENTS.card), cause('unexplained', 100, 0.1)] })],
      },
      ['missed-target'],
    ],
    [
      'a missed target without one asks for it as well',
      { objectives: [answers(1_500)] },
      ['missed-target', 'unexplained-spending'],
    ],
    [
      'more than half unexplained',
      { objectives: [answers(700, { months: [], causes: [cause('incident', 340, 0.34), cause('unexplained', 360, 0.36)] })] },
      ['unexplained-spending'],
    ],
    [
      'half unexplained is not more than half',
      {
        objectives: [
          answers(700, { consumed: 0.7, months: [], causes: [cause('incident', 350, 0.35), cause('unexplained', 350, 0.35)] }),
        ],
      },
      ['keep-targets'],
    ],
    ['of a budget hardly touched nobody needs an explanation', { objectives: [answers(190, { months: [] })] }, ['keep-targets']],
    [
      'a retrospective that is due',
      {
        objectives: [answers(700, quiet)],
        incidents: [incident({ retrospective: 'due', costs: [{ sloId: 1, name: 'Answers', share: 0.21 }] })],
      },
      ['retrospective-due'],
    ],
    [
      'an action that was due on the last day',
      {
        objectives: [answers(700, quiet)],
        incidents: [incident({ actions: [{ title: 'Renew', owner: null, due: '2026-06-30', done: false }] })],
      },
      ['overdue-actions'],
    ],
    [
      'actions that are done, due later, or due never',
      {
        objectives: [answers(700, quiet)],
        incidents: [
          incident({
            actions: [
              { title: 'a', owner: null, due: '2026-06-30', done: true },
              { title: 'b', owner: null, due: '2026-07-01', done: false },
              { title: 'c', owner: null, due: null, done: false },
            ],
          }),
        ],
      },
      ['keep-targets'],
    ],
    ['too little measured', { objectives: [answers(0, { outcome: 'no_data', coverage: 0.4, months: [] })] }, ['low-coverage']],
    [
      'a release that cost more than a tenth',
      { objectives: [answers(700, quiet)], releases: [release('1.1', 0.1), release('1.2', 0.11), release('1.3', null)] },
      ['release-cost'],
    ],
    ['two waivers in a month', { objectives: [answers(700, quiet)], waivers: [waiver(1), waiver(2)] }, ['waiver-repeats']],
    ['one waiver', { objectives: [answers(700, quiet)], waivers: [waiver(1)] }, ['keep-targets']],
    [
      'missed three months in a row',
      { objectives: [answers(1_500, { ...held(1.5), months: figures(0.999, [0.998, 0.9985, 0.9985]) })] },
      ['missed-target', 'loosen-target'],
    ],
    [
      'missed, met, missed',
      { objectives: [answers(1_500, { ...held(1.5), months: figures(0.999, [0.998, 0.9995, 0.9985]) })] },
      ['missed-target'],
    ],
    [
      'three months that the next step would have held',
      { objectives: [answers(100, { months: figures(0.999, [0.9995, 0.9996, 0.9999]) })] },
      ['progressive-target'],
    ],
    ['two of them', { objectives: [answers(100, { months: figures(0.999, [0.9994, 0.9996, 0.9999]) })] }, ['keep-targets']],
    [
      'a target of no ladder, met by far for three months',
      { objectives: [answers(100, { target: 0.97, months: figures(0.97, [0.995, 0.996, 0.999]) })] },
      ['tighten-target'],
    ],
    [
      'met by far for two months',
      { objectives: [answers(100, { target: 0.97, months: figures(0.97, [0.996, 0.999]) })] },
      ['keep-targets'],
    ],
    [
      'met with more than a quarter spent in one of three',
      { objectives: [answers(100, { target: 0.97, months: figures(0.97, [0.99, 0.996, 0.999]) })] },
      ['keep-targets'],
    ],
  ])('%s', (_name, more, expected) => expect(rules(more)).toEqual(expected))

  it('keeps targets on what was met, and keeps nothing that was not judged', () => {
    const open = answers(0, { outcome: 'not_enough_data', causes: [], months: [] })
    expect(rules({ objectives: [answers(700, quiet), open] })).toEqual([])
    const [keep] = recommendationsFor(report({ objectives: [answers(700, quiet)] }))
    expect(keep?.evidence).toEqual([{ label: 'Answers', value: '99.930 % of 99.90 %' }])
    const line = { name: 'Shop', recommendations: [], objectives: 2, met: 1 }
    expect(organisationRecommendations([line])).toEqual([])
    expect(organisationRecommendations([{ ...line, met: 2 }])[0]?.evidence).toEqual([
      { label: 'Objectives met', value: '2 of 2' },
    ])
  })

  it('calls nothing overdue that is due later than the preview reaches', () => {
    const action = (due: string) => incident({ actions: [{ title: 'Renew', owner: null, due, done: false }] })
    const asOf = JUNE.from + 9 * 86_400 + 3_600
    const due = (date: string) => rules({ asOf, objectives: [answers(700, quiet)], incidents: [action(date)] })
    expect([due('2026-06-09'), due('2026-06-10')]).toEqual([['overdue-actions'], ['keep-targets']])
  })

  it('does not ask for faster releases where they are to become cheaper', () => {
    const months = figures(0.999, [0.9995, 0.9996, 0.9999])
    const said = (releases: ReportRelease[]) =>
      recommendationsFor(report({ objectives: [answers(100, { months })], releases }))
        .map(({ reason }) => reason)
        .join(' ')
    expect(said([])).toContain('faster releases')
    expect(said([release('1.2', 0.11)])).not.toContain('faster releases')
  })

  it('names the evidence', () => {
    const [missed] = recommendationsFor(
      report({
        objectives: [answers(1_500, { causes: [cause('incident', 1_400, 1.4, INCIDENTS.card), cause('unexplained', 100, 0.1)] })],
      }),
    )
    expect(missed).toEqual({
      ...{ rule: 'missed-target', title: 'Work on what broke “Answers”', sloId: 1, service: 'checkout' },
      reason:
        '“Answers” reached 99.850 % of 99.90 % and spent 150.0 % of its budget. The largest part went to INC-398 “Card validation outage”: 140.0 % of the budget.',
      evidence: [
        { label: 'Reached', value: '99.850 %' },
        { label: 'Target', value: '99.90 %' },
        { label: 'Spent by INC-398 “Card validation outage”', value: '140.0 %' },
      ],
    })
  })

  it('is gathered for the organisation, the most pressing first, at most twelve', () => {
    const service = (name: string, more: Partial<Advised>) => {
      const met = (more.objectives ?? []).filter(({ outcome }) => outcome === 'met').length
      return { name, recommendations: recommendationsFor(report(more)), objectives: more.objectives?.length ?? 0, met }
    }
    const found = organisationRecommendations([
      service('Wiki', { objectives: [answers(700, quiet)], waivers: [waiver(1), waiver(2)] }),
      service('Shop', { objectives: [answers(1_500, held(1.5))] }),
      service('Mail', { objectives: [answers(700, quiet)] }),
    ])
    expect(found.map(({ title }) => title)).toEqual(['Shop: work on what broke “Answers”', 'Wiki: ask why waivers come again'])
    expect(organisationRecommendations([service('Mail', { objectives: [answers(700, quiet)] })]).map(({ rule }) => rule)).toEqual(
      ['keep-targets'],
    )
    const many = Array.from({ length: 20 }, (_v, i) => service(`S${i}`, { objectives: [answers(1_500, held(1.5))] }))
    expect(organisationRecommendations(many)).toHaveLength(12)
  })
})

describe('the summary of the organisation', () => {
  it('counts all incidents, not only those that are shown', () => {
    const totals = {
      services: 1,
      objectives: 1,
      met: 1,
      notMet: 0,
      open: 0,
      incidents: 57,
      releases: 0,
      waivers: 0,
      corrections: 0,
    }
    const shown = Array.from({ length: 20 }, (_v, id) => ({ ...incident({ id }), services: ['Shop'] }))
    expect(organisationSummary({ totals, services: [], incidents: shown }).incidents).toBe(
      'There were 57 incidents; no budget was spent.',
    )
  })
})

describe('the summary of a month', () => {
  it.each<[string, ObjectiveMonth[], ReportIncident[], string, string, string]>([
    ['nothing at all', [], [], 'This service has no objectives.', 'No budget could be judged.', 'There was no incident.'],
    [
      'one, met',
      [answers(300)],
      [],
      'The one objective was met.',
      'Least is left of “Answers”: 70.0 % of its budget.',
      'There was no incident.',
    ],
    [
      'two met, one open',
      [answers(300), answers(200), answers(0, { outcome: 'no_data' })],
      [],
      'All 2 objectives were met. Of 1 objective too little was measured to say.',
      'Least is left of “Answers”: 70.0 % of its budget.',
      'There was no incident.',
    ],
    [
      'one of two missed',
      [answers(300), answers(1_351)],
      [incident({})],
      '1 of 2 objectives were met: “Answers” reached 99.864 % of its 99.90 %.',
      'Least is left of “Answers”: −35.1 % of its budget.',
      'There was one incident; no budget was spent.',
    ],
    [
      'an incident that cost',
      [answers(300)],
      [incident({ costs: [{ sloId: 1, name: 'Answers', share: 0.21 }] }), incident({ id: 9 })],
      'The one objective was met.',
      'Least is left of “Answers”: 70.0 % of its budget.',
      'There were 2 incidents; INC-398 “Card validation outage” spent most: 21.0 % of the budget of “Answers”.',
    ],
    [
      'nothing judged',
      [answers(0, { outcome: 'not_enough_data' })],
      [],
      'Too little was measured to judge any objective.',
      'No budget could be judged.',
      'There was no incident.',
    ],
  ])('of %s', (_name, objectives, incidents, reliability, budget, told) =>
    expect(serviceSummary({ objectives, incidents })).toEqual({ reliability, budget, incidents: told }),
  )
})
