import { z } from 'zod'
import { ROLES } from '../auth/role'
import { scheduleSchema } from '../correction/schedule'
import { SEVERITIES } from '../incident/severity'
import { APPROVER_ROLES, CHANGE_TYPES, DECISIONS } from '../release/vocabulary'
import { plainText } from '../slo/definition-input'
import { statusPolicySchema } from '../slo/status-policy'

/** An error-budget policy: what follows from the state of a budget, in numbers, decisions and words (semantics §5, §9). */

const one = <const T extends readonly string[]>(values: T, what: string) =>
  z.enum(values, { error: `${what} is one of ${values.join(', ')}.` })
const decision = one(DECISIONS, 'A decision')
const changeType = one(CHANGE_TYPES, 'A type of change')
const share = (what: string) =>
  z
    .number({ error: `Write ${what} as a share between 0 and 1.` })
    .min(0, { error: `${what} is 0 or more.` })
    .max(1, { error: `${what} is at most 1, the whole budget.` })

const perRisk = <T extends z.ZodType>(schema: T) => z.object({ low: schema, medium: schema, high: schema })
const perState = <T extends z.ZodType>(schema: T) =>
  z.object({ healthy: schema, attention: schema, warning: schema, critical: schema, exhausted: schema })

/** While it lasts, decisions are at best `effect`. */
export const freezeSchema = z.object({
  name: plainText('a name', 80).min(1, { error: 'Name the freeze window, for example End of year.' }),
  schedule: scheduleSchema,
  effect: decision.exclude(['approve'], { error: 'A freeze window asks for review, defers or blocks.' }).default('block'),
  /** types of change that it does not stop */
  except: z.array(changeType).default(['security_fix']),
})
export type FreezeWindow = z.output<typeof freezeSchema>

const words = z.object({
  consequence: plainText('the consequence', 500).min(1, { error: 'Say what follows from this state.' }),
  allClear: plainText('the all-clear', 500).default(''),
})

export const budgetPolicySchema = z.object({
  status: statusPolicySchema,
  matrix: perState(perRisk(decision)),
  /** the best that a service without data can get */
  unknown: decision.exclude(['approve'], { error: 'Without data a release is reviewed at best.' }).default('review'),
  /** the worst that a change of this type can get; `block`: no lane of its own */
  lanes: z.object({ feature: decision, reliability_fix: decision, security_fix: decision }),
  /** what has to be left after a release that costs as much as the costliest tenth of those before; else `review` */
  costFloor: share('what has to be left').default(0.1),
  /** open incidents that count, and what follows from one here or at a service it needs */
  incidents: z.object({
    severities: z.array(one(SEVERITIES, 'A severity')).default(['sev1', 'sev2']),
    here: decision.default('defer'),
    dependencies: decision.default('review'),
  }),
  freezes: z
    .array(freezeSchema)
    .max(50, { error: 'A policy has at most 50 freeze windows.' })
    .superRefine((freezes, context) =>
      freezes.forEach(({ name }, i) => {
        if (freezes.findIndex((one) => one.name === name) < i)
          context.addIssue({ code: 'custom', path: [i, 'name'], message: 'Another freeze window has this name. Choose another.' })
      }),
    )
    .default([]),
  /** whose word a review needs, by risk */
  approvers: perRisk(
    z
      .array(one(APPROVER_ROLES, 'An approver'))
      .min(1, { error: 'Name at least one approver.' })
      .refine((roles) => new Set(roles).size === roles.length, { error: 'Name each approver once.' }),
  ),
  /** hours that a decision holds when no state changes */
  validHours: z
    .number({ error: 'Write how many hours a decision holds.' })
    .gt(0, { error: 'A decision holds longer than 0 hours.' })
    .max(168, { error: 'A decision holds a week at most.' })
    .default(4),
  waivers: z
    .object({
      longestDays: z
        .number({ error: 'Write how many days a waiver holds at most.' })
        .gt(0, { error: 'A waiver holds longer than 0 days.' })
        .max(90, { error: 'A waiver holds 90 days at most.' })
        .default(14),
      largestLimit: share('what a waiver may spend').default(0.2),
    })
    .prefault({}),
  /** what a pipeline does when Headroom does not answer, and what Headroom says while data are missing */
  unreachable: z
    .object({
      portal: z.enum(['open', 'closed'], { error: 'Without an answer the gate is open or closed.' }).default('closed'),
      data: z.enum(['review', 'block'], { error: 'Without data the gate asks for review, or blocks.' }).default('review'),
    })
    .prefault({}),
  /** for people: what each state means for the work */
  states: perState(words),
  /** in whose name somebody has to agree to every version */
  agreedBy: z.array(one(ROLES, 'A role')).default(['engineer', 'slo_owner', 'product_owner']),
})
export type BudgetPolicy = z.output<typeof budgetPolicySchema>

/** A policy where it holds. `preset`: nothing is assigned. */
export type PolicyInForce = {
  id: number
  slug: string
  name: string
  version: number
  scope: 'slo' | 'service' | 'tier' | 'default' | 'preset'
  settings: BudgetPolicy
}
