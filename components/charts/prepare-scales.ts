import type { SloHistory } from '@/lib/slo/detail'
import { BURN_FLOOR } from './prepare-history'

export type Scale = { domain: [number, number]; ticks: number[] }

/** Whole steps that leave three to seven lines, however far below zero a budget went. */
const BUDGET_STEPS = [0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100]

/** Remaining budget: always 100 % above and some ground below zero, further down when it was overspent further. */
export function budgetScale(remaining: (number | null)[]): Scale {
  let lowest = -0.25
  // A credit can leave more than the whole budget.
  let highest = 1
  for (const value of remaining)
    if (value !== null) {
      lowest = Math.min(lowest, value)
      highest = Math.max(highest, value)
    }
  const step = BUDGET_STEPS.find((candidate) => (highest - lowest) / candidate <= 6.5) ?? Math.ceil(highest - lowest) / 5
  const from = Math.floor(lowest / step + 1e-9) * step
  const to = highest > 1 ? Math.ceil(highest / step - 1e-9) * step : 1
  const ticks: number[] = []
  for (let tick = from; tick <= to + 1e-9; tick += step) ticks.push(Number(tick.toFixed(6)))
  return { domain: [from, to], ticks }
}

/** Burn rates on a log scale of whole decades that holds every value and every threshold. */
export function burnScale(history: Pick<SloHistory, 'burn1h' | 'burn6h' | 'burn24h'>, thresholds: number[]): Scale {
  let highest = Math.max(10, ...thresholds)
  for (const column of [history.burn1h, history.burn6h, history.burn24h])
    for (const value of column) if (value !== null) highest = Math.max(highest, value)
  const decades = Math.ceil(Math.log10(highest) - 1e-9)
  const ticks = Array.from({ length: decades + 2 }, (_, i) => 10 ** (i - 1))
  return { domain: [BURN_FLOOR, 10 ** decades], ticks }
}
