import type { OrganisationReport, Report, ServiceLine } from '../document'
import { at, cause, days, figures, head, MONTHS, objective, report } from './objective-fixture'
import { checkoutJune, incidents } from './report-fixture'
import { emptyJune, hostile, preview, revised } from './variants-fixture'

const WORDS = 'the queue between intake and settlement filled because a consumer was restarted with half of its threads'.split(
  ' ',
)
const words = (seed: number, count: number) =>
  Array.from({ length: count }, (_, i) => WORDS[(seed * 7 + i * 5) % WORDS.length]).join(' ')

/** Thirty objectives, forty incidents that touch all of them, and much of everything else. */
export function much(): Report {
  const ids = Array.from({ length: 40 }, (_, i) => i + 1)
  const base = checkoutJune()
  const many = Array.from({ length: 30 }, (_, n) => {
    const target = n % 3 === 0 ? 0.999 : 0.995
    const total = 9_000_000 + n * 1_001
    const shares = ids.map((id) => ((id * (n + 3)) % 17) / 400)
    const causes = [
      ...ids.map((id, i) =>
        cause('incident', (shares[i] ?? 0) * (1 - target) * total, shares[i] ?? 0, {
          id,
          title: words(id, 7),
          when: { from: at(1 + (id % 29), id % 24), to: at(1 + (id % 29), id % 24, 37) },
        }),
      ),
      cause('unexplained', 0.123_456 * (1 - target) * total, 0.123_456),
    ]
    const consumed = causes.reduce((sum, { share }) => sum + share, 0)
    const sli = 1 - consumed * (1 - target)
    return {
      ...objective({
        id: n + 1,
        name: `Objective ${n + 1}: ${words(n, 4)}`,
        target,
        bad: consumed * (1 - target) * total,
        total,
        causes,
      }),
      months: figures(target, [...Array.from({ length: 11 }, (_, m) => target + ((((m + 2) * (n + 5)) % 13) - 3) / 10_000), sli]),
      days: days(consumed / 60, { [1 + (n % 30)]: consumed / 2 }),
      quantiles: { current: { p50: 0.1, p95: 0.2 + n / 100, p99: 1 + n / 10 }, previous: null },
    }
  })
  return report({
    ...base,
    objectives: many,
    incidents: ids.map((id) => ({
      ...{
        id,
        title: words(id, 7),
        severity: `sev${1 + (id % 4)}`,
        status: 'resolved',
        from: at(1 + (id % 29), id % 24),
        to: at(1 + (id % 29), id % 24, 37),
      },
      ...{ detectionSeconds: id * 30, rootCause: words(id, 60), retrospective: id % 2 ? 'done' : 'due' },
      costs: many.map(({ slo }, n) => ({ sloId: slo.id, name: slo.name, share: ((id * (n + 3)) % 17) / 400 })),
      actions: Array.from({ length: 5 }, (_, i) => ({
        title: words(id + i, 9),
        owner: 'Payments',
        due: '2026-07-24',
        done: i % 2 === 0,
      })),
    })),
    releases: Array.from({ length: 90 }, (_, i) => ({
      id: i,
      version: `4.${i}.0`,
      at: at(1 + (i % 30), i % 24),
      risk: 'low',
      decision: 'approve',
      cost: null,
    })),
    recommendations: Array.from({ length: 12 }, (_, i) => ({
      ...{ rule: 'tighten-target', title: words(i, 6), reason: words(i, 25), sloId: i + 1, service: null },
      evidence: [{ label: 'months met', value: '12 of 12' }],
    })),
  })
}

const line = (i: number): ServiceLine => {
  const missed = i % 37 === 0 ? 1 : 0
  const consumed = missed ? 1.2 + (i % 11) / 10 : (i % 97) / 100
  return {
    ...{
      slug: `service-${i}`,
      name: `service-${i}`,
      tier: ['critical', 'essential', 'standard', 'best_effort'][i % 4] ?? '',
      team: `Team ${i % 23}`,
    },
    ...{ objectives: 3, met: 3 - missed, notMet: missed, open: 0 },
    worst: {
      sloId: i,
      name: 'Requests succeed',
      target: 0.999,
      sli: 1 - consumed / 1000,
      remaining: 1 - consumed,
      outcome: missed ? 'not_met' : 'met',
    },
    ...{ incidents: i % 3, releases: i % 9 },
  }
}

export function organisation(count = 1000): OrganisationReport {
  const services = Array.from({ length: count }, (_, i) => line(i + 1)).sort(
    (a, b) => (a.worst?.remaining ?? 2) - (b.worst?.remaining ?? 2),
  )
  const sum = (of: (service: ServiceLine) => number) => services.reduce((total, service) => total + of(service), 0)
  const [met, notMet] = [sum((service) => service.met), sum((service) => service.notMet)]
  const tiers = ['critical', 'essential', 'standard', 'best_effort'].map((tier) => {
    const own = services.filter((service) => service.tier === tier)
    const of = (key: 'objectives' | 'met' | 'notMet' | 'open') => own.reduce((total, service) => total + service[key], 0)
    return { tier, services: own.length, objectives: of('objectives'), met: of('met'), notMet: of('notMet'), open: of('open') }
  })
  return {
    kind: 'organisation',
    ...head('', {
      reliability: `${met} of ${met + notMet} objectives were met.`,
      budget: `${notMet} services spent more than their budget.`,
      incidents: '3 incidents took the most.',
    }),
    recommendations: checkoutJune().recommendations.map((one) => ({ ...one, service: 'checkout-api' })),
    totals: {
      services: count,
      objectives: 3 * count,
      met,
      notMet,
      open: 0,
      incidents: sum((s) => s.incidents),
      releases: sum((s) => s.releases),
      waivers: 1,
      corrections: 2,
    },
    tiers,
    services,
    incidents: incidents().map((incident) => ({ ...incident, services: ['checkout-api'] })),
    months: MONTHS.map((month, i) => ({
      month,
      met: i === 11 ? met : Math.floor(((met + notMet) * (50 + (i % 4))) / 60),
      judged: i === 11 ? met + notMet : Math.ceil(((met + notMet) * (57 + (i % 3))) / 60),
    })),
    decisions: { approve: 120, review: 31, defer: 8, block: 3 },
  }
}

/** Everything a renderer has to stand, by name. */
export const FIXTURES: Record<string, () => Report> = {
  checkout: () => report(checkoutJune()),
  none: () => report(emptyJune()),
  preview,
  revised,
  hostile,
  much,
  organisation: () => report(organisation(12)),
  'organisation of a thousand': () => report(organisation()),
  'organisation of nobody': () =>
    report({ ...organisation(0), incidents: [], months: [], recommendations: [], tiers: [], decisions: {} }),
}
