import { countText, factorText, MINUS } from '@/lib/format'
import { instantText, lengthText } from '@/lib/format-time'
import type { Recount, SloDetail } from '@/lib/slo/detail'
import { budgetOf } from '@/lib/slo/objective'
import type { StateReason, Status } from '@/lib/slo/status'
import type { UnixSeconds } from '@/lib/time-series/units'
import { unitOf } from './units'

export type Step = { name: string; rule: string; figures?: string; result: string }

/** What reconciliation found, as a sentence. */
export function recountText({ from, to, good, total }: Recount, now: UnixSeconds, unit: string): string {
  const change = (value: number) => `${countText(Math.abs(value))} ${value < 0 ? 'fewer' : 'more'}`
  return `Between ${instantText(from, now)} and ${instantText(to, now)} UTC the source now counts ${change(good)} good and ${change(
    total,
  )} of all ${unit} than when they were measured; the ledger keeps what was measured.`
}

const exact = (value: number, digits: number): string => value.toFixed(digits).replace('-', MINUS)

const POLICY_WORDS: Record<SloDetail['noDataPolicy'], string> = {
  ignore: 'missing slots are left out',
  count_as_good: 'missing slots count as good',
  count_as_bad: 'missing slots count as bad',
}

/** How the state came about, step by step, with the unrounded figures it was decided by. */
export function explain(detail: SloDetail, status: Status): Step[] {
  const { counts, paceCounts, ts } = status
  const bad = counts.total - counts.good
  const budget = exact(budgetOf(detail.target), 6).replace(/0+$/, '')
  const unit = unitOf(detail)
  return [
    {
      name: 'Window',
      rule: `${instantText(status.windowFrom, ts)} to ${instantText(ts, ts)} UTC`,
      result: lengthText(ts - status.windowFrom),
    },
    {
      name: 'SLI',
      rule: `good ÷ total ${unit}`,
      figures: `${countText(counts.good)} ÷ ${countText(counts.total)}`,
      result: status.sli === null ? 'nothing happened' : exact(status.sli, 9),
    },
    {
      name: 'Consumed',
      rule: `(1 − SLI) ÷ (1 − target)${status.credited > 0 ? ' − credited' : ''}`,
      figures: `${exact(counts.total > 0 ? bad / counts.total : 0, 9)} ÷ ${budget}${status.credited > 0 ? ` − ${exact(status.credited, 6)}` : ''}`,
      result: exact(status.consumed, 6),
    },
    { name: 'Left', rule: '1 − consumed', result: exact(status.remaining, 6) },
    ...(detail.measured
      ? [
          {
            name: 'Left, as measured',
            rule: 'without what is excluded or credited',
            figures: `${countText(detail.measured.counts.good)} ÷ ${countText(detail.measured.counts.total)}`,
            result: exact(detail.measured.remaining, 6),
          },
        ]
      : []),
    ...projection(status, budget),
    {
      name: `Pace, ${lengthText(status.paceLookback)}`,
      rule: '(bad ÷ total) ÷ (1 − target)',
      figures: `(${countText(paceCounts.total - paceCounts.good)} ÷ ${countText(paceCounts.total)}) ÷ ${budget}`,
      result: status.pace === null ? 'nothing happened' : exact(status.pace, 6),
    },
    {
      name: 'Coverage',
      rule: `measured slots ÷ all slots; ${POLICY_WORDS[detail.noDataPolicy]}`,
      result: exact(status.coverage, 4),
    },
    { name: 'State', rule: reasonText(status.reason, status), result: status.state.replaceAll('-', ' ') },
  ]
}

/** Only for calendar windows: the same bad events, over what the whole period is expected to have. */
function projection({ projected, counts, windowFrom, windowTo, ts }: Status, budget: string): Step[] {
  if (projected === null) return []
  const expected = (counts.total * (windowTo - windowFrom)) / (ts - windowFrom)
  return [
    {
      name: 'Left, projected',
      rule: '1 − bad ÷ (budget × expected in the whole period, at its mean rate so far)',
      figures: `${countText(counts.total - counts.good)} ÷ (${budget} × ${countText(expected)})`,
      result: exact(projected, 6),
    },
  ]
}

function reasonText(reason: StateReason, status: Status): string {
  switch (reason.rule) {
    case 'remaining':
      return `left ${exact(reason.remaining, 4)} ≤ 0`
    case 'pace':
      return `pace ${exact(reason.pace, 4)} > ${factorText(reason.threshold)}, left > 0`
    case 'floor':
      return `left ${exact(reason.remaining, 4)} < ${factorText(reason.floor)}`
    case 'within-budget':
      return `left ${exact(status.remaining, 4)} above every floor, pace ${exact(status.pace ?? 0, 4)} below every threshold`
    case 'source':
      return `source silent since ${instantText(reason.since, status.ts)}`
    case 'absent':
      return `no measured slot since ${instantText(reason.since, status.ts)}`
    case 'coverage':
      return `coverage ${exact(reason.coverage, 4)} < ${factorText(reason.floor)}`
    case 'too-young':
      return `history of ${lengthText(reason.age)} < ${lengthText(reason.needed)}, the longest alert window`
    case 'too-few-events':
      return `${countText(reason.events)} events < ${countText(reason.needed)}`
    case 'no-history':
      return 'never measured'
  }
}
