import { z } from 'zod'
import type { Alerting } from '../alert/in-force'
import type { Ratio } from '../time-series/units'
import { type Indicator, indicatorSchema } from './indicator'
import { type Accounting, type CompositePlan, type MeasurementPlan, planOf, type SourcePlan } from './measurement-plan'
import { BUDGETING_METHODS, NO_DATA_POLICIES, targetSchema } from './objective'
import { isSliced } from './one-shot'
import type { StatusRules } from './status'
import type { StatusPolicy } from './status-policy'
import { windowSchema } from './window'

/** What measuring and judging need to know of an SLO. */
type Defined<Plan extends MeasurementPlan> = {
  id: number
  dataSourceId: number
  version: number
  indicator: Indicator
  plan: Plan
  accounting: Accounting
  rules: StatusRules
}

export type SourceDefinition = Defined<SourcePlan>
export type CompositeDefinition = Defined<CompositePlan>
export type SloDefinition = SourceDefinition | CompositeDefinition
export const asksSource = (definition: SloDefinition): definition is SourceDefinition => definition.plan.shape !== 'members'
export const isComposite = (definition: SloDefinition): definition is CompositeDefinition => definition.plan.shape === 'members'

/** A stored row, parsed at the border: what somebody wrote by hand into the database is refused with a sentence. */
const rowSchema = z.object({
  id: z.number().int(),
  dataSourceId: z.number().int(),
  version: z.number().int(),
  indicator: indicatorSchema,
  method: z.enum(BUDGETING_METHODS),
  sliceTarget: z.number().gt(0).max(1).nullable(),
  target: targetSchema,
  window: windowSchema,
  noDataPolicy: z.enum(NO_DATA_POLICIES),
  coverageFloor: z.number().min(0).max(1),
  minEvents: z.number().int().min(0),
  scrapeSeconds: z.number().int().positive().optional(),
})

export type DefinitionRow = { [K in keyof z.input<typeof rowSchema>]: unknown }

export function definitionOf(row: DefinitionRow, policy: StatusPolicy, alerting?: Alerting): SloDefinition {
  const parsed = rowSchema.parse(row)
  const { id, dataSourceId, version, indicator, method, sliceTarget, target, window } = parsed
  const { noDataPolicy, coverageFloor, minEvents, scrapeSeconds } = parsed
  const plan = planOf(indicator)
  const accounting = { method, sliceTarget }
  const sliced = isSliced(plan, accounting)
  return {
    id,
    dataSourceId,
    version,
    indicator,
    plan,
    accounting,
    rules: { target: target as Ratio, window, noDataPolicy, coverageFloor, minEvents, policy, scrapeSeconds, alerting, sliced },
  } as SloDefinition
}

/** Why a stored row cannot be read, as a sentence. */
export function unreadable(error: unknown): string {
  const issue = (error as { issues?: { path: PropertyKey[]; message: string }[] }).issues?.[0]
  return `The definition cannot be read: ${issue ? `${issue.path.join('.')}: ${issue.message}` : String(error)}`
}
