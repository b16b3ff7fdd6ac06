import type { AlertPolicy } from '../alert/alert-policy'
import type { BudgetPolicy } from '../policy/budget-policy'
import type { ServiceRecord } from '../service/definition-input'
import type { Indicator } from '../slo/indicator'
import type { BudgetingMethod, NoDataPolicy } from '../slo/objective'
import type { SloWindow } from '../slo/window'
import type { Ratio, Seconds } from '../time-series/units'
import type { Place } from './fault'
import type { Places } from './places'

/** What files declare, in the portal's own terms, whatever format they are in. */

export const FORMATS = ['openslo', 'seed', 'sloth', 'pyrra', 'slo-generator'] as const
export type Format = (typeof FORMATS)[number]

type Origin = { format: Format; place: Place; at?: Places }

export type DeclaredService = Origin & {
  slug: string
  name: string
  description: string
  labels: Record<string, string>
  said: ServiceSaid
}

/** What a file may say of a service besides; what none says is decided in the portal. */
export type ServiceSaid = Partial<Pick<ServiceRecord, 'team' | 'tier' | 'kind' | 'timeZone' | 'links' | 'dependencies'>>

export type DeclaredSource = Origin & {
  slug: string
  name: string
  /** as it is written: "Prometheus" */
  type: string
  /** `null`: the file does not say, or leaves it to the environment */
  url: string | null
}

/** default: whatever the portal assigns; none: the file switches alerts off */
export type Alerting = { kind: 'default' } | { kind: 'none' } | { kind: 'policy'; settings: AlertPolicy }

/** What only the portal's own files say. */
export type Unsaid = {
  noDataPolicy: NoDataPolicy
  coverageFloor: Ratio
  minEvents: number
  gating: boolean
  objectiveGroup: string | null
  /** of its source; `null`: nobody says */
  scrapeSeconds: Seconds | null
  /** what the portal had assigned, for rules and dashboards: it decides about that itself. `null`: no alerts. */
  assignedAlerting?: AlertPolicy | null
}

/** The same as an SLO that is made in the portal. */
export const UNSAID: Unsaid = {
  noDataPolicy: 'ignore',
  coverageFloor: 0.9,
  minEvents: 0,
  gating: false,
  objectiveGroup: null,
  scrapeSeconds: null,
}

export type DeclaredSlo = Origin &
  Unsaid & {
    slug: string
    name: string
    description: string
    /** slug of a service, declared or not */
    service: string
    /** slug of a source, where one is named */
    source: string | null
    /** `null`: measured by something that is no Prometheus; a warning says so */
    indicator: Indicator | null
    /** its query is kept as it is and was not read: Prometheus refuses a whole file of rules with it */
    metricsql?: true
    method: BudgetingMethod
    sliceTarget: Ratio | null
    target: Ratio
    window: SloWindow
    /** labels that the file wants one budget each for; here they are added up */
    grouping: string[]
    labels: Record<string, string>
    links: { runbook: string | null; dashboard: string | null }
    alerting: Alerting
    /** slug of an error-budget policy, where one is named */
    budgetPolicy: string | null
  }

export type DeclaredBudgetPolicy = Origin & { slug: string; name: string; settings: BudgetPolicy; alerting: Alerting }

export type Declared = {
  services: DeclaredService[]
  sources: DeclaredSource[]
  slos: DeclaredSlo[]
  budgetPolicies: DeclaredBudgetPolicy[]
  /** slugs of services that are declared with errors, so that what they are is not known */
  faulty: string[]
}

export const nothing = (): Declared => ({ services: [], sources: [], slos: [], budgetPolicies: [], faulty: [] })

/** A service that is only named by its SLOs. Whose it is their label says: a service has no labels of its own there. */
export const serviceInPassing = ({ place, format, service, labels }: DeclaredSlo, name: string): DeclaredService => ({
  ...{ place, format, name, slug: service, description: '', said: {} },
  labels: labels.team === undefined ? {} : { team: labels.team },
})
