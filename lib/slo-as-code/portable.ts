import type { AlertPolicy } from '../alert/alert-policy'
import { WORKBOOK } from '../alert/presets'
import type { SloDefinitionRecord } from '../slo/definition-input'
import type { Seconds } from '../time-series/units'
import type { Declared, DeclaredService, DeclaredSlo, ServiceSaid } from './declared'
import { mergedServices } from './merged-services'

/** An SLO with all that files, rules and dashboards say of it: the portal's own, or one that files declare. */
export type PortableSlo = {
  definition: SloDefinitionRecord
  /** the policy that holds; `null`: it has no alerts */
  alerting: AlertPolicy | null
  /** it is not the SLO's own: files leave it to the portal, which assigned it to something wider */
  alertingUnsaid?: true
  /** of its source */
  scrapeSeconds: Seconds
  links: { runbook: string | null; dashboard: string | null }
  /** slug of the error-budget policy that is assigned to it itself, and that files do not hold */
  budgetPolicy?: string
}

export type PortableService = {
  slug: string
  name: string
  description: string
  labels: Record<string, string>
  /** slugs of the services it needs */
  dependencies: string[]
} & Omit<ServiceSaid, 'dependencies'>

/** What goes out together. Every SLO's service is among the services. */
export type Portable = { services: PortableService[]; slos: PortableSlo[] }

/** As often as Prometheus scrapes unless it is told otherwise: a file does not say. */
export const UNTOLD_SCRAPE: Seconds = 60
/** A source that no file names. */
const ANY_SOURCE = 'prometheus'

/** What files declare, as it goes out again; without those that no Prometheus measures. */
export function portableOf({ services, slos, budgetPolicies }: Declared): Portable {
  // A policy that stands in these files is not one of the portal that the SLO could name elsewhere.
  const held = new Set(budgetPolicies.map(({ slug }) => slug))
  const measured = slos.flatMap((slo) => {
    const { indicator, budgetPolicy: named } = slo
    return indicator ? [{ ...sloOf(slo, indicator), ...(named && !held.has(named) && { budgetPolicy: named }) }] : []
  })
  const known = new Map(mergedServices(services).map((one) => [one.slug, serviceOf(one)]))
  const named = [...new Set([...known.keys(), ...measured.map(({ definition }) => definition.service)])]
  return {
    services: named.map((slug) => known.get(slug) ?? { slug, name: slug, description: '', labels: {}, dependencies: [] }),
    slos: measured,
  }
}

const serviceOf = ({ slug, name, description, labels, said }: DeclaredService): PortableService => ({
  ...{ slug, name, description, labels, dependencies: [], ...said },
})

function sloOf(slo: DeclaredSlo, indicator: NonNullable<DeclaredSlo['indicator']>): PortableSlo {
  const { slug, name, description, service, source, method, sliceTarget, target, window, labels, links, alerting } = slo
  const { noDataPolicy, coverageFloor, minEvents, gating, objectiveGroup, assignedAlerting: assigned = WORKBOOK.settings } = slo
  return {
    definition: {
      ...{ slug, name, description, service, dataSource: source ?? ANY_SOURCE, indicator, method, sliceTarget, target, window },
      ...{ noDataPolicy, coverageFloor, minEvents, gating, objectiveGroup, labels },
    },
    alerting: alerting.kind === 'policy' ? alerting.settings : alerting.kind === 'none' ? null : assigned,
    ...(alerting.kind === 'default' && { alertingUnsaid: true }),
    scrapeSeconds: slo.scrapeSeconds ?? UNTOLD_SCRAPE,
    links,
  }
}
