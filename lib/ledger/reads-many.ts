import 'server-only'
import { pool } from '../db/client'
import { loadCorrections, type SloCorrections } from '../measurement/corrections'
import { countersAt, keyOf } from '../measurement/marks'
import { type Counts, NO_COUNTS } from '../slo/counts'
import type { SloDefinition } from '../slo/definition'
import type { StatusRules } from '../slo/status'
import type { Period } from '../slo/window'
import type { UnixSeconds } from '../time-series/units'
import { type CauseStretch, cutsOf } from './cause'
import { type Ledger, ledgerOf } from './ledger'
import { causesOf, type Then } from './reads-causes'

/** What a ledger is drawn up from; whoever asks has read the SLO and may read it. */
export type LedgerWanted = {
  definition: SloDefinition
  rules: Pick<StatusRules, 'target' | 'noDataPolicy'>
  /** the whole stretch that the budget is for; it may still run */
  whole: Period
  /** as far as it has come: counters are read here and not beyond */
  period: Period
  /** consecutive, together the period */
  buckets: Period[]
  /** read as well, for whoever compares */
  also?: UnixSeconds[]
  historyFrom: UnixSeconds
  /** newest evaluation */
  now: UnixSeconds
  /** absent: dependencies as they are now */
  past?: Then
}

export type DrawnLedger = {
  ledger: Ledger
  stretches: CauseStretch[]
  /** cumulative counters at the instants that it was cut at, as measured and as they count; null where there are none */
  measured: (ts: UnixSeconds) => Counts | null
  adjusted: (ts: UnixSeconds) => Counts | null
}

/** Ledgers of many SLOs by number, each over its own period, from as many questions as one of them takes. */
export async function drawLedgers(wanted: LedgerWanted[]): Promise<Map<number, DrawnLedger>> {
  if (wanted.length === 0) return new Map()
  const ids = wanted.map(({ definition }) => definition.id)
  const widest = {
    from: Math.min(...wanted.map(({ period }) => period.from)),
    to: Math.max(...wanted.map(({ period }) => period.to)),
  }
  const past = new Map(wanted.map((one) => [one.definition.id, one.past]))
  const causes = await causesOf(ids, widest, (id) => past.get(id))
  const corrections = await loadCorrections(
    pool(),
    wanted.map(({ definition }) => definition),
  )
  const drafts = wanted.map((one) => {
    const { period, buckets, definition } = one
    const stretches = within(causes.get(definition.id) ?? [], period)
    const edges = corrections.of(definition.id).spans.flatMap(({ from, to }) => [from, to])
    const instants = cutsOf(period, [...edges, ...[...stretches, ...buckets].flatMap(({ from, to }) => [from, to])])
    return { ...one, stretches, edges, instants }
  })
  const read = await countersAt(
    pool(),
    drafts.flatMap(({ definition, instants, also = [] }) => [...instants, ...also].map((ts) => ({ sloId: definition.id, ts }))),
    Math.max(...wanted.map(({ now }) => now)),
  )
  for (const id of ids) writtenDown(read, id, corrections.of(id).spans)
  const drawn = drafts.map(({ definition: { id }, rules, whole, period, historyFrom, ...draft }): [number, DrawnLedger] => {
    const measured = steady(draft.instants, (ts) => read.get(keyOf({ sloId: id, ts })))
    const lens = corrections.lens(id)
    const ledger = ledgerOf({
      ...{ period, buckets: draft.buckets, stretches: draft.stretches, edges: draft.edges, measured },
      ...{ target: rules.target, noDataPolicy: rules.noDataPolicy, budgetLength: whole.to - whole.from },
      credits: corrections.of(id).credits,
      measuredFrom: historyFrom,
      slots: Math.max(0, period.to - Math.max(whole.from, historyFrom)) / 60,
      adjusted: (ts) => lens(ts, measured(ts)),
    })
    const at = (ts: UnixSeconds) => read.get(keyOf({ sloId: id, ts })) ?? null
    const counted = (ts: UnixSeconds) => {
      const reading = at(ts)
      return reading && lens(ts, reading)
    }
    return [id, { ledger, stretches: draft.stretches, measured: at, adjusted: counted }]
  })
  return new Map(drawn)
}

/** Where no reading is left nothing is spent: the counters stand as at the instant before, or as at the first one that is known. */
function steady(instants: UnixSeconds[], reading: (ts: UnixSeconds) => Counts | undefined): (ts: UnixSeconds) => Counts {
  let last = instants.map(reading).find((counts) => counts !== undefined) ?? NO_COUNTS
  const known = new Map<UnixSeconds, Counts>()
  for (const ts of instants) {
    last = reading(ts) ?? last
    known.set(ts, last)
  }
  return (ts) => known.get(ts) ?? NO_COUNTS
}

const within = (stretches: CauseStretch[], { from, to }: Period): CauseStretch[] =>
  stretches
    .map((stretch) => ({ ...stretch, from: Math.max(stretch.from, from), to: Math.min(stretch.to, to) }))
    .filter((stretch) => stretch.to > stretch.from)

/** Exclusions wrote down what they stand on. */
function writtenDown(read: Map<string, Counts>, sloId: number, spans: SloCorrections['spans']): void {
  for (const { from, to, start, end } of spans) {
    if (start) read.set(keyOf({ sloId, ts: from }), start)
    if (end) read.set(keyOf({ sloId, ts: to }), end)
  }
}
