import type { LedgerUnit } from '../correction/lens'
import type { Cause } from '../ledger/cause'
import type { Ledger, LedgerLine } from '../ledger/ledger'
import { between, type Counts, ratioOf } from '../slo/counts'
import type { SloDefinitionRecord } from '../slo/definition-input'
import type { VersionRules } from '../slo/rules-over-time'
import type { StatusRules } from '../slo/status'
import type { Period } from '../slo/window'
import type { UnixSeconds } from '../time-series/units'
import type { ObjectiveMonth, ReportCause } from './document'
import { judgedMonth, type Reading, targetsIn, weightedTarget } from './figures'
import { type Day, daysOf, monthsUpTo } from './month'
import { type Described, objectiveSentence } from './sentence'

export type SloVersionFact = VersionRules & { version: number; changes: string[] }

/** What is known of one SLO about a month; gathered by reads, judged here. */
export type ObjectiveFacts = {
  id: number
  unit: LedgerUnit
  /** as it is now; versions say what it was */
  rules: StatusRules
  /** as it was at the end of the month */
  record: Described & Pick<SloDefinitionRecord, 'slug' | 'name'>
  /** name of the kind of indicator, and what is counted */
  kind: string
  queries: { name: string; text: string }[]
  /** oldest first */
  versions: SloVersionFact[]
  historyFrom: UnixSeconds | null
  newest: UnixSeconds | null
  measured: Reading
  adjusted: Reading
  /** over the month as far as it has come, with its days as buckets; null: nothing was ever measured */
  ledger: Ledger | null
  quantiles: Pick<ObjectiveMonth, 'quantiles' | 'quantilesMissing'>
}

export type MonthPlace = {
  month: string
  zone: string
  period: Period
  asOf: UnixSeconds
  /** months that began earlier cannot be counted as they were, and are as the revision before said them; absent: none did */
  keptSince?: UnixSeconds
}

const NOTHING: Counts = { good: 0, total: 0, measured: 0 }

export function objectiveMonth(facts: ObjectiveFacts, place: MonthPlace): ObjectiveMonth {
  const { id, unit, record, kind, queries, versions, rules, historyFrom, newest, ledger } = facts
  const { month, zone, period, asOf } = place
  const end = Math.min(period.to, asOf)
  const judged = (of: { month: string; period: Period }) =>
    historyFrom === null || newest === null
      ? null
      : judgedMonth({ ...of, asOf, historyFrom, newest, rules, versions, adjusted: facts.adjusted })
  const current = judged({ month, period })
  const targets = current?.targets ?? targetsIn(rules, versions, { from: period.from, to: end })
  const target = current?.target ?? weightedTarget(targets, end)
  const counts = current?.counts ?? NOTHING
  const raw = rawOf(facts, { from: period.from, to: Math.min(end, newest ?? period.from) })
  const spent = ledger && counts.total > 0 ? ledger.consumed : null
  return {
    slo: { id, slug: record.slug, name: record.name, kind, sentence: objectiveSentence(record, target), queries },
    ...{ unit, target, targets },
    versions: versionsIn(versions, { from: period.from, to: end }),
    ...{ sli: current?.sli ?? null, outcome: current?.outcome ?? 'no_data', good: counts.good, total: counts.total },
    raw: { good: raw.good, total: raw.total, sli: ratioOf(raw) },
    allowed: ledger?.budget.events ?? 0,
    ...{ consumed: spent, remaining: spent === null ? null : 1 - spent, coverage: current?.coverage ?? 0 },
    days: daysOf(month, zone).map((day) => ({ date: day.date, share: shareOn(day, facts, end) })),
    causes: (ledger?.lines ?? []).map(causeOf),
    months: monthsUpTo(month, zone).flatMap((one) => {
      const figure = judged(one)
      return figure ? [{ month: one.month, target: figure.target, sli: figure.sli, outcome: figure.outcome }] : []
    }),
    ...facts.quantiles,
  }
}

function rawOf({ measured }: ObjectiveFacts, { from, to }: Period): Counts {
  const [start, stop] = [measured(from), measured(Math.max(from, to))]
  return start && stop ? between(start, stop) : NOTHING
}

/** null: the day lies ahead, or nothing was measured in it and nothing is charged to it. */
function shareOn(day: Day, { ledger, measured, newest }: ObjectiveFacts, end: UnixSeconds): number | null {
  const bucket = ledger?.buckets.findIndex(({ from }) => from === day.from) ?? -1
  if (!ledger || bucket < 0 || newest === null) return null
  const [start, stop] = [measured(day.from), measured(Math.min(day.to, end, newest))]
  const shares = ledger.lines.map((line) => line.shares[bucket] ?? 0)
  if ((!start || !stop || stop.measured <= start.measured) && shares.every((share) => share === 0)) return null
  return shares.reduce((sum, share) => sum + share, 0)
}

function versionsIn(versions: SloVersionFact[], { from, to }: Period): ObjectiveMonth['versions'] {
  const before = versions.findLast((version) => version.from <= from) ?? versions[0]
  const within = versions.filter((version) => version !== before && version.from > from && version.from < to)
  return [...(before ? [before] : []), ...within].map(({ version, from: since, changes }) => ({ version, from: since, changes }))
}

const causeOf = ({ kind, cause, when, bad, share }: LedgerLine): ReportCause => ({
  ...{ kind, id: cause?.id ?? null, title: cause ? titleOf(cause) : null },
  ...{ service: cause && 'service' in cause ? cause.service : null, when, bad, share },
})

const titleOf = (cause: Cause): string => (cause.kind === 'release' ? cause.version : cause.title)
