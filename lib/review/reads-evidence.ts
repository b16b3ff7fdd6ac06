import 'server-only'
import { pool } from '../db/client'
import { incidentName } from '../incident/words'
import { type Cause, causeKey } from '../ledger/cause'
import type { LedgerLine } from '../ledger/ledger'
import { type DrawnLedger, drawLedgers } from '../ledger/reads-many'
import { budgetLines } from '../measurement/budget-lines'
import { type Measured, measuredOf } from '../measurement/measured'
import { boundariesOf } from '../slo/boundaries'
import { windowAt, windowLength } from '../slo/window'
import { ceilTo, floorTo, HOUR, type Ratio, type UnixSeconds } from '../time-series/units'
import type { Evidence, FrozenSlo } from './snapshot'
import { type SpentCause, spentSince } from './spent'

/** Points of the line of one budget. */
const POINTS = 120
/** Marks on it: more cannot be told apart from afar. */
const MARKS = 4
/** Share of the budget from which on a cause is marked. */
const MARKED = 0.01

/** What was left of these budgets at one instant, to the full hour before it. */
export async function leftAt(measured: Measured[], at: UnixSeconds): Promise<Map<number, Ratio | null>> {
  const lines = await budgetLines(pool(), measured, [floorTo(at, HOUR)])
  return new Map([...lines].map(([id, [left]]) => [id, known(left)]))
}

const known = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value)

/** What the screens of these SLOs show beside their figures; as many questions to Postgres as for one. */
export async function evidenceOf(
  slos: Pick<FrozenSlo, 'id' | 'remaining' | 'remainingThen'>[],
  { since, asOf }: { since: UnixSeconds; asOf: UnixSeconds },
): Promise<Map<number, Evidence>> {
  const measured = await measuredOf(
    pool(),
    slos.map(({ id }) => id),
  )
  const [ledgers, lines] = [await ledgersOf(measured, since), await linesOf(measured, asOf)]
  const found = new Map<number, Evidence>()
  for (const { id, remaining, remainingThen } of slos) {
    const [drawn, line] = [ledgers.get(id), lines.get(id)]
    if (!drawn || !line || remaining === null) continue
    const { ledger } = drawn
    found.set(id, {
      line,
      marks: marksOf(drawn),
      spent: spentSince(causesOf(ledger.lines), remainingThen, remaining),
      explain: { good: ledger.counts.good, total: ledger.counts.total, credit: creditOf(ledger.lines) },
    })
  }
  return found
}

/** The ledger of each window, cut at the last review: the second part of every line is what was spent since. */
function ledgersOf(measured: Measured[], since: UnixSeconds): Promise<Map<number, DrawnLedger>> {
  return drawLedgers(
    measured.map(({ definition, now, historyFrom }) => {
      const { rules } = definition
      const whole = windowAt(rules.window, now)
      const period = { from: Math.min(boundariesOf(rules, now).window, now), to: Math.min(whole.to, now) }
      const cut = Math.min(Math.max(since, period.from), period.to)
      const buckets = [
        { from: period.from, to: cut },
        { from: cut, to: period.to },
      ]
      return { definition, rules, whole, period, buckets, historyFrom, now }
    }),
  )
}

async function linesOf(measured: Measured[], asOf: UnixSeconds): Promise<Map<number, Evidence['line']>> {
  const steps = new Map<number, Measured[]>()
  for (const one of measured) {
    const step = ceilTo(windowLength(one.definition.rules.window, asOf) / POINTS, HOUR)
    steps.set(step, [...(steps.get(step) ?? []), one])
  }
  const found = new Map<number, Evidence['line']>()
  for (const [step, group] of steps) {
    const from = floorTo(asOf, HOUR) - (POINTS - 1) * step
    const ends = Array.from({ length: POINTS }, (_, i) => from + i * step)
    for (const [id, points] of await budgetLines(pool(), group, ends)) found.set(id, { from, step, points: points.map(known) })
  }
  return found
}

const creditOf = (lines: LedgerLine[]): Ratio => -(lines.find(({ kind }) => kind === 'credit')?.share ?? 0)

/** An exclusion stands in the ledger as two lines that cancel: nothing to be told here. */
function causesOf(lines: LedgerLine[]): SpentCause[] {
  return lines.flatMap((line) => {
    if (line.kind === 'measured' || line.kind === 'excluded') return []
    return [{ ...wordsOf(line), share: line.shares[1] ?? 0 }]
  })
}

function wordsOf({ kind, cause }: LedgerLine): { label: string; detail: string } {
  if (cause) return { label: labelOf(cause), detail: detailOf(cause) }
  if (kind === 'credit') return { label: 'credits', detail: 'given back' }
  if (kind === 'no-data') return { label: 'no data', detail: 'counted as down' }
  return { label: 'no known cause', detail: 'nobody has claimed it' }
}

const labelOf = (cause: Cause): string => (cause.kind === 'release' ? cause.version : incidentName(cause.id))
const detailOf = (cause: Cause): string =>
  cause.kind === 'release'
    ? `release of ${cause.service}`
    : cause.kind === 'incident'
      ? cause.title
      : `${cause.service}: ${cause.title}`

function marksOf({ stretches, ledger }: DrawnLedger): Evidence['marks'] {
  const weight = new Map(ledger.lines.map(({ key, share }) => [key, share]))
  const merged = new Map<string, Evidence['marks'][number] & { share: number }>()
  for (const { cause, from, to } of stretches) {
    const key = causeKey(cause)
    const seen = merged.get(key)
    const share = weight.get(key) ?? 0
    if (share < MARKED) continue
    merged.set(key, {
      ...{ kind: cause.kind, label: labelOf(cause), share },
      ...{ from: Math.min(seen?.from ?? from, from), to: Math.max(seen?.to ?? to, to) },
    })
  }
  return [...merged.values()]
    .sort((a, b) => b.share - a.share)
    .slice(0, MARKS)
    .sort((a, b) => a.from - b.from)
    .map(({ share: _, ...mark }) => mark)
}
