import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ledgerOf } from '../ledger/ledger'
import { DAY, HOUR } from '../time-series/units'
import { facts, placeOf, serviceFacts } from './facts-fixture'
import { daysOf } from './month'
import { objectiveMonth } from './objective'
import { serviceReport } from './service-report'

const JUNE = placeOf('2026-06', 'UTC')
const { from, to } = JUNE.period

describe('a revision after another', () => {
  const first = serviceFacts(JUNE)
  const [incident] = first.incidents
  if (incident)
    incident.actions = [{ title: 'Renew', owner: 'Emil', due: '2026-06-20', doneAt: null, recordedAt: from + 4 * DAY }]
  const report = serviceReport(first, JUNE)
  const later = () => {
    const found = structuredClone({ ...first, objectives: [] })
    return { ...found, objectives: first.objectives.map((one) => ({ ...one })) }
  }
  it('leaves what people write later as it was, and names as they were', () => {
    const next = later()
    next.service = { ...next.service, name: 'Other', productOwner: 'Pablo' }
    Object.assign(next.incidents[0] ?? {}, { rootCause: 'A certificate' })
    Object.assign(next.incidents[0]?.actions[0] ?? {}, { owner: 'Olga', due: '2026-07-30' })
    next.objectives = next.objectives.map((one) => ({ ...one, record: { ...one.record, name: 'Other' } }))
    expect(serviceReport(next, JUNE, report)).toEqual(report)
  })
  it('tells it when the figures of the incident change', () => {
    const next = later()
    Object.assign(next.incidents[0] ?? {}, { rootCause: 'A certificate', mitigatedAt: from + 3 * DAY + 2 * HOUR })
    expect(serviceReport(next, JUNE, report).incidents[0]).toMatchObject({
      rootCause: 'A certificate',
      to: from + 3 * DAY + 2 * HOUR,
    })
  })
  it('keeps months that can no longer be counted', () => {
    const old = { ...JUNE, keptSince: from }
    const next = later()
    next.objectives = next.objectives.map((one) => ({ ...one, historyFrom: from - DAY }))
    expect(serviceReport(next, old, report).objectives[0]?.months.slice(0, -1)).toEqual(report.objectives[0]?.months.slice(0, -1))
    expect(serviceReport(later(), old).objectives[0]?.months.map(({ month }) => month)).toEqual(['2026-06'])
  })
})

describe('a retrospective', () => {
  it.each<[string, number | null, { sloId: number; share: number | null }[], string]>([
    ['due above a fifth', from + 4 * DAY, [{ sloId: 1, share: 0.21 }], 'due'],
    [
      'due by the sum of its stretches',
      from + 4 * DAY,
      [
        { sloId: 1, share: 0.11 },
        { sloId: 1, share: 0.1 },
      ],
      'due',
    ],
    ['not asked for below', from + 4 * DAY, [{ sloId: 1, share: 0.2 }], 'none'],
    ['not asked for while it goes on', null, [{ sloId: 1, share: 0.9 }], 'none'],
    ['not asked for before the end of the month, when it was resolved later', to + HOUR, [{ sloId: 1, share: 0.9 }], 'none'],
    ['due where nobody can say', from + 4 * DAY, [{ sloId: 1, share: null }], 'due'],
  ])('is %s', (_, resolvedAt, stretches, expected) => {
    const given = serviceFacts(JUNE)
    given.incidents = given.incidents.map((one) => ({ ...one, resolvedAt, stretches }))
    expect(serviceReport(given, JUNE).incidents[0]?.retrospective).toBe(expected)
  })
})

describe('an objective and its ledger', () => {
  it('add up: days to what was consumed, incidents to their lines, whatever was excluded from measuring', () => {
    const hour = fc.integer({ min: 0, max: 719 })
    fc.assert(
      fc.property(hour, hour, hour, fc.constantFrom('ignore' as const, 'count_as_bad' as const), (a, b, stop, noDataPolicy) => {
        const outage = { from: from + Math.min(a, b) * HOUR, to: from + (Math.max(a, b) + 1) * HOUR }
        const end = from + stop * HOUR
        const base = facts(JUNE)
        const counted = (ts: number) => {
          const reading = base.measured(Math.min(ts, end)) ?? { good: 0, total: 0, measured: 0 }
          const out = (Math.max(0, Math.min(ts, end, outage.to) - outage.from) / 60) * 5
          return { ...reading, good: reading.good - out }
        }
        const cause = { kind: 'incident' as const, id: 7, title: 'x', severity: 'sev2' }
        const ledger = ledgerOf({
          ...{
            period: JUNE.period,
            buckets: daysOf('2026-06', 'UTC'),
            target: 0.99,
            noDataPolicy,
            measuredFrom: from - 40 * DAY,
          },
          ...{ slots: (to - from) / 60, budgetLength: to - from, stretches: [{ ...outage, cause }], edges: [], credits: [] },
          ...{ measured: counted, adjusted: counted },
        })
        const rules = { ...base.rules, noDataPolicy }
        const given = { ...serviceFacts(JUNE), objectives: [{ ...base, rules, measured: counted, adjusted: counted, ledger }] }
        const report = serviceReport(given, JUNE)
        const [objective = objectiveMonth(base, JUNE)] = report.objectives
        const days = objective.days.reduce((sum, { share }) => sum + (share ?? 0), 0)
        expect(days).toBeCloseTo(objective.consumed ?? 0, 8)
        const line = ledger.lines.find(({ kind }) => kind === 'incident')
        expect(report.incidents[0]?.costs).toEqual(line ? [{ sloId: 1, name: objective.slo.name, share: line.share }] : [])
      }),
    )
  })
})
