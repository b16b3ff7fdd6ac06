import type { LedgerLine } from '@/lib/ledger/ledger'
import { shownShares } from '@/lib/ledger/shown'

export type WaterfallRow = {
  line: LedgerLine
  /** where the bar begins and ends, shares of the budget from the left */
  from: number
  to: number
  /** tenths of a percent; they add up to the shown total */
  tenths: number
}

export type Waterfall = { rows: WaterfallRow[]; totalTenths: number; domain: [number, number] }

const NOISE = 1e-9

/** Each line begins where the one before it ended. What is spent is rounded up, and the lines with it. */
export function prepareWaterfall(lines: LedgerLine[], consumed: number): Waterfall {
  const totalTenths = Math.ceil(consumed * 1000 - NOISE) + 0
  const tenths = shownShares(
    lines.map(({ share }) => share),
    totalTenths,
  )
  let at = 0
  const rows = lines.map((line, i): WaterfallRow => {
    const from = at
    at += line.share
    return { line, from, to: at, tenths: tenths[i] ?? 0 }
  })
  const ends = rows.flatMap(({ from, to }) => [from, to])
  return { rows, totalTenths, domain: [Math.min(0, ...ends), Math.max(1, ...ends) * 1.04] }
}
