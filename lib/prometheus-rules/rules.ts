import { planOf } from '../slo/measurement-plan'
import { isSliced } from '../slo/one-shot'
import type { Dialect } from '../slo/promql'
import type { SloWindow } from '../slo/window'
import { type Portable, type PortableSlo, UNTOLD_SCRAPE } from '../slo-as-code/portable'
import { DAY, MINUTE, type Seconds } from '../time-series/units'
import { absentAlert, burnAlerts } from './alerts'
import { memberKey } from './composite-counts'
import { type Known, minuteCounts, stagedCounts } from './counts'
import { missedCounts, partsOf } from './missed-counts'
import type { RuleGroup } from './rule'
import { serviceRules } from './service-rules'
import { burnRates, facts, windowRules } from './windows'

/** Counts are of minutes. */
export const INTERVAL: Seconds = MINUTE

const CALENDAR_DAYS = { week: 7, month: 30, quarter: 91, year: 365 }
/** Thresholds of calendar windows are those of a usual one. */
export const lengthOf = (window: SloWindow): Seconds =>
  (window.kind === 'rolling' ? window.days : CALENDAR_DAYS[window.unit]) * DAY

/**
 * Rules of Prometheus for SLOs: one group for each, in the order in which its rules need each other, and one for each service.
 * Windows are sums of counts, never means of ratios (semantics §3); increments are the portal's own (§12).
 */
export const rulesOf = (portable: Portable, dialect: Dialect = 'prometheus'): RuleGroup[] => [...ruleGroups(portable, dialect)]

/** The same, one group at a time: whoever writes them down holds no thousand of them. */
export function* ruleGroups({ services, slos }: Portable, dialect: Dialect = 'prometheus'): Generator<RuleGroup> {
  const names = new Map(services.map(({ slug, name }) => [slug, name]))
  const known: Known = new Map(
    slos.map((slo) => {
      const { service, slug, indicator } = slo.definition
      return [memberKey({ service, slo: slug }), { slo, plan: planOf(indicator) }]
    }),
  )
  const byService = new Map<string, PortableSlo[]>()
  for (const slo of slos) byService.set(slo.definition.service, [...(byService.get(slo.definition.service) ?? []), slo])
  for (const [service, own] of byService) {
    const about = serviceRules(own, service)
    const name = names.get(service) ?? service
    if (about.length > 0)
      yield { name: `headroom/${service}`, interval: INTERVAL, rules: about, about: [`${name}: requests, success, latency.`] }
    for (const slo of own) yield groupOf(slo, name, known, dialect)
  }
}

function groupOf(slo: PortableSlo, serviceName: string, known: Known, dialect: Dialect): RuleGroup {
  const { service, slug, indicator, method, sliceTarget, name, window } = slo.definition
  const identity = { service, slo: slug }
  const plan = planOf(indicator)
  const sliced = isSliced(plan, { method, sliceTarget })
  const counting = { identity, dialect, known }
  const missed = sliced ? [] : missedCounts(plan, identity, slo.scrapeSeconds === UNTOLD_SCRAPE ? null : slo.scrapeSeconds)
  const windows = { identity, missed: missed.length > 0 ? partsOf(plan) : null }
  const alerts = burnAlerts({ slo, identity, windowLength: lengthOf(window), sliced, serviceName })
  return {
    name: `headroom/${service}/${slug}`,
    interval: INTERVAL,
    rules: [
      ...minuteCounts(plan, slo, counting),
      ...missed,
      ...stagedCounts(identity),
      ...burnRates(slo, windows),
      ...windowRules(slo, windows),
      ...facts(slo, serviceName, identity),
      ...alerts.rules,
      absentAlert({ slo, identity, serviceName }),
    ],
    about: [`${serviceName}: ${name}`, ...leftOut(slo, known), ...alerts.notes],
  }
}

/** What the portal does and rules cannot, in words. */
function leftOut({ definition: { indicator, window, noDataPolicy } }: PortableSlo, known: Known): string[] {
  const unknown =
    indicator.kind === 'composite' ? indicator.members.filter(({ service, slo }) => !known.has(memberKey({ service, slo }))) : []
  return [
    ...(window.kind === 'calendar'
      ? [
          `The budget of a ${window.unit} is counted by Headroom alone; burn rates and alerts are those of ${CALENDAR_DAYS[window.unit]} days.`,
        ]
      : []),
    ...(noDataPolicy === 'ignore' ? [] : ['Minutes without data are left out here, whatever the SLO says about them.']),
    ...unknown.map(({ service, slo }) => `It needs the rules of ${service}/${slo}, which are not among these.`),
  ]
}
