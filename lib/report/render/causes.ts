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
export type ShownCauses = { lines: ShownCause[]; totalTenths: number; totalBad: number }

const NOISE = 1e-9

/** How many causes each of so many objectives may name: a page holds about 120 lines of them. */
export const causesShown = (objectives: number): number => Math.max(4, Math.min(12, Math.floor(120 / Math.max(1, objectives))))

/**
 * The causes of an objective's month, in their order; beyond `most` the smallest are one line. Shares are ratios of the month's
 * budget, shown in tenths of a percent whose sum is consumed, rounded up; failures are whole, and their sum as well.
 */
export function shownCauses({ causes, consumed }: Pick<ObjectiveMonth, 'causes' | 'consumed'>, most: number): ShownCauses {
  const kept = causes.length <= most ? new Set(causes) : new Set([...causes].sort(byWeight).slice(0, most - 1))
  const rest = causes.filter((cause) => !kept.has(cause))
  const sum = (of: (cause: ReportCause) => number) => rest.reduce((total, cause) => total + of(cause), 0)
  const rows = [
    ...causes.filter((cause) => kept.has(cause)).map((cause) => ({ cause, merged: 1, share: cause.share, bad: cause.bad })),
    ...(rest.length > 0
      ? [{ cause: null, merged: rest.length, share: sum(({ share }) => share), bad: sum(({ bad }) => bad) }]
      : []),
  ]
  const totalTenths = Math.ceil((consumed ?? 0) * 1000 - NOISE) + 0
  const totalBad = Math.ceil(causes.reduce((total, { bad }) => total + bad, 0) - 1e-6) + 0
  const tenths = shownShares(
    rows.map(({ share }) => share),
    totalTenths,
  )
  const bads = shownShares(
    rows.map(({ bad }) => bad / 1000),
    totalBad,
  )
  let at = 0
  const lines = rows.map((row, i): ShownCause => {
    const from = at
    at += row.share
    return { ...row, tenths: tenths[i] ?? 0, bad: bads[i] ?? 0, from, to: at }
  })
  return { lines, totalTenths, totalBad }
}

/** What was excluded, twice, and what nothing explains always stay: without them the lines say something else. */
const weight = ({ kind, share }: ReportCause): number =>
  kind === 'incident' || kind === 'release' || kind === 'dependency' ? Math.abs(share) : Number.POSITIVE_INFINITY
const byWeight = (a: ReportCause, b: ReportCause): number => (weight(a) === weight(b) ? 0 : weight(b) - weight(a))
