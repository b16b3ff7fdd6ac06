import { stringify } from 'yaml'
import { reachIn } from '../service/dependency-graph'
import { quoted } from '../slo/promql'
import { escapedRegex } from '../slo/regex'
import type { Portable, PortableSlo } from '../slo-as-code/portable'
import { ABSENT_ALERT, BURN_ALERT } from './names'

type InhibitRule = { source_matchers: string[]; target_matchers: string[]; equal?: string[] }

const of = (label: string, values: string[]): string =>
  values.length === 1 ? `${label}=${quoted(values[0] ?? '')}` : `${label}=~${quoted(values.map(escapedRegex).join('|'))}`
const BURNS = of('alertname', [BURN_ALERT])
const PAGES = [BURNS, of('severity', ['page'])]

/**
 * `inhibit_rules` of Alertmanager: what the portal mutes (lib/alert/mute.ts), as far as labels can say it. The page of an SLO
 * mutes its ticket, and the page of a service mutes what needs it, directly or not, where the policy of the SLO says so.
 *
 * An Alertmanager knows neither who fired first nor what is under maintenance. In a circle of services the page of the one
 * whose name comes first mutes those of the others, so somebody is always told.
 */
export function inhibitionOf(portable: Portable): string {
  const rules = [ownPage(), ...dependencies(portable)]
  const about = [
    ` The page of an SLO mutes its ticket; the page of a service mutes what needs it. ${ABSENT_ALERT} mutes nothing and is never muted.`,
    ' Put these among the inhibit_rules of alertmanager.yml.',
  ]
  return `${about.map((line) => `#${line}\n`).join('')}${stringify({ inhibit_rules: rules }, { lineWidth: 0 })}`
}

const ownPage = (): InhibitRule => ({
  source_matchers: PAGES,
  target_matchers: [BURNS, of('severity', ['ticket'])],
  equal: ['service', 'slo'],
})

function dependencies({ services, slos }: Portable): InhibitRule[] {
  const needs = new Map(services.map(({ slug, dependencies: needed }) => [slug, needed]))
  const reach = reachIn((service: string) => needs.get(service) ?? [])
  const byService = new Map<string, PortableSlo[]>()
  for (const slo of slos) byService.set(slo.definition.service, [...(byService.get(slo.definition.service) ?? []), slo])
  // A service of which nothing is known here may page by rules that were written elsewhere.
  const mayPage = (service: string): boolean =>
    byService.get(service)?.some(({ alerting }) => alerting?.pairs.some(({ severity }) => severity === 'page')) ?? true

  return [...byService].sort(byName).flatMap(([service, own]) => {
    const listening = own.filter(({ alerting }) => alerting?.suppressByDependency)
    if (listening.length === 0) return []
    const above = [...reach(service)].filter((one) => one !== service && mayPage(one)).sort()
    // In a circle both sides would mute each other's pages; tickets mute nothing, so theirs may all be mute.
    const [circle, strict] = [above.filter((one) => reach(one).has(service)), above.filter((one) => !reach(one).has(service))]
    const target = [
      ...[BURNS, of('service', [service])],
      ...(listening.length < own.length ? [of('slo', listening.map(({ definition }) => definition.slug).sort())] : []),
    ]
    const earlier = circle.filter((one) => one < service)
    return [
      ...ruleFor([...strict, ...earlier].sort(), target),
      ...ruleFor(
        circle.filter((one) => one > service),
        [...target, of('severity', ['ticket'])],
      ),
    ]
  })
}

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1)

const ruleFor = (sources: string[], target: string[]): InhibitRule[] =>
  sources.length === 0 ? [] : [{ source_matchers: [...PAGES, of('service', sources)], target_matchers: target }]
