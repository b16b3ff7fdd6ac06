import type { MeasurementPlan, Signal } from './measurement-plan'

/** What the answer to a question means; `samples`: how often it was scraped at all. */
export type Meaning = 'good' | 'bad' | 'total' | 'value' | 'samples'
type Query = { signal: Meaning; ask: Signal }

/** Everything a plan asks a source, named. A composite asks nothing. */
export function queriesOf(plan: MeasurementPlan): Query[] {
  const named = (signal: Query['signal'], signals: Signal[]) => signals.map((ask) => ({ signal, ask }))
  switch (plan.shape) {
    case 'good-total':
      return [...named('good', plan.part), ...named('total', plan.total)]
    case 'bad-total':
      return [...named('bad', plan.part), ...named('total', plan.total)]
    case 'share':
      return plan.whole ? [...named('good', [plan.part]), ...named('total', [plan.whole])] : named('value', [plan.part])
    case 'rate-at-least':
      return [...named('value', [plan.value]), ...named('samples', [plan.samples])]
    case 'members':
      return []
    default:
      return named('value', [plan.value])
  }
}
