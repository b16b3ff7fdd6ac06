import type { MeasurementPlan, Signal } from './measurement-plan'

/** A question of a plan and what its answer means. */
type Query = { signal: 'good' | 'bad' | 'total' | 'value'; ask: Signal }

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
    case 'members':
      return []
    default:
      return named('value', [plan.value])
  }
}
