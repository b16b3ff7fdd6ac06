import type { BudgetPolicy } from '../../policy/budget-policy'
import { STANDARD } from '../../policy/presets'
import { DAY } from '../../time-series/units'
import type { Cursor } from '../cursor'
import type { Alerting, DeclaredBudgetPolicy } from '../declared'
import { alertingOf, type WrittenPair } from '../pairs'
import { required, within } from '../rules'
import { slugAt } from '../terms'

/**
 * Steps of slo-generator: a window, a burn rate and what follows. Those that alert become pairs of windows; the others say,
 * in words, what follows from the state of the budget.
 */

export function stepRules(policy: Cursor): void {
  const steps = policy.get('steps')
  if (steps.each().length === 0 && (!steps.present || steps.item?.kind === 'list'))
    steps.error('validate', 'A policy has at least one step.')
  for (const step of steps.each()) {
    for (const field of ['name', 'window', 'burn_rate_threshold']) required(step.get(field))
    within(step.get('window'), (value) => value > 0, 'a length in seconds: it is more than 0')
    within(step.get('burn_rate_threshold'), (value) => value > 0, 'a burn rate: it is more than 0')
  }
}

/** The longest step is what the budget is for. Seconds. */
export const longestStep = (policy: Cursor): number =>
  Math.max(
    0,
    ...policy
      .get('steps')
      .each()
      .map((step) => step.get('window').number() ?? 0),
  )

export function policyOf(policy: Cursor, name: string): DeclaredBudgetPolicy {
  const steps = policy.get('steps').each()
  return {
    format: 'slo-generator',
    place: policy.place(),
    slug: slugAt(policy, name),
    name,
    settings: settingsOf(policy, steps),
    alerting: alertsOf(steps),
  }
}

function alertsOf(steps: Cursor[]): Alerting {
  const pairs: WrittenPair[] = steps
    .filter((step) => step.get('alert').flag() === true)
    .map((step) => ({
      at: step.get('window'),
      long: step.get('window').number() as number,
      severity: 'page',
      threshold: { burn: step.get('burn_rate_threshold').number() as number },
    }))
  return pairs.length === 0 ? { kind: 'none' } : alertingOf(pairs)
}

/** The whole window at its threshold is a budget that is gone; shorter ones are a pace that is too high. */
function settingsOf(policy: Cursor, steps: Cursor[]): BudgetPolicy {
  const states = { ...STANDARD.settings.states }
  const longest = longestStep(policy)
  for (const step of steps) {
    const [consequence, allClear] = ['message_alert', 'message_ok'].map((key) => words(step.get(key)))
    if (step.get('alert').flag() === true || !consequence) continue
    const threshold = step.get('burn_rate_threshold').number() as number
    const whole = step.get('window').number() === longest
    const state = whole ? 'exhausted' : threshold > 1.5 ? 'critical' : threshold > 1 ? 'warning' : 'attention'
    states[state] = { consequence, allClear: allClear ?? '' }
    const days = Math.round((step.get('window').number() as number) / DAY)
    step.warn(
      'validate',
      `What follows from the burn of ${days} d is said of the state ${state} here, which looks at the whole window.`,
    )
  }
  return { ...STANDARD.settings, states }
}

/** As the portal keeps words: no markup, at most 500 characters. */
const words = (cursor: Cursor): string =>
  (cursor.text() ?? '')
    .replace(/<(?=[a-z!/])/gi, '< ')
    .trim()
    .slice(0, 500)
