import type { BackTest } from '@/lib/alert/back-test'
import { csvText } from '@/lib/csv'
import type { Annotation } from '@/lib/ledger/annotation'
import type { SloLedger } from '@/lib/ledger/schema'
import type { SloHistory } from '@/lib/slo/detail'
import type { Ratio, UnixSeconds } from '@/lib/time-series/units'

/** The data of each chart: ISO times in UTC, units in the titles, numbers as they are kept, gaps empty. */

const iso = (at: UnixSeconds): string => new Date(at * 1000).toISOString()
const TIME = 'time (UTC)'

export const budgetCsv = ({ ts, remaining, measuredRemaining }: SloHistory): string =>
  csvText([
    [TIME, 'budget left (share of the budget)', ...(measuredRemaining ? ['as measured (share of the budget)'] : [])],
    ...ts.map((at, i) => [iso(at), remaining[i] ?? null, ...(measuredRemaining ? [measuredRemaining[i] ?? null] : [])]),
  ])

export const burnCsv = ({ ts, burn1h, burn6h, burn24h }: SloHistory): string =>
  csvText([
    [TIME, ...['1 h', '6 h', '24 h'].map((lookback) => `burn over ${lookback} (times the budget allows)`)],
    ...ts.map((at, i) => [iso(at), burn1h[i] ?? null, burn6h[i] ?? null, burn24h[i] ?? null]),
  ])

/** `unit`: events or minutes. */
export const sliCsv = ({ ts, step, sli, total }: SloHistory, unit: string): string =>
  csvText([
    ['end of step (UTC)', 'step (s)', 'SLI (ratio)', `total (${unit})`],
    ...ts.map((at, i) => [iso(at), step, sli[i] ?? null, total[i] ?? null]),
  ])

type Happened = Pick<SloHistory, 'exclusions' | 'credits'> & { annotations: Annotation[] }

/** What stands above the charts, oldest first; without an end it goes on. */
export function eventsCsv({ annotations, exclusions, credits }: Happened): string {
  const rows = [
    ...annotations.map(({ kind, label, title, from, to }) => ({ kind: kind as string, name: label, title, from, to })),
    ...exclusions.map(({ from, to }) => ({ kind: 'exclusion', name: '', title: '', from, to: to as number | null })),
    ...credits.map(({ at, minutes }) => ({
      kind: 'credit',
      name: '',
      title: `${minutes} min`,
      from: at,
      to: at as number | null,
    })),
  ].sort((a, b) => a.from - b.from)
  return csvText([
    ['from (UTC)', 'to (UTC)', 'kind', 'name', 'title'],
    ...rows.map(({ kind, name, title, from, to }) => [iso(from), to === null ? null : iso(to), kind, name, title]),
  ])
}

/** The lines of a ledger; their shares add up to what is consumed. `nameOf`: how the screen calls a line. */
export const ledgerCsv = ({ lines, consumed, unit }: SloLedger, nameOf: (line: SloLedger['lines'][number]) => string): string =>
  csvText([
    [
      'cause',
      'kind',
      'from (UTC)',
      'to (UTC)',
      'spent (share of the budget)',
      unit === 'events' ? 'bad (events)' : 'bad (minutes)',
    ],
    ...lines.map((line) => [
      ...[nameOf(line), line.kind, line.when ? iso(line.when.from) : null, line.when ? iso(line.when.to) : null],
      ...[line.share, line.kind === 'credit' ? null : line.bad],
    ]),
    ['consumed', 'sum', null, null, consumed, lines.reduce((sum, { bad }) => sum + bad, 0)],
  ])

/** What each day, week or month took, one line for each kind of cause in it. */
export const bucketsCsv = ({ buckets, lines }: SloLedger): string =>
  csvText([
    ['from (UTC)', 'to (UTC)', 'kind', 'spent (share of the budget)'],
    ...buckets.flatMap(({ from, to }, i) =>
      [...new Set(lines.map(({ kind }) => kind))].map((kind) => [
        ...[iso(from), iso(to), kind],
        lines.filter((line) => line.kind === kind).reduce((sum, { shares }) => sum + (shares[i] ?? 0), 0),
      ]),
    ),
  ])

export const previewCsv = (ts: UnixSeconds[], remaining: (number | null)[], before: (number | null)[] | undefined): string =>
  csvText([
    [TIME, 'budget left (share of the budget)', ...(before ? ['as it is (share of the budget)'] : [])],
    ...ts.map((at, i) => [iso(at), remaining[i] ?? null, ...(before ? [before[i] ?? null] : [])]),
  ])

export const badShareCsv = (points: { ts: UnixSeconds; ratio: Ratio | null }[]): string =>
  csvText([['end of step (UTC)', 'bad (ratio)'], ...points.map(({ ts, ratio }) => [iso(ts), ratio])])

const told = ({ alerts }: BackTest, severity: 'page' | 'ticket') => alerts.filter((one) => one.severity === severity).length

export const backTestCsv = (results: BackTest[]): string =>
  csvText([
    ['policy', 'pages', 'tickets', 'precision (ratio)', 'recall (ratio)', 'detected after (s)', 'ended after (s)'],
    ...results.map((one) => [
      ...[one.policy.name, told(one, 'page'), told(one, 'ticket')],
      ...[one.all.precision, one.all.recall, one.detection, one.reset],
    ]),
  ])
