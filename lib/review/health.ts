import type { SloState } from '../slo/state'

export const HEALTHS = ['green', 'yellow', 'red'] as const
export type Health = (typeof HEALTHS)[number]

/** The rule, for everyone who reads the minutes. */
export const HEALTH_RULE =
  'Red: a budget is gone or critical, or an incident is open. Yellow: a budget is spent too fast, or nobody knows. Green: every SLO is judged and within its budget.'

const RED: SloState[] = ['exhausted', 'critical']

/** How a service stands by its SLOs, and why in a few words. Green asks for data: what is not judged is never green. */
export function healthOf(slos: { name: string; state: SloState }[], openIncidents: number): { health: Health; because: string } {
  const named = (list: { name: string; state: SloState }[]) =>
    list
      .slice(0, 2)
      .map(({ name, state }) => `${name} is ${WORDS[state]}`)
      .join(', ') + (list.length > 2 ? `, and ${list.length - 2} more` : '')
  const bad = slos.filter(({ state }) => RED.includes(state))
  if (bad.length > 0) return { health: 'red', because: named(bad) }
  if (openIncidents > 0)
    return { health: 'red', because: openIncidents === 1 ? 'An incident is open' : `${openIncidents} incidents are open` }
  const doubtful = slos.filter(({ state }) => state !== 'healthy')
  if (doubtful.length > 0) return { health: 'yellow', because: named(doubtful) }
  if (slos.length === 0) return { health: 'yellow', because: 'It has no SLO that is measured' }
  return {
    health: 'green',
    because:
      slos.length === 1
        ? 'Its SLO is within budget'
        : `${slos.length === 2 ? 'Both' : `All ${slos.length}`} SLOs are within budget`,
  }
}

const WORDS: Record<SloState, string> = {
  exhausted: 'exhausted',
  critical: 'critical',
  warning: 'at warning',
  attention: 'at attention',
  healthy: 'healthy',
  'no-data': 'without data',
  'not-enough-data': 'without enough data',
}
