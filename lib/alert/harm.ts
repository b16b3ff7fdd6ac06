import { burnRateOf } from '../slo/burn-rate'
import { badOf, between, type CounterSeries, endOf, readingAt } from '../slo/counts'
import { budgetOf } from '../slo/objective'
import type { StatusRules } from '../slo/status'
import type { Period } from '../slo/window'
import { windowLength } from '../slo/window'
import { HOUR, type Ratio } from '../time-series/units'

/** A stretch in which budget was spent faster than it comes, and what it spent. */
export type Harm = Period & { share: Ratio }

/** Harm that pauses for less than this goes on as the same one. Seconds. */
const SAME = HOUR

/** Stretches whose steps burn at 1 or more, with the share of the window's budget that each of them spent. */
export function harmsIn(rules: StatusRules, series: CounterSeries): Harm[] {
  const { from, step } = series
  const stretches: Period[] = []
  for (let at = from + step; at <= endOf(series); at += step) {
    const burn = burnRateOf(between(readingAt(series, at - step), readingAt(series, at)), rules.target)
    if (burn === null || burn < 1) continue
    const last = stretches.at(-1)
    if (last && at - step - last.to <= SAME) last.to = at
    else stretches.push({ from: at - step, to: at })
  }
  return stretches.map((stretch) => ({ ...stretch, share: spentIn(rules, series, stretch) }))
}

/**
 * What a stretch spent of the budget of a window that ends with it. A series shorter than the window is taken as typical
 * of all of it: its traffic stands for the rest.
 */
export function spentIn(rules: StatusRules, series: CounterSeries, { from, to }: Period): Ratio {
  const window = windowLength(rules.window, to)
  const start = Math.max(series.from, to - window)
  const total = between(readingAt(series, start), readingAt(series, to)).total * (window / Math.max(series.step, to - start))
  const bad = badOf(between(readingAt(series, from), readingAt(series, to)))
  return total > 0 ? bad / (budgetOf(rules.target) * total) : 0
}

export const overlaps = (a: Period, b: Period): boolean => a.from < b.to && b.from < a.to
