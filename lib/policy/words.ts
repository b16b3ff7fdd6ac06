import { ROLE_WORDS, type Role } from '../auth/role'
import { scheduleText } from '../correction/words'
import { countText, factorText } from '../format'
import { instantText } from '../format-time'
import { SEVERITY_WORDS, type Severity } from '../incident/severity'
import { CHANGE_TYPE_WORDS, type ChangeType, type Decision } from '../release/vocabulary'
import type { JudgedState } from '../slo/state'
import type { StatusPolicy } from '../slo/status-policy'
import type { UnixSeconds } from '../time-series/units'
import type { BudgetPolicy, FreezeWindow } from './budget-policy'
import { oddCells } from './matrix'
import type { Freeze } from './verdict'

export const titled = (text: string): string => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`
export const percentText = (share: number): string => `${factorText(share * 100)} %`
export const roleText = (role: Role): string => (role === 'slo_owner' ? ROLE_WORDS[role] : ROLE_WORDS[role].toLowerCase())

/** a, b and c */
export function listText(items: string[], word = 'and'): string {
  const last = items.at(-1) ?? 'nobody'
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${word} ${last}`
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${countText(count)} ${count === 1 ? one : many}`

/** What becomes of a change: "goes out". */
export const DECISION_MEANING: Record<Decision, string> = {
  approve: 'goes out',
  review: 'goes out after a review',
  defer: 'waits until the state is better',
  block: 'does not go out without a waiver',
}

const fasterText = (pace: number): string =>
  pace === 1 ? 'faster than it lasts' : `more than ${factorText(pace)} times as fast as it lasts`

/** When an SLO is in this state, as a sentence (semantics §5). */
export function thresholdText({ lookbackShare, pace, floor }: StatusPolicy, state: JudgedState): string {
  if (state === 'exhausted') return 'Nothing is left of the budget.'
  const span = `over the last ${percentText(lookbackShare)} of the window`
  if (state === 'healthy')
    return `At least ${percentText(floor.attention)} of the budget is left, and ${span} it was not spent ${fasterText(pace.attention)}.`
  const left = floor[state] > 0 ? `, or less than ${percentText(floor[state])} of it is left` : ''
  return `${titled(span)} the budget was spent ${fasterText(pace[state])}${left}.`
}

export const laneText = (type: ChangeType, worst: Decision): string =>
  worst === 'block'
    ? `A ${CHANGE_TYPE_WORDS[type]} gets what the table and the freeze windows say.`
    : `A ${CHANGE_TYPE_WORDS[type]} ${DECISION_MEANING[worst]} at worst, in freeze windows as well.`

export const exceptText = (except: ChangeType[]): string =>
  except.length === 0 ? 'whatever the change is' : `not for a ${except.map((type) => CHANGE_TYPE_WORDS[type]).join(' or a ')}`

const EFFECT: Record<FreezeWindow['effect'], string> = { review: 'asks for a review', defer: 'defers', block: 'blocks' }
export const effectText = (effect: FreezeWindow['effect']): string => EFFECT[effect]

export const freezeText = ({ schedule, effect, except }: FreezeWindow): string =>
  `${scheduleText(schedule)}: ${EFFECT[effect]}, ${exceptText(except)}`

/** When a freeze window comes next, or that it lasts. */
export function nextText(now: Freeze | undefined, next: Freeze | null, at: UnixSeconds): string {
  if (now) return `Lasts until ${instantText(now.to, at)} UTC.`
  return next ? `Next: ${instantText(next.from, at)} to ${instantText(next.to, at)} UTC.` : 'Does not come again.'
}

export const severitiesText = (severities: Severity[]): string =>
  severities.length === 0
    ? 'none'
    : listText(
        severities.map((one) => SEVERITY_WORDS[one].name),
        'or',
      )
export const approversText = (roles: Role[]): string => listText(roles.map(roleText))

/** "agreed by Emil Okafor as engineer; still open: SLO owner". */
export function agreementText(agreements: { role: Role; name: string }[], open: Role[]): string {
  const agreed = agreements.map(({ role, name }) => `${name} as ${roleText(role)}`)
  const parts = [
    ...(agreed.length > 0 ? [`agreed by ${listText(agreed)}`] : []),
    ...(open.length > 0 ? [`still open: ${listText(open.map(roleText))}`] : []),
  ]
  return parts.length > 0 ? parts.join('; ') : 'nobody has to agree'
}

/** Cells of the matrix that are easier on a worse state or a higher risk: allowed, and hardly meant. */
export function policyWarnings({ matrix }: Pick<BudgetPolicy, 'matrix'>): string[] {
  return oddCells(matrix).map(
    ({ state, risk, than }) => `${titled(state)} with ${risk} risk is easier than ${than}. Check the table.`,
  )
}
