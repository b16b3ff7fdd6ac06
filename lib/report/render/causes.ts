import type { ReportCause } from '../document'
import { type Causes, type Figures, shownCauses } from '../shown-causes'

/** A cause as a line of a table: whole tenths of a percent and whole failures that add up to the shown sums. */
export type ShownCause = {
  cause: ReportCause | null
  merged: number
  share: number
  tenths: number
  bad: number
  from: number
  to: number
}
export type ShownCauses = { lines: ShownCause[]; totalTenths: number; totalBad: number }

/** How many causes each of so many objectives may name: a page holds about 120 lines of them. */
export const causesShown = (objectives: number): number => Math.max(4, Math.min(12, Math.floor(120 / Math.max(1, objectives))))

/** The causes of an objective's month as lines of a waterfall, in their order; beyond `most` the smallest are one line. */
export function causeLines(objective: Causes, most: number): ShownCauses {
  const { shown, totalTenths, totalBad } = shownCauses(objective)
  const kept = shown.length <= most ? new Set(shown) : new Set([...shown].sort(byWeight).slice(0, most - 1))
  const rest = shown.filter((one) => !kept.has(one))
  const sum = (of: 'share' | 'tenths' | 'bad') => rest.reduce((total, one) => total + one[of], 0)
  const rows = [
    ...shown.filter((one) => kept.has(one)).map((one) => ({ ...one, merged: 1 })),
    ...(rest.length > 0
      ? [{ cause: null, merged: rest.length, share: sum('share'), tenths: sum('tenths'), bad: sum('bad') }]
      : []),
  ]
  let at = 0
  const lines = rows.map((row): ShownCause => {
    const from = at
    at += row.share
    return { ...row, from, to: at }
  })
  return { lines, totalTenths, totalBad }
}

/** What was excluded, twice, and what nothing explains always stay: without them the lines say something else. */
const weight = ({ cause: { kind }, share }: Figures): number =>
  kind === 'incident' || kind === 'release' || kind === 'dependency' ? Math.abs(share) : Number.POSITIVE_INFINITY
const byWeight = (a: Figures, b: Figures): number => (weight(a) === weight(b) ? 0 : weight(b) - weight(a))
