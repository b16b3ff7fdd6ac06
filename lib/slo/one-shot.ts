import type { Seconds } from '../time-series/units'
import type { Accounting, MeasurementPlan, Signal, SourcePlan } from './measurement-plan'
import { type Dialect, observationsUnder, selectorText, signalText } from './promql'

/**
 * The questions a person would ask Prometheus by hand for a whole stretch, written without the portal's own increments:
 * plain `increase` for events, a subquery of minutes for slices. Independent on purpose; it is what the portal is
 * checked against.
 */
export type OneShot =
  | { shape: 'events'; part: 'good' | 'bad'; partQuery: string; totalQuery: string }
  /** the mean of good minutes over those that were measured, and how many those are */
  | { shape: 'slices'; meanQuery: string; countQuery: string }

const whole = (signals: Signal[], seconds: Seconds): string => signals.map((signal) => grown(signal, seconds)).join(' + ')

function grown(signal: Signal, seconds: Seconds): string {
  if (signal.fn === 'expression') return signal.expression
  const sum = `sum(increase(${selectorText(signal.selector)}[${seconds}s]))`
  if (signal.fn === 'native-count') return `histogram_count(${sum})`
  return signal.fn === 'native-under' ? observationsUnder(signal.bound, sum) : sum
}

/** A signal of a minute as a person would ask for it, for readers; `signalText` is what is asked. */
export const readably = (signal: Signal, dialect: Dialect): string =>
  signal.fn === 'increase' || signal.fn.startsWith('native') ? grown(signal, 60) : signalText(signal, 60, dialect)

export const isSliced = (plan: MeasurementPlan, { method }: Accounting): boolean =>
  !plan.shape.endsWith('total') || method !== 'occurrences'

export function oneShotOf(plan: SourcePlan, accounting: Accounting, seconds: Seconds, dialect: Dialect): OneShot {
  if (!isSliced(plan, accounting) && (plan.shape === 'good-total' || plan.shape === 'bad-total')) {
    const part = plan.shape === 'good-total' ? 'good' : 'bad'
    return { shape: 'events', part, partQuery: whole(plan.part, seconds), totalQuery: whole(plan.total, seconds) }
  }
  const minute = minuteOf(plan, accounting, dialect)
  // A second less, so that the minute that ends where the stretch begins is left out by every version of Prometheus.
  const range = seconds - 1
  return {
    shape: 'slices',
    meanQuery: `avg_over_time((${minute})[${range}s:60s])`,
    countQuery: `count_over_time((${minute})[${range}s:60s])`,
  }
}

/** 0..1 for the minute that ends at the evaluation instant. */
function minuteOf(plan: SourcePlan, { method, sliceTarget }: Accounting, dialect: Dialect): string {
  const judged = (share: string) =>
    method === 'time_slices' && sliceTarget !== null ? `(${share}) >= bool ${sliceTarget}` : share
  switch (plan.shape) {
    case 'rate-at-least':
      return `((${signalText(plan.value, 60, dialect)}) / 60 >= bool ${plan.threshold}) and on () (${signalText(plan.samples, 60, dialect)})`
    case 'at-most':
      return `(${signalText(plan.value, 60, dialect)}) <= bool ${plan.threshold}`
    case 'share': {
      const part = signalText(plan.part, 60, dialect)
      return judged(`clamp(${plan.whole ? `(${part}) / (${signalText(plan.whole, 60, dialect)})` : part}, 0, 1)`)
    }
    default: {
      const sum = (signals: Signal[]) => signals.map((signal) => `(${signalText(signal, 60, dialect)} or vector(0))`).join(' + ')
      const total = `(${plan.total.map((signal) => `(${signalText(signal, 60, dialect)})`).join(' + ')})`
      const share =
        plan.shape === 'good-total' ? `(${sum(plan.part)}) / (${total} > 0)` : `1 - (${sum(plan.part)}) / (${total} > 0)`
      // A minute in which nothing happened is a good minute.
      return judged(`clamp(${share}, 0, 1) or (${total} * 0 + 1)`)
    }
  }
}
