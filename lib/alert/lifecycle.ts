import { type AlertPair, canFire } from '../slo/alert-pair'
import { burnRateOf } from '../slo/burn-rate'
import { badOf } from '../slo/counts'
import type { UnixSeconds } from '../time-series/units'
import type { Alert, AlertEvent, Reading } from './alert'
import type { Evidence } from './evidence'

/** What one reading made of an alert. The same object as before where nothing changed. */
export type Step = { alert: Alert; events: AlertEvent[] }

/**
 * The alerts of one SLO after one more reading: those that were open, over or not, and those that began. Pure, and the same
 * reading twice changes nothing. An alert is pending until its condition has held for `for`, then fires until the condition
 * has been seen gone for `keepFiring` (as `keep_firing_for` of Prometheus counts); without data it stands still.
 */
export function nextAlerts(open: Alert[], reading: Reading): Step[] {
  const steps: Step[] = []
  for (const alert of open)
    if (!reading.pairs.some((pair) => isOf(alert, pair))) steps.push(ended(alert, reading, 'its pair left the policy'))
  for (const pair of reading.pairs) {
    const alert = open.find((one) => isOf(one, pair))
    const step = next(alert, pair, reading)
    if (step) steps.push(step)
  }
  return steps
}

const isOf = (alert: Alert, pair: AlertPair): boolean => alert.long === pair.long && alert.severity === pair.severity

function next(alert: Alert | undefined, pair: AlertPair, reading: Reading): Step | null {
  const unknown = reading.unknown ?? unknownFor(pair, reading)
  if (unknown !== null) return alert ? frozen(alert, reading, unknown) : null
  if (!conditionHolds(pair, reading, alert?.state === 'firing' ? reading.policy.clearBelow : 1))
    return alert ? gone(thawed(alert, reading), pair, reading) : null
  return alert ? held(thawed(alert, reading), pair, reading) : held(begun(pair, reading), pair, reading)
}

const unknownFor = (pair: AlertPair, { over, sparse }: Reading): string | null =>
  sparse ? 'too few events to judge by' : over(pair.short).measured > 0 ? null : 'nothing was measured in the short window'

/** Both windows at or above the threshold, enough events to say so, and a history as old as the long window. */
function conditionHolds(pair: AlertPair, reading: Reading, share: number): boolean {
  const { target, historyFrom, at } = reading
  if (!canFire(pair, target) || historyFrom === null || at - historyFrom < pair.long) return false
  const [long, short] = [reading.over(pair.long), reading.over(pair.short)]
  if (long.total < pair.minEvents || badOf(long) < pair.minFailures) return false
  const over = (burn: number | null) => burn !== null && burn >= pair.threshold * share
  return over(burnRateOf(long, target)) && over(burnRateOf(short, target))
}

function frozen(alert: Alert, { at }: Reading, why: string): Step {
  if (alert.frozenSince !== null) return { alert, events: [] }
  // It has to be seen gone anew: what happened in between is not known.
  return { alert: { ...alert, frozenSince: at, goneSince: null }, events: [{ kind: 'frozen', at, why }] }
}

const thawed = (alert: Alert, { at }: Reading): Step =>
  alert.frozenSince === null
    ? { alert: unbroken(alert, at), events: [] }
    : { alert: unbroken({ ...alert, frozenSince: null }, at), events: [{ kind: 'thawed', at }] }

/** Readings further apart than this say nothing of what lies between. Seconds. */
const APART = 600

/** Patience counts what was seen: after a stretch that nobody saw, `for` begins anew. */
const unbroken = (alert: Alert, at: UnixSeconds): Alert =>
  alert.state === 'pending' && at - alert.heldAt > APART ? { ...alert, pendingSince: at } : alert

function begun(pair: AlertPair, reading: Reading): Step {
  const { sloId, at, policy } = reading
  const alert: Alert = {
    ...{ id: null, sloId, severity: pair.severity, long: pair.long, short: pair.short, state: 'pending' },
    ...{ pendingSince: at, firedAt: null, heldAt: at, goneSince: null, resolvedAt: null, frozenSince: null },
    ...{ policyName: policy.name, policyVersion: policy.version, evidence: evidenceOf(pair, reading), endEvidence: null },
    ...{ muted: null, peakBurn: null, incidentId: null },
  }
  return { alert, events: pair.for > 0 ? [{ kind: 'pending', at }] : [] }
}

function held({ alert, events }: Step, pair: AlertPair, reading: Reading): Step {
  const { at, policy } = reading
  if (alert.state === 'pending' && at - alert.pendingSince < pair.for)
    return { alert: alert.heldAt === at ? alert : { ...alert, heldAt: at }, events }
  const evidence = evidenceOf(pair, reading)
  const peakBurn = Math.max(alert.peakBurn ?? 0, evidence.long.burn ?? 0)
  if (alert.state === 'firing') {
    const same = alert.heldAt === at && alert.goneSince === null && alert.peakBurn === peakBurn
    return { alert: same ? alert : { ...alert, heldAt: at, goneSince: null, peakBurn }, events }
  }
  return {
    alert: {
      ...alert,
      ...{ state: 'firing', firedAt: at, heldAt: at, peakBurn, evidence, short: pair.short },
      ...{ policyName: policy.name, policyVersion: policy.version },
    },
    events: [...events, { kind: 'fired', at }],
  }
}

function gone({ alert, events }: Step, pair: AlertPair, reading: Reading): Step {
  const { at, policy } = reading
  const goneSince = alert.goneSince ?? at
  if (alert.state === 'firing' && at - goneSince < policy.keepFiring)
    return { alert: alert.goneSince === null ? { ...alert, goneSince } : alert, events }
  const over = ended({ ...alert, goneSince }, reading, null, pair)
  return { ...over, events: [...events, ...over.events] }
}

/** Over: an alert that never fired is cancelled, one that did is resolved. */
export function ended(alert: Alert, reading: Pick<Reading, 'at'> | Reading, why: string | null, pair?: AlertPair): Step {
  const { at } = reading
  const endEvidence = pair && 'pairs' in reading ? evidenceOf(pair, reading) : null
  const kind = alert.state === 'firing' ? 'resolved' : 'cancelled'
  return {
    alert: { ...alert, state: 'resolved', resolvedAt: at, frozenSince: null, endEvidence },
    events: [{ kind, at, ...(why !== null && { why }) }],
  }
}

function evidenceOf(pair: AlertPair, reading: Reading): Evidence {
  const { at, target, policy, remaining } = reading
  const seen = (length: number) => {
    const counts = reading.over(length)
    return { length, good: counts.good, total: counts.total, burn: burnRateOf(counts, target) }
  }
  return {
    ...{ at, target, threshold: pair.threshold, budgetShare: pair.budgetShare },
    ...{ long: seen(pair.long), short: seen(pair.short) },
    ...{ minFailures: pair.minFailures, minEvents: pair.minEvents, for: pair.for, keepFiring: policy.keepFiring, remaining },
  }
}
