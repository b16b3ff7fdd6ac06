import { MINUTE, type Seconds } from '../time-series/units'
import type { Matcher, Selector } from './indicator'
import type { Signal } from './measurement-plan'

/** How a source counts increments (research: summing `increase` loses up to 1.4 %, this form 0.15 %). */
export const DIALECTS = ['prometheus', 'prometheus_anchored', 'victoriametrics'] as const
export type Dialect = (typeof DIALECTS)[number]

/** A string literal of PromQL. */
export const quoted = (value: string): string =>
  `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`

const matcherText = ({ label, op, value }: Matcher): string => `${label}${op}${quoted(value)}`

export const selectorText = ({ metric, matchers }: Selector): string =>
  matchers.length ? `${metric}{${matchers.map(matcherText).join(',')}}` : metric

/** How far back an earlier value may lie: bridges scrape gaps up to an hour without losing counts. */
const REACH = '1h'
/**
 * A series that is born with more than everything counted in this time beside its step was not born, it came back. Long enough
 * for a few scrapes a minute apart: where everything fails at once, what it is compared with has stood still since the first of them.
 */
const PLAUSIBLE: Seconds = 3 * MINUTE

type Increment = {
  step: Seconds
  dialect: Dialect
  /** writes the number that counts for a series, where that is no plain sample */
  reading?: (text: string) => string
  /** the same of everything that was counted, `reading` unless said otherwise */
  size?: (text: string) => string
  /** the selector of all events: no more of them can have failed in a series that is new than there were */
  within?: string
  /** label that stays apart */
  by?: string
  /** a label by whose values one counter may go on under another name */
  renamed?: string
  /** how long before the evaluation instant the step ends: a scrape may still be under way at that instant */
  lag?: Seconds
}

const asIs = (text: string): string => text
const back = (seconds: Seconds): string => (seconds > 0 ? ` offset ${seconds}s` : '')

/**
 * What a counter grew by in the `step` seconds before the evaluation instant, without extrapolation, so that adjacent
 * increments add up. A counter that fell was reset: it counts from zero. So does one that is new, unless its value is more
 * than all events of the last minutes: that one is old and was only out of sight. Where `reading` is no plain sample, the
 * earlier one is looked for minute by minute: older sources forget native histograms in `last_over_time`.
 */
export function increment(series: string, options: Increment): string {
  const { step, dialect, reading = asIs, size = reading, within = series, by, lag = 0, renamed } = options
  const plain = reading(series) === series
  if (plain && dialect === 'victoriametrics') return `increase(${series}[${step}s]${back(lag)})`
  const now = reading(`${series}${back(lag)}`)
  const then = back(step + lag)
  // Minutes of a subquery are whole ones; the instant itself comes first, or neighbours would overlap.
  const before = plain
    ? `last_over_time(${series}[${REACH}]${then})`
    : `(${reading(`${series}${then}`)} or last_over_time(${reading(series)}[${REACH}:1m]${then}))`
  const around = size(`increase(${within}[${step + PLAUSIBLE}s]${back(lag)})`)
  const most = by ? `on (${by}) group_left () sum by (${by}) (${around})` : `sum(${around})`
  const born = `((${now} unless ${before}) <= ${by ? most : `scalar(${most})`})`
  if (plain && dialect === 'prometheus_anchored') return `increase(${series}[${step}s] anchored${back(lag)}) or ${born}`
  if (plain) return plainIncrement(series, { step, lag, within, renamed, most, on: by ?? '' })
  const grown = `${now} - ${before}`
  return `(${grown}) >= 0 or (${now} and (${grown}) < 0) or ${born}`
}

type Plain = Required<Pick<Increment, 'step' | 'lag' | 'within'>> & Pick<Increment, 'renamed'> & { most: string; on: string }

/**
 * From the last reading before the step up to the highest in it, and from zero to the last one where that fell. A series that
 * ended in the step counts to its end. What is new counts only where nothing beside it came back from out of sight: then all of
 * it was given other labels. The hour before the step is read three times and not more: that is most of the cost.
 */
