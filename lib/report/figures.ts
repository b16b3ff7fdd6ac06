import { between, type Counts, ratioOf } from '../slo/counts'
import { rulesOverTime, type VersionRules } from '../slo/rules-over-time'
import { type StatusRules, withNoDataPolicy } from '../slo/status'
import type { Period } from '../slo/window'
import { DAY, MINUTE, type Ratio, type UnixSeconds } from '../time-series/units'
import type { MonthFigure, Outcome } from './document'

/** Figures of one SLO in one calendar month (semantics §11), each month judged by its own target in force. */

export type Target = { from: UnixSeconds; target: Ratio }

/** Every target in force within a stretch, the first one from its start. Before the first version, the first holds. */
export function targetsIn(rules: StatusRules, versions: VersionRules[], { from, to }: Period): Target[] {
  const rulesAt = rulesOverTime(rules, versions)
  const instants = [from, ...versions.map((version) => version.from).filter((ts) => ts > from && ts < to)]
  const found: Target[] = []
  for (const at of instants) {
    const { target } = rulesAt(at)
    if (found.at(-1)?.target !== target) found.push({ from: at, target })
  }
  return found
}

/** Σ target × seconds in force ÷ seconds. One target stays exactly itself. */
export function weightedTarget(targets: Target[], to: UnixSeconds): Ratio {
  const [first] = targets
  if (targets.length === 1 || !first || to <= first.from) return first?.target ?? 0
  const seconds = targets.map(({ from }, i) => (targets[i + 1]?.from ?? to) - from)
  return targets.reduce((sum, { target }, i) => sum + target * (seconds[i] as number), 0) / (to - first.from)
}

/** Cumulative counters at an instant, as they count; null where the counters have not come. */
export type Reading = (ts: UnixSeconds) => Counts | null

export type MonthInput = {
  month: string
  period: Period
  /** nothing after it was counted */
  asOf: UnixSeconds
  historyFrom: UnixSeconds
  /** newest evaluation */
  newest: UnixSeconds
  rules: StatusRules
  versions: VersionRules[]
  adjusted: Reading
}
export type JudgedMonth = MonthFigure & { counts: Counts; coverage: Ratio; targets: Target[]; rules: StatusRules }

/** A history that began within the month says nothing before it is three days long, as with alerts. */
const YOUNG = 3 * DAY

/** null: before history began. */
export function judgedMonth(input: MonthInput): JudgedMonth | null {
  const { month, period, historyFrom, newest } = input
  if (historyFrom >= period.to) return null
  const end = Math.min(period.to, input.asOf)
  const reached = Math.max(period.from, Math.min(end, newest))
  const begun = Math.max(period.from, historyFrom)
  const targets = targetsIn(input.rules, input.versions, { from: period.from, to: end })
  const target = weightedTarget(targets, end)
  const rules = { ...rulesOverTime(input.rules, input.versions)(end), target }
  const [start, stop] = [input.adjusted(period.from), input.adjusted(reached)]
  const measured = start && stop ? between(start, stop) : { good: 0, total: 0, measured: 0 }
  const counts = withNoDataPolicy(measured, Math.max(0, reached - begun) / MINUTE, rules.noDataPolicy)
  const expected = Math.max(0, end - begun) / MINUTE
  const coverage = expected > 0 ? Math.min(1, Math.max(0, measured.measured) / expected) : 0
  const young = historyFrom > period.from && end - historyFrom < YOUNG
  const sli = ratioOf(counts)
  return {
    ...{ month, target, sli, counts, coverage, targets, rules },
    outcome: outcomeOf({ rules, counts, coverage, sli, young }),
  }
}

type Judged = { rules: StatusRules; counts: Counts; coverage: Ratio; sli: Ratio | null; young: boolean }

export function outcomeOf({ rules, counts, coverage, sli, young }: Judged): Outcome {
  if (coverage === 0 || (rules.noDataPolicy === 'ignore' && coverage < rules.coverageFloor)) return 'no_data'
  if (sli === null || counts.total < rules.minEvents || young) return 'not_enough_data'
  return sli >= rules.target ? 'met' : 'not_met'
}
