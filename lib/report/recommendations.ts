import type { Recommendation } from './document'
import {
  type Advised,
  lowCoverage,
  missedTarget,
  overdueActions,
  reachedOf,
  releaseCost,
  retrospectiveDue,
  unexplainedSpending,
  waiverRepeats,
} from './recommendation-rules'
import { targetAdvice } from './recommendation-targets'

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

const KEEP = {
  rule: 'keep-targets',
  title: 'Keep the targets',
  reason: 'Every objective was judged and met, and no rule asks for a change.',
  ...{ sloId: null, service: null },
}

/** What follows from a month, each with the facts that it rests on; [] where too little is known to advise. Pure. */
export function recommendationsFor(report: Advised): Recommendation[] {
  const { objectives, service } = report
  const found = RULES.flatMap((rule) => rule(report))
  if (found.length > 0 || objectives.length === 0 || objectives.some(({ outcome }) => outcome !== 'met')) return found
  const evidence = objectives.map(({ slo, sli, target }) => ({ label: slo.name, value: reachedOf(sli, target) }))
  return [{ ...KEEP, evidence, service: service.slug }]
}

/** How pressing a rule is; for lists of many services. */
const ORDER = [
  ...(['missed-target', 'loosen-target', 'retrospective-due', 'overdue-actions', 'unexplained-spending'] as const),
  ...(['low-coverage', 'release-cost', 'waiver-repeats', 'progressive-target', 'tighten-target'] as const),
] as const
const MOST = 12

type Advising = { name: string; recommendations: Recommendation[]; objectives: number; met: number }

/** The most pressing of all services, at most twelve. `services`: in the order of the report. */
export function organisationRecommendations(services: Advising[]): Recommendation[] {
  const rank = ({ rule }: Recommendation) => ORDER.indexOf(rule as (typeof ORDER)[number])
  const all = services.flatMap(({ name, recommendations }) =>
    recommendations.filter((one) => rank(one) >= 0).map((one) => ({ ...one, title: `${name}: ${lowered(one.title)}` })),
  )
  const sorted = all.map((one, i) => ({ one, i })).sort((a, b) => rank(a.one) - rank(b.one) || a.i - b.i)
  if (sorted.length > 0) return sorted.slice(0, MOST).map(({ one }) => one)
  const [objectives, met] = [
    services.reduce((sum, one) => sum + one.objectives, 0),
    services.reduce((sum, one) => sum + one.met, 0),
  ]
  if (objectives === 0 || met < objectives) return []
  return [{ ...KEEP, evidence: [{ label: 'Objectives met', value: `${met} of ${objectives}` }] }]
}

const lowered = (title: string): string => title.charAt(0).toLowerCase() + title.slice(1)
