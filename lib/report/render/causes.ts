import { shownShares } from '../../ledger/shown'
import type { ObjectiveMonth, ReportCause } from '../document'

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
type Causes = Pick<ObjectiveMonth, 'causes' | 'consumed'>
type Figures = { cause: ReportCause; share: number; tenths: number; bad: number }
export type ShownCauses = { lines: ShownCause[]; totalTenths: number; totalBad: number }

const NOISE = 1e-9

/** How many causes each of so many objectives may name: a page holds about 120 lines of them. */
export const causesShown = (objectives: number): number => Math.max(4, Math.min(12, Math.floor(120 / Math.max(1, objectives))))

/**
 * Every cause of an objective's month in whole tenths of a percent of its budget and whole failures. They add up to what is
 * consumed and to all failures, both rounded up; so a figure is the same wherever a report names the cause.
 */
export function shownCauses({ causes, consumed }: Causes): { shown: Figures[]; totalTenths: number; totalBad: number } {
  const totalTenths = Math.ceil((consumed ?? 0) * 1000 - NOISE) + 0
  const totalBad = Math.ceil(causes.reduce((total, { bad }) => total + bad, 0) - 1e-6) + 0
  const tenths = shownShares(
    causes.map(({ share }) => share),
    totalTenths,
  )
  const bads = shownShares(
    causes.map(({ bad }) => bad / 1000),
    totalBad,
  )
  const shown = causes.map((cause, i): Figures => ({ cause, share: cause.share, tenths: tenths[i] ?? 0, bad: bads[i] ?? 0 }))
  return { shown, totalTenths, totalBad }
}

/** The same as lines of a waterfall, in the order of the causes; beyond `most` the smallest are one line. */
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
