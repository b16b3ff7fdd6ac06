import { lookbackOf } from '../slo/lookback'
import type { Status, StatusRules } from '../slo/status'
import type { Reading } from './alert'
import { pairsInForce, UNASSIGNED } from './in-force'

const UNKNOWN: Partial<Record<Status['reason']['rule'], string>> = {
  'no-history': 'nothing was ever measured',
  source: 'the source does not answer',
  absent: 'the series are absent',
  coverage: 'too much of the window was not measured',
}

/** What the alert rules see in an evaluation. */
export function readingOf(sloId: number, rules: StatusRules, status: Status): Reading {
  const { name, version, settings } = rules.alerting ?? UNASSIGNED
  const { keepFiring, clearBelow } = settings
  return {
    ...{ sloId, at: status.ts, target: rules.target, policy: { name, version, keepFiring, clearBelow } },
    pairs: pairsInForce(rules, status.windowLength),
    over: (length) => status.lookbacks[lookbackOf(length)],
    historyFrom: status.historyFrom,
    unknown: status.state === 'no-data' ? (UNKNOWN[status.reason.rule] ?? 'there is no data') : null,
    sparse: status.reason.rule === 'too-few-events',
    remaining: status.remaining,
  }
}

/**
 * False where no alert can begin: nothing holds, and the evaluation looked. Most SLOs at most times, so it is asked first. A
 * history that is too young for the longest pair may be old enough for another one.
 */
export const mayBegin = ({ alerts, reason }: Status): boolean => alerts.length > 0 || reason.rule === 'too-young'
