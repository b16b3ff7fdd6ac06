import type { JudgedState } from '../slo/state'
import type { MappedTo, Mapping, Threshold } from './model'

/** One colour per state for a light and a dark Grafana: at least 3:1 on both, the hues of the portal. */
export const STATE_COLOURS: Record<JudgedState, string> = {
  exhausted: '#c2307f',
  critical: '#e0403a',
  warning: '#c46a0a',
  attention: '#9a8300',
  healthy: '#0f8a7a',
}
/** Neither good nor bad. */
const QUIET = 'text'

/** Anything above nothing: exactly nothing left is exhausted (semantics §5). */
const ABOVE_ZERO = 1e-9

/** From which share of the budget on a state is not excluded by what is left alone (semantics §5), worst first. */
const FLOORS: { state: JudgedState; from: number; words: string }[] = [
  { state: 'exhausted', from: Number.NEGATIVE_INFINITY, words: '◼ exhausted' },
  { state: 'critical', from: ABOVE_ZERO, words: '◆ critical' },
  { state: 'warning', from: 0.05, words: '▲ warning' },
  { state: 'attention', from: 0.1, words: '● attention' },
  { state: 'healthy', from: 0.25, words: '✓ enough left' },
]

/** Steps of colour for a share of the budget, signed. */
export const BUDGET_STEPS: Threshold[] = FLOORS.map(({ state, from }) => ({
  value: Number.isFinite(from) ? from : null,
  color: STATE_COLOURS[state],
}))

/** The same as words with a shape. Both ends of a range belong to it and the first one that fits counts, so: best first. */
export const BUDGET_WORDS: Mapping[] = [
  ...[...FLOORS].reverse().map(({ state, from, words }, index): Mapping => {
    const result: MappedTo = { text: words, color: STATE_COLOURS[state], index }
    const above = FLOORS[FLOORS.length - index]?.from ?? null
    return { type: 'range', options: { from: Number.isFinite(from) ? from : null, to: above, result } }
  }),
  { type: 'special', options: { match: 'null+nan', result: { text: '○ unknown', color: QUIET, index: FLOORS.length } } },
]

/** 1 spends exactly the budget. */
export const BURN_STEPS: Threshold[] = [
  { value: null, color: QUIET },
  { value: 1, color: STATE_COLOURS.attention },
]

/** Of a count of something bad; `null` first, because that is how steps begin. */
export const countSteps = (state: JudgedState): Threshold[] => [
  { value: null, color: STATE_COLOURS.healthy },
  { value: 1, color: STATE_COLOURS[state] },
]

export const QUIET_STEPS: Threshold[] = [{ value: null, color: QUIET }]
