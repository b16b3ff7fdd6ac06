import { LOOKBACKS } from '../slo/lookback'
import { budgetOf } from '../slo/objective'
import { windowLabel } from '../slo/window'
import type { PortableSlo } from '../slo-as-code/portable'
import { DAY, HOUR, MINUTE, type Seconds } from '../time-series/units'
import { KNOWN, WAITS } from './counts'
import { type Identity, last, lengthName, numberText, SERIES, selected } from './names'
import { type RecordingRule, record } from './rule'
import { sumOf } from './sum'

/** Whose windows; `missed`: which parts of what was missed count for what, `null` where no holes are made up for. */
export type Counting = { identity: Identity; missed: Record<'total' | 'bad', Record<string, string>> | null }

/** Windows are added up minute by minute up to this length, and by twenty minutes beyond. */
const BY_MINUTE: Seconds = 6 * HOUR

/** What was counted over a window, as PromQL, whatever happened while no rule was evaluated. */
export function counted(what: 'total' | 'bad', length: Seconds, { identity, missed: parts }: Counting): string {
  const of = (name: string) => selected(name, identity)
  const minutes = `sum_over_time(${of(SERIES[`${what}1m`])}${last(length)})`
  // What was missed stands at the end of its hole: a shorter window would take it for what happens now, and page somebody.
  const missed = parts && length >= HOUR ? missedIn({ ...identity, ...parts[what] }, length) : null
  // Where minutes are absent nothing can have been missed.
  if (length <= BY_MINUTE) return missed ? `clamp_min(${sumOf({ minutes, ...missed })}, 0)` : minutes
  const recent = of(SERIES[`${what}Recent`])
  const staged = `clamp_min(${sumOf({
    recent,
    whole: `sum_over_time(${of(SERIES[`${what}20m`])}${last(length)})`,
    // The first twenty minutes begin before the window: what was recent then, or when a hole came, had happened by its beginning.
    before: `-last_over_time(${recent}[${lengthName(WAITS)}] offset ${lengthName(length)})`,
    ...missed,
  })}, 0)`
  // Without it nothing is known any more, whatever is left of other parts.
  return length > KNOWN ? `(${staged} and on () ${recent})` : staged
}

/** What was missed in holes that end within the window, less what of it had happened before. */
function missedIn(events: Record<string, string>, length: Seconds): Record<string, string> {
  const then = length > HOUR ? ` offset ${lengthName(length - HOUR)}` : ''
  return {
    missed: `sum_over_time(${selected(SERIES.missed, events)}${last(length)})`,
    early: `-last_over_time(${selected(SERIES.early, events)}${last(MINUTE)}${then})`,
  }
}

/** Roughly what was counted over a window, without what was missed: enough for guards, and half the work. */
export function roughly(what: 'total' | 'bad', length: Seconds, identity: Identity): string {
  const of = (name: string) => selected(name, identity)
  if (length <= BY_MINUTE) return `sum_over_time(${of(SERIES[`${what}1m`])}${last(length)})`
  return `sum_over_time(${of(SERIES[`${what}20m`])}${last(length)}) + ${of(SERIES[`${what}Recent`])}`
}

/** Burn rates over every window that alerts or charts look at; nothing where nothing happened. */
export const burnRates = ({ definition }: PortableSlo, counting: Counting): RecordingRule[] =>
  Object.values(LOOKBACKS).map((length) =>
    record(
      SERIES.burnRate,
      `${counted('bad', length, counting)}\n/ (${counted('total', length, counting)} > 0)\n/ ${numberText(budgetOf(definition.target))}`,
      { ...counting.identity, window: lengthName(length) },
    ),
  )

/** The SLO's own window, if it is a rolling one: no range of PromQL begins with a month. */
export function windowRules({ definition: { target, window } }: PortableSlo, counting: Counting): RecordingRule[] {
  if (window.kind !== 'rolling') return []
  const { identity } = counting
  const of = (name: string) => selected(name, identity)
  const length = window.days * DAY
  return [
    record(SERIES.totalWindow, counted('total', length, counting), identity),
    record(SERIES.badWindow, counted('bad', length, counting), identity),
    record(SERIES.sli, `1 - ${of(SERIES.badWindow)} / (${of(SERIES.totalWindow)} > 0)`, identity),
    record(
      SERIES.remaining,
      `1 - ${of(SERIES.badWindow)} / (${of(SERIES.totalWindow)} > 0) / ${numberText(budgetOf(target))}\nor 0 * ${of(SERIES.totalWindow)} + 1`,
      identity,
    ),
  ]
}

/** What does not change by itself, for tables and dashboards. */
export function facts({ definition }: PortableSlo, serviceName: string, identity: Identity): RecordingRule[] {
  const { target, window, name } = definition
  return [
    record(SERIES.target, `vector(${numberText(target)})`, identity),
    ...(window.kind === 'rolling' ? [record(SERIES.windowDays, `vector(${window.days})`, identity)] : []),
    record(SERIES.info, 'vector(1)', { ...identity, name, service_name: serviceName, window: windowLabel(window) }),
  ]
}
