import type { AlertPolicy } from '../alert/alert-policy'
import { same } from '../slo/differences'
import type { Alerting } from '../slo-as-code/declared'

/** What holds for an SLO now beside what its file said of alerts and budgets. Nothing where the file left it to the portal. */
export function alertingChange(declared: Alerting, present: { name: string; settings: AlertPolicy }): string[] {
  if (declared.kind === 'default') return []
  if (declared.kind === 'none')
    return present.settings.pairs.length === 0 ? [] : [`It alerts by “${present.name}”; the file switches its alerts off.`]
  return same(declared.settings, present.settings) ? [] : [`Its alerts are those of “${present.name}”, not those of the file.`]
}

export const budgetPolicyChange = (declared: string | null, present: string | null): string[] =>
  declared === null || declared === present
    ? []
    : [`Error-budget policy ${declared} → ${present ?? 'whatever holds for its service'}`]
