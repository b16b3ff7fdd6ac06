import { badOf, between, type Counts } from '../slo/counts'
import { budgetInMinutes } from '../slo/error-budget'
import type { NoDataPolicy } from '../slo/objective'
import { withNoDataPolicy } from '../slo/status'
import type { Period } from '../slo/window'
import type { Ratio, UnixSeconds } from '../time-series/units'
import { type Cause, type CauseStretch, causeKey, cutsOf, ownerOf } from './cause'

export type LineKind = Cause['kind'] | 'no-data' | 'measured' | 'excluded' | 'credit' | 'unexplained'

/** One cause and what it spent. Negative shares give budget back. */
export type LedgerLine = {
  key: string
  kind: LineKind
  cause: Cause | null
  /** from its first stretch to its last */
  when: Period | null
  /** bad events or slices */
  bad: number
  /** of the whole budget */
  share: number
  /** the same per bucket */
  shares: number[]
}

export type Ledger = {
  period: Period
  buckets: Period[]
  lines: LedgerLine[]
  /** Σ shares; 1 − this is what is left */
  consumed: number
  budget: { events: number; minutes: number }
  counts: Counts
}

export type LedgerInput = {
  period: Period
  /** consecutive, together the period */
  buckets: Period[]
  target: Ratio
  noDataPolicy: NoDataPolicy
  /** start of history: from here on measurements are expected */
  measuredFrom: UnixSeconds
  /** minutes of the period in which they were */
  slots: number
  /** seconds of the whole window that the budget is for; longer than the period while it still runs */
  budgetLength: number
  stretches: CauseStretch[]
  /** ends of exclusions */
  edges: UnixSeconds[]
  credits: { at: UnixSeconds; minutes: number }[]
  /** cumulative counters as measured, and as they count */
  measured: (ts: UnixSeconds) => Counts
  adjusted: (ts: UnixSeconds) => Counts
}

type Entry = { key: string; kind: LineKind; cause: Cause | null; when: Period | null; bad: number[] }

/**
 * Who spent a budget (semantics §8). The period is cut where the answer may change; each piece is spent once, by its
 * owner, and what nobody answers for is unexplained. An exclusion stands as two lines that cancel. The shares add up to
 * consumed: pieces of cumulative counters telescope.
 */
export function ledgerOf(input: LedgerInput): Ledger {
  const { period, buckets, target, measured, adjusted } = input
  const counts = between(adjusted(period.from), adjusted(period.to))
  const filled = withNoDataPolicy(counts, input.slots, input.noDataPolicy)
  const missingBad = badOf(filled) - badOf(counts)
  const missingSlots = expectedSlots(period, input.measuredFrom) - counts.measured
  const entries = new Map<string, Entry>()
  const add = (bucket: number, bad: number, kind: LineKind, owner: CauseStretch | null = null) => {
    const cause = owner?.cause ?? null
    const key = cause ? causeKey(cause) : kind
    const entry = entries.get(key) ?? { key, kind, cause, when: null, bad: buckets.map(() => 0) }
    entry.bad[bucket] = (entry.bad[bucket] ?? 0) + bad
    if (owner) entry.when = around(entry.when, owner)
    entries.set(key, entry)
  }
  const pieces = piecesOf(input).map((piece) => ({
    ...piece,
    raw: between(measured(piece.from), measured(piece.to)),
    counted: between(adjusted(piece.from), adjusted(piece.to)),
    owner: ownerOf(input.stretches, piece),
  }))
  const parts = partsOf(pieces)
  for (const { from, to, bucket, raw, counted, owner } of pieces) {
    const left = counted.total - counted.good
    const out = raw.total - raw.good - left
    if (out !== 0) {
      add(bucket, out, 'measured')
      add(bucket, -out, 'excluded')
    }
    const own = owner ? left * (parts.get(causeKey(owner.cause)) ?? 1) : 0
    if (owner && own !== 0) add(bucket, own, owner.cause.kind, owner)
    add(bucket, left - own, 'unexplained')
    if (missingBad !== 0)
      add(bucket, (missingBad * (expectedSlots({ from, to }, input.measuredFrom) - counted.measured)) / missingSlots, 'no-data')
  }
  const budgetEvents = (1 - target) * filled.total
  const shareOf = (bad: number) => (budgetEvents > 0 ? bad / budgetEvents : 0)
  const lines = [...entries.values()].map(({ bad, ...entry }): LedgerLine => {
    const sum = bad.reduce((a, b) => a + b, 0)
    return { ...entry, bad: sum, share: shareOf(sum), shares: bad.map(shareOf) }
  })
  const minutes = budgetInMinutes(target, input.budgetLength)
  lines.push(...creditLine(input, minutes))
  return {
    ...{ period, buckets, counts: filled, budget: { events: budgetEvents, minutes } },
    lines: settled(lines, badOf(filled), shareOf).sort(byWeight),
    consumed: shareOf(badOf(filled)) + (lines.find(({ kind }) => kind === 'credit')?.share ?? 0),
  }
}

