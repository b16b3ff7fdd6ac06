import type { Signal, SourcePlan } from '../slo/measurement-plan'
import { observationsUnder, selectorText } from '../slo/promql'
import { HOUR, MINUTE, type Seconds } from '../time-series/units'
import { added, countsEvents } from './counts'
import { type Identity, LAG, last, SERIES, selected } from './names'
import { type RecordingRule, record } from './rule'

/** How long a hole of the rules may be and lose nothing. */
const HEALED: Seconds = HOUR

/**
 * What happened in a hole of the rules, at its end: what the counters grew by in the last hour, less what was counted of it. While
 * the hour that ends now began within a hole, that also tells how much of it had happened by then, which windows take away again
 * that begin at the same instant. Only events can be made up for; minutes that nobody judged stay unjudged.
 */
export function missedCounts(plan: SourcePlan, identity: Identity): RecordingRule[] {
  if (!countsEvents(plan)) return []
  const of = (name: string) => selected(name, identity)
  const total = of(SERIES.total1m)
  const aMinuteAgo = `last_over_time(${total}[1m] offset 30s)`
  const anHourAgo = `last_over_time(${total}${last(MINUTE)} offset ${HEALED}s)`
  const [part, all] = [added(plan.part, grown), added(plan.total, grown)]
  const failed = plan.shape === 'bad-total' ? `(${part} or vector(0))` : `(${all} - (${part} or vector(0)))`
  const rules = (what: 'total' | 'bad', grew: string): RecordingRule[] => {
    const names = {
      uncounted: SERIES[`${what}Uncounted`],
      missed: SERIES[`${what}Missed`],
      early: SERIES[`${what}Early`],
    } as const
    const counted = `sum_over_time(${of(SERIES[`${what}1m`])}${last(HEALED)})`
    const [uncounted, missed] = [of(names.uncounted), of(names.missed)]
    const made = `(sum_over_time(${missed}[1h] offset 30s) or 0 * ${uncounted})`
    return [
      record(
        names.uncounted,
        `clamp_min(${grew} - on () ${counted}, 0) unless on () (${aMinuteAgo} and on () ${anHourAgo})`,
        identity,
      ),
      record(names.missed, `clamp_min(${uncounted} - ${made}, 0) and on () ${total} unless on () ${aMinuteAgo}`, identity),
      record(
        names.early,
        `clamp_min(sum_over_time(${missed}${last(HEALED)}) - ${uncounted}, 0) unless on () ${anHourAgo}`,
        identity,
      ),
    ]
  }
  return [...rules('total', all), ...rules('bad', failed)]
}

/** Over an hour `increase` is right, pods that are gone included, and births are too rare to matter. */
function grown(signal: Signal): string {
  if (signal.fn === 'expression') return signal.expression
  const sum = `sum(increase(${selectorText(signal.selector)}[${HEALED}s] offset ${LAG}s))`
  if (signal.fn === 'native-count') return `histogram_count(${sum})`
  return signal.fn === 'native-under' ? observationsUnder(signal.bound, sum) : sum
}
