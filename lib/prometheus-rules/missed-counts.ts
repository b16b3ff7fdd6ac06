import type { MeasurementPlan, Signal, SourcePlan } from '../slo/measurement-plan'
import { observationsUnder, PART_LABEL, quoted, selectorText } from '../slo/promql'
import { HOUR, MINUTE, type Seconds } from '../time-series/units'
import { added, countsEvents } from './counts'
import { type Identity, JUST_BEFORE, LAG, last, SERIES, selected } from './names'
import { type RecordingRule, record } from './rule'
import { sortedOf } from './sorted-counts'
import { sumOf } from './sum'

/** What is compared with what was counted; a longer hole is made up for as far as the hour before that one tells of it. */
const SPAN: Seconds = HOUR
/** Seconds between scrapes, where somebody said so. */
type Scrape = Seconds | null

/**
 * What happened in a hole of the rules, at its end: what the counters grew by in the last hour, less what was counted of it. And, an
 * hour later, how much of it had happened by each of its minutes: windows that begin there take that away. Only events can be made
 * up for; minutes that nobody judged stay unjudged.
 */
export function missedCounts(plan: MeasurementPlan, identity: Identity, scrape: Scrape): RecordingRule[] {
  if (!countsEvents(plan)) return []
  const of = (name: string) => selected(name, identity)
  const [total, missed, early] = [of(SERIES.total1m), of(SERIES.missed), of(SERIES.early)]
  const uncounted = (terms: Record<string, string>) => `clamp_min(${sumOf(terms, PART_LABEL)}, 0)`
  const then = ` offset ${SPAN}s`
  return [
    record(
      SERIES.early,
      `${uncounted({
        grown: grown(plan, { ago: SPAN, scrape }),
        counted: `-1 * (${counted(plan, identity, then)})`,
        missed: `-sum_over_time(${missed}${last(SPAN)}${then})`,
      })}
and on () last_over_time(${total}${last(SPAN)}${then}) unless on () last_over_time(${total}${last(MINUTE)}${then})`,
      identity,
    ),
    record(
      SERIES.missed,
      `${uncounted({
        grown: grown(plan, { ago: 0, scrape }),
        counted: `-1 * (${counted(plan, identity, '')})`,
        // Of an earlier hole as much is within the hour as did not happen before it.
        missed: `-sum_over_time(${missed}[${SPAN - JUST_BEFORE - 1}s] offset ${JUST_BEFORE}s)`,
        early: `last_over_time(${early}${last(MINUTE)})`,
      })}
and on () ${total} unless on () last_over_time(${total}[1m] offset ${JUST_BEFORE}s)`,
      identity,
    ),
  ]
}

/** Which parts are all events and the bad ones: the two that are told apart, or else all of them and some of those. */
export function partsOf(plan: MeasurementPlan): Record<'total' | 'bad', Record<string, string>> {
  const sorted = sortedOf(plan)
  if (sorted) return { total: {}, bad: { [PART_LABEL]: sorted.matchedIsBad ? '1' : '' } }
  return { total: { [PART_LABEL]: '' }, bad: { [PART_LABEL]: '1' } }
}

type EventPlan = Extract<SourcePlan, { part: Signal[] }>
type Hour = { ago: Seconds; scrape: Scrape }

/**
 * What counters grew by in an hour, by part. `increase` knows resets and pods that are gone; births are too rare to matter. Where
 * scrapes are known it reaches one further back, to the last one before the hour, and what it extrapolates is taken back: then it
 * is what minutes add up to. With a guess that is too long it would take what was counted before the hour for missed.
 */
function grown(plan: EventPlan, { ago, scrape }: Hour): string {
  const range = scrape === null ? `${SPAN}s` : `${(SPAN + scrape) * 1000 - 1}ms`
  const increase = (series: string) => `increase(${series}[${range}] offset ${ago + LAG}s)`
  const exact = (text: string) => (scrape === null ? text : `${text} * ${SPAN} / ${SPAN + scrape}`)
  const sorted = sortedOf(plan)
  if (sorted) {
    const { label, pattern } = sorted.sort
    const each = `label_replace(${increase(selectorText(sorted.all.selector))}, "${PART_LABEL}", "1", "${label}", ${quoted(pattern)})`
    return exact(`sum by (${PART_LABEL}) (${each})`)
  }
  const grownOf = (signal: Signal): string => {
    // What is no counter has no hour to look back to.
    if (signal.fn === 'expression') return signal.expression
    const sum = `sum(${increase(selectorText(signal.selector))})`
    if (signal.fn === 'native-count') return exact(`histogram_count(${sum})`)
    return exact(signal.fn === 'native-under' ? observationsUnder(signal.bound, sum) : sum)
  }
  const [part, all] = [plan.part, plan.total].map((signals) => `(${added(signals, grownOf)})`) as [string, string]
  const bad = plan.shape === 'bad-total' ? part : `(${all} - on () (${part} or on () vector(0)))`
  return `${matched(bad)}\nor ${all}`
}

/** What was counted of it, by part. */
function counted(plan: EventPlan, identity: Identity, then: string): string {
  const over = (name: string) => `sum_over_time(${selected(name, identity)}${last(SPAN)}${then})`
  return sortedOf(plan) ? over(SERIES.events1m) : `${matched(over(SERIES.bad1m))} or ${over(SERIES.total1m)}`
}

const matched = (text: string): string => `label_replace(${text}, "${PART_LABEL}", "1", "", "")`
