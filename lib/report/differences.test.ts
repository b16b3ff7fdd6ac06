import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentChanges } from './differences'
import type { OrganisationReport, ServiceReport } from './document'
import { facts, placeOf, serviceFacts } from './facts-fixture'
import { canonicalJson } from './hash'
import { objectiveMonth } from './objective'
import { extractOf, organisationReport } from './organisation-report'
import { serviceReport } from './service-report'

const JUNE = placeOf('2026-06', 'UTC')
const service = serviceReport(serviceFacts(JUNE), JUNE)
const worst = { sloId: 1, name: 'Answers', target: 0.99, sli: 0.999, remaining: 0.9, outcome: 'met' as const }
const extract = extractOf(service)
const organisation = organisationReport([{ ...extract, line: { ...extract.line, worst } }], JUNE, null)

/** As a database gives it back: the same content, keys in an order of its own. */
const reordered = <T>(value: T): T => {
  if (Array.isArray(value)) return value.map(reordered) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1))
      .reverse()
      .map(([key, inner]) => [key, reordered(inner)]),
  ) as T
}

describe('what a revision says that it changes', () => {
  it.each([
    ['service', service],
    ['organisation', organisation],
  ])('is nothing when the %s is the same in another order of keys', (_, report) => {
    expect(documentChanges(reordered(report), report)).toEqual([])
    expect(documentChanges(report, JSON.parse(canonicalJson(report)))).toEqual([])
  })
  it('is something whenever a figure of an objective differs', () => {
    const [objective = objectiveMonth(facts(JUNE), JUNE)] = service.objectives
    fc.assert(
      fc.property(
        fc.constantFrom('sli', 'good', 'total', 'allowed', 'consumed', 'remaining', 'coverage', 'target'),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (key, value) => {
          const next = { ...service, objectives: [{ ...objective, [key]: value }] }
          expect(documentChanges(service, next).length > 0).toBe(value !== objective[key as 'sli'])
        },
      ),
    )
  })
  const line = organisation.services[0] as OrganisationReport['services'][number]
  const withLine = (more: Partial<typeof line>) => ({ ...organisation, services: [{ ...line, ...more }] })
  it.each<[string, OrganisationReport, string[]]>([
    [
      'another outcome',
      withLine({ met: 0, notMet: 1 }),
      ['Kasse Zürich: objectives 1 met, 0 not met, 0 not judged → 0 met, 1 not met, 0 not judged'],
    ],
    ['less left', withLine({ worst: { ...worst, remaining: 0.5 } }), ['Kasse Zürich: left of its worst budget 90.0 % → 50.0 %']],
    ['nothing left to judge', withLine({ worst: null }), ['Kasse Zürich: left of its worst budget 90.0 % → nothing measured']],
    [
      'a hair less left, which nobody sees',
      withLine({ worst: { ...worst, remaining: worst.remaining - 1e-12 } }),
      ['Kasse Zürich: details differ that no shown figure shows'],
    ],
    ['decisions', { ...organisation, decisions: { approve: 3 } }, ['Decisions “approve” 2 → 3', 'Decisions “review” 1 → 0']],
    [
      'a month before',
      { ...organisation, months: [{ month: '2026-04', met: 0, judged: 1 }, ...organisation.months.slice(1)] },
      ['April 2026 1 of 1 met → 0 of 1 met'],
    ],
    [
      'a month more',
      { ...organisation, months: [{ month: '2026-03', met: 1, judged: 1 }, ...organisation.months] },
      ['March 2026 is compared now'],
    ],
    [
      'other words',
      { ...organisation, summary: { ...organisation.summary, budget: 'x' } },
      ['Words of the report were written otherwise'],
    ],
  ])('of the organisation is %s', (_, next, changes) => expect(documentChanges(organisation, next)).toEqual(changes))
  it.each<[string, Partial<ServiceReport>, string[]]>([
    ['decisions', { decisions: { approve: 2, block: 1, review: 1 } }, ['Decisions “block” 0 → 1']],
    ['another description', { service: { ...service.service, description: '' } }, ['The service is described otherwise']],
    [
      'nothing measured any more',
      { objectives: service.objectives.map((one) => ({ ...one, sli: null, remaining: null, outcome: 'no_data' as const })) },
      [
        '“Answers ½ – “right””: reached 99.900 % → nothing measured',
        '“Answers ½ – “right””: met → not judged, too little was measured',
      ],
    ],
  ])('of a service is %s', (_, more, changes) => expect(documentChanges(service, { ...service, ...more })).toEqual(changes))
})