const expectedSlots = ({ from, to }: Period, measuredFrom: UnixSeconds): number =>
  Math.max(0, to - Math.max(from, measuredFrom)) / 60

function piecesOf({ period, buckets, stretches, edges }: LedgerInput): (Period & { bucket: number })[] {
  const pieces: (Period & { bucket: number })[] = []
  const cuts = cutsOf(period, [
    ...edges,
    ...stretches.flatMap(({ from, to }) => [from, to]),
    ...buckets.flatMap(({ from, to }) => [from, to]),
  ])
  let bucket = 0
  for (let i = 1; i < cuts.length; i += 1) {
    const piece = { from: cuts[i - 1] as number, to: cuts[i] as number }
    while ((buckets[bucket]?.to ?? Number.POSITIVE_INFINITY) <= piece.from) bucket += 1
    pieces.push({ ...piece, bucket })
  }
  return pieces
}

const around = (known: Period | null, { from, to }: Period): Period =>
  known ? { from: Math.min(known.from, from), to: Math.max(known.to, to) } : { from, to }

type Piece = { counted: Counts; owner: CauseStretch | null }

/**
 * The share of what failed that is a release's own, by cause: what lies above the ratio of before, over all that it answers
 * for. Piece by piece the answer would hang on where the pieces end.
 */
function partsOf(pieces: Piece[]): Map<string, Ratio> {
  const sums = new Map<string, { bad: number; total: number; baseline: Ratio }>()
  for (const { owner, counted } of pieces) {
    if (owner?.baseline === undefined) continue
    const sum = sums.get(causeKey(owner.cause)) ?? { bad: 0, total: 0, baseline: owner.baseline }
    sum.bad += counted.total - counted.good
    sum.total += counted.total
    sums.set(causeKey(owner.cause), sum)
  }
  const part = ({ bad, total, baseline }: { bad: number; total: number; baseline: Ratio }) =>
    bad > 0 ? Math.max(0, bad - baseline * total) / bad : 0
  return new Map([...sums].map(([key, sum]) => [key, part(sum)]))
}

function creditLine({ credits, buckets, period }: LedgerInput, budget: number): LedgerLine[] {
  const within = credits.filter(({ at }) => at > period.from && at <= period.to)
  if (within.length === 0) return []
  const shareIn = (stretch: Period) =>
    within.reduce((sum, { at, minutes }) => (at > stretch.from && at <= stretch.to ? sum - minutes / budget : sum), 0)
  return [
    { key: 'credit', kind: 'credit', cause: null, when: null, bad: 0, share: shareIn(period), shares: buckets.map(shareIn) },
  ]
}

/** An indicator that counts more good than all spends less than nothing in places; the whole never does. */
function settled(lines: LedgerLine[], bad: number, shareOf: (bad: number) => number): LedgerLine[] {
  const missing = bad - lines.reduce((sum, line) => sum + line.bad, 0)
  const line = lines.find(({ kind }) => kind === 'unexplained')
  if (line && Math.abs(missing) > 0) {
    line.bad += missing
    line.share = shareOf(line.bad)
    line.shares = line.shares.map((share, i) => (i === line.shares.length - 1 ? share + shareOf(missing) : share))
  }
  return lines.filter(({ kind, share, shares }) => kind === 'unexplained' || share !== 0 || shares.some((one) => one !== 0))
}

const LAST: LineKind[] = ['no-data', 'measured', 'excluded', 'credit', 'unexplained']
/** Causes by what they spent, then what is no cause, at the end what nobody answers for. */
const byWeight = (a: LedgerLine, b: LedgerLine): number =>
  LAST.indexOf(a.kind) - LAST.indexOf(b.kind) || b.share - a.share || a.key.localeCompare(b.key)