function plainIncrement(series: string, { step, lag, within, renamed, most, on }: Plain): string {
  const one = (text: string) => (renamed ? `max without (${renamed}) (${text})` : text)
  const earlier = (of: string) => `last_over_time(${of}[${REACH}]${back(step + lag)})`
  const over = (fn: string) => one(`${fn}(${series}[${step}s]${back(lag)})`)
  const [start, end, top] = [one(earlier(series)), over('last_over_time'), over('max_over_time')]
  // Large ones tell that all were given other labels. All events and a part of them ask alike, or one would count what the other leaves out.
  const fresh = `${within}${back(lag)} unless ${earlier(within)}`
  // A bound that is below what is new is none: nothing is at or below it.
  const born = on
    ? `((${top} <= ${most}) unless on (${on}) ((${fresh}) > ${most}))`
    : `${top} <= scalar(${most} >= on () (max(${fresh}) or vector(0)))`
  return [
    `(${top} - ${start}) >= 0`,
    // Neither that nor too much: it is new, or fell before its first sample in the step.
    born,
    // It fell while nobody looked, and is more by now than the last minutes tell of.
    `${top} < ${start}`,
    // With a label of its own, what it counted since it fell adds to the same series.
    `label_replace(${end} < ${top}, "headroom_reset", "1", "", "")`,
    // A series without a sample in the step has not grown, and is there.
    `0 * ${one(`${series}${back(lag)}`)}`,
  ].join(' or ')
}

/** How some events are told from the rest of all events: by the values of one label that a regular expression takes. */
export type Sorting = { label: string; pattern: string }
/** "1" on what it takes, absent on the rest. */
export const PART_LABEL = 'headroom_part'

type Asking = {
  /** keeps a label apart so that one query answers for many SLOs */
  by?: string
  lag?: Seconds
  /** counters are read once, and summed up in two parts */
  sort?: Sorting
}

/** The query for one signal. An expression has no lag: it is asked as it was written. */
export function signalText(signal: Signal, step: Seconds, dialect: Dialect, { by, lag = 0, sort }: Asking = {}): string {
  if (signal.fn === 'expression') return signal.expression
  const grouping = by ? ` by (${by}) ` : ''
  const series = selectorText(signal.selector)
  const counted = (readings: Pick<Increment, 'reading' | 'size'> = {}) => {
    const { within, renamed } = signal as Extract<Signal, { fn: 'increase' }>
    const rest = { ...(within && { within: selectorText(within) }), ...(renamed && { renamed }), ...(by && { by }) }
    const each = increment(series, { step, dialect, lag, ...rest, ...readings })
    if (!sort) return `sum${grouping}(${each})`
    const parts = by ? `${by}, ${PART_LABEL}` : PART_LABEL
    return `sum by (${parts}) (label_replace(${each}, "${PART_LABEL}", "1", "${sort.label}", ${quoted(sort.pattern)}))`
  }
  // A millisecond less: a scrape exactly between two steps belongs to one of them in every version of Prometheus.
  const range = `${series}[${step * 1000 - 1}ms]${back(lag)}`
  switch (signal.fn) {
    case 'increase':
      return counted()
    case 'native-count':
      return counted({ reading: observations })
    case 'native-under':
      return counted({ reading: (text) => observationsUnder(signal.bound, text), size: observations })
    case 'sum-over-time':
      return `sum${grouping}(sum_over_time(${range}))`
    case 'count-over-time':
      return `sum${grouping}(count_over_time(${range}))`
    case 'age':
      return `time() - ${lag > 0 ? `${lag} - ` : ''}max${grouping}(${series}${back(lag)})`
  }
}

const observations = (histogram: string): string => `histogram_count(${histogram})`

/**
 * Observations of a native histogram at or under a bound: it keeps shares, which are interpolated, and a count. An empty one has
 * no share, and no observations.
 */
export const observationsUnder = (bound: Seconds, histogram: string): string =>
  `(histogram_fraction(0, ${bound}, ${histogram}) * histogram_count(${histogram}) >= 0 or 0 * histogram_count(${histogram}))`

/** Matchers as one text that does not depend on the order they were written in: all of them hold at once. */
export const canonicalMatchers = (matchers: Matcher[]): string => matchers.map(matcherText).sort().join()

const canonicalSelector = ({ metric, matchers }: Selector): string => `${metric}{${canonicalMatchers(matchers)}}`

/** The same question has the same key, however its matchers are ordered; different questions never share one. */
export const signalKey = (signal: Signal): string => {
  if (signal.fn === 'expression') return `expression ${signal.expression}`
  const bound = signal.fn === 'native-under' ? ` ${signal.bound}` : ''
  const within = 'within' in signal && signal.within ? ` within ${canonicalSelector(signal.within)}` : ''
  return `${signal.fn}${bound} ${canonicalSelector(signal.selector)}${within}`
}
