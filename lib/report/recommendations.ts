import type { Recommendation } from './document'
import {
  type Advised,
  lowCoverage,
  missedTarget,
  overdueActions,
  releaseCost,
  retrospectiveDue,
  targetAdvice,
  unexplainedSpending,
  waiverRepeats,
} from './recommendation-rules'

/** What is wrong first, then what is to be decided. */
const RULES: ((report: Advised) => Recommendation[])[] = [
  missedTarget,
  retrospectiveDue,
  overdueActions,
  unexplainedSpending,
  lowCoverage,
  releaseCost,
  waiverRepeats,
  targetAdvice,
]

const KEEP: Recommendation = {
  rule: 'keep-targets',
  title: 'Keep the targets',
  reason: 'No rule asks for a change: what was promised was kept, and what was spent has a cause.',
  evidence: [],
  ...{ sloId: null, service: null },
}

/** What follows from a month, each with the facts that it rests on. Pure: the report is all it knows. */
export function recommendationsFor(report: Advised): Recommendation[] {
  if (report.objectives.length === 0) return []
  const found = RULES.flatMap((rule) => rule(report))
  return found.length > 0 ? found : [{ ...KEEP, service: report.service.slug }]
}

/** How pressing a rule is; for lists of many services. */
const ORDER = [
  ...(['missed-target', 'loosen-target', 'retrospective-due', 'overdue-actions', 'unexplained-spending'] as const),
  ...(['low-coverage', 'release-cost', 'waiver-repeats', 'progressive-target', 'tighten-target'] as const),
] as const
const MOST = 12

/** The most pressing of all services, at most twelve. `services`: in the order of the report. */
export function organisationRecommendations(services: { name: string; recommendations: Recommendation[] }[]): Recommendation[] {
  const rank = ({ rule }: Recommendation) => ORDER.indexOf(rule as (typeof ORDER)[number])
  const all = services.flatMap(({ name, recommendations }) =>
    recommendations.filter((one) => rank(one) >= 0).map((one) => ({ ...one, title: `${name}: ${lowered(one.title)}` })),
  )
  const sorted = all.map((one, i) => ({ one, i })).sort((a, b) => rank(a.one) - rank(b.one) || a.i - b.i)
  return sorted.length > 0 ? sorted.slice(0, MOST).map(({ one }) => one) : [KEEP]
}

const lowered = (title: string): string => title.charAt(0).toLowerCase() + title.slice(1)
