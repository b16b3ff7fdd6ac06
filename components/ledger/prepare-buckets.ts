import type { LineKind } from '@/lib/ledger/ledger'
import type { SloLedger } from '@/lib/ledger/schema'
import type { UnixSeconds } from '@/lib/time-series/units'

/** What takes from the budget in a bucket, stacked from the bottom; exclusions cancel and are left out. */
const STACKED: LineKind[] = ['incident', 'release', 'dependency', 'no-data', 'unexplained']

export type BucketColumn = {
  from: UnixSeconds
  to: UnixSeconds
  parts: { kind: LineKind; share: number }[]
  /** of the budget, credits included */
  consumed: number
}

/** Shares of the budget per bucket and kind. */
export const prepareBuckets = ({ buckets, lines }: SloLedger): BucketColumn[] =>
  buckets.map(({ from, to }, i) => {
    const shareOf = (kind: LineKind) =>
      lines.filter((line) => line.kind === kind).reduce((sum, line) => sum + (line.shares[i] ?? 0), 0)
    const parts = STACKED.map((kind) => ({ kind, share: Math.max(0, shareOf(kind)) })).filter(({ share }) => share > 0)
    return { from, to, parts, consumed: lines.reduce((sum, line) => sum + (line.shares[i] ?? 0), 0) }
  })
