import type { Fault } from '@/lib/slo-as-code/fault'
import type { Plan, PlanItem, PlanVerb } from '@/lib/slo-as-code/plan'

/** A plan as the preview shows it: an SLO is one line, with what becomes of its alerts. */

export type PlanSlo = PlanItem & { alerts: PlanItem | null }
export type PlanGroup = { verb: PlanVerb; title: string; slos: PlanSlo[] }

/** What exists already comes first: that is where something can be lost. */
const GROUPS: { verb: PlanVerb; title: string }[] = [
  { verb: 'refused', title: 'Refused' },
  { verb: 'change', title: 'Changes of what is there' },
  { verb: 'create', title: 'New' },
  { verb: 'unchanged', title: 'As they are' },
]

export function groupsOf({ items }: Plan): PlanGroup[] {
  const alerts = new Map(items.filter(({ kind }) => kind === 'alert-policy').map((item) => [item.key, item]))
  const slos = items.filter(({ kind }) => kind === 'slo').map((item) => withAlerts(item, alerts.get(item.key) ?? null))
  return GROUPS.map((group) => ({ ...group, slos: slos.filter(({ verb }) => verb === group.verb) })).filter(
    ({ slos: some }) => some.length > 0,
  )
}

/** Refused alerts refuse their SLO; changed ones change it. */
function withAlerts(item: PlanItem, alerts: PlanItem | null): PlanSlo {
  if (alerts?.verb === 'refused') return { ...item, verb: 'refused', reason: item.reason ?? alerts.reason, alerts }
  const moves = alerts !== null && alerts.verb !== 'unchanged'
  return { ...item, verb: item.verb === 'unchanged' && moves ? 'change' : item.verb, alerts }
}

/** Taking it writes something. */
export const canTake = ({ verb }: PlanSlo): boolean => verb === 'create' || verb === 'change'

export type Needs = Record<'source' | 'team' | 'other', Fault[]>

/** What stands in the way: choices that a person makes here, and what files have to say. */
export function needsOf({ faults }: Plan): Needs {
  const needs: Needs = { source: [], team: [], other: [] }
  for (const fault of faults) needs[fault.option ?? 'other'].push(fault)
  return needs
}

/** Services and error-budget policies that come along. */
export const alongOf = ({ items }: Plan): PlanItem[] =>
  items.filter(({ kind, verb }) => (kind === 'service' || kind === 'budget-policy') && verb !== 'unchanged')
