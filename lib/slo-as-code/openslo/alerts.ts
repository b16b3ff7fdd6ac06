import type { SloWindow } from '../../slo/window'
import type { Cursor } from '../cursor'
import type { Alerting } from '../declared'
import { alertingOf, severityOf, type WrittenPair } from '../pairs'
import { edited, type OwnSlo, ownOf } from './annotations'
import { burnOf, durationText, type PolicyPair } from './conditions'
import { durationOf } from './duration'
import { lostOfCondition, lostOfPolicy } from './lost'
import type { Objects } from './references'

/**
 * Alert policies of an SLO: each brings one condition, which becomes one pair of windows. Where policies are written and none
 * can be kept there are no alerts: the portal's own would wake somebody up whom no file names.
 */
export function alertingFor(slo: Cursor, own: OwnSlo, window: SloWindow, objects: Objects): Alerting {
  const written = slo.in('spec', 'alertPolicies')
  const policies = written.each()
  if (policies.length === 0) return { kind: own.alerting === 'none' ? 'none' : 'default' }
  const metadata = slo.get('metadata')
  if (own.alerting === 'none') edited(metadata, 'alerting', 'The list of alert policies')
  if (own['assigned-alerting']) edited(metadata, 'assigned-alerting', 'The list of alert policies')
  const pairs = policies.flatMap((item) => {
    const ref = item.get('alertPolicyRef')
    const policy = ref.present ? objects.find('AlertPolicy', ref.text()) : item
    return policy ? pairsOf(policy, window, objects) : []
  })
  const alerting: Alerting =
    pairs.length === 0 ? { kind: 'none' } : alertingOf(pairs, typeof own.alerting === 'object' ? own.alerting : {})
  if (alerting.kind === 'none')
    written.warn(
      'validate',
      'None of the alert policies can be kept: this SLO has no alerts.',
      'Mend the policies, or leave alertPolicies out to have the alerts that the portal assigns.',
    )
  return alerting
}

function pairsOf(policy: Cursor, window: SloWindow, objects: Objects): WrittenPair[] {
  const [metadata, spec] = [policy.get('metadata'), policy.get('spec')]
  const { pair } = ownOf('AlertPolicy', metadata)
  if (spec.get('alertWhenBreaching').flag() === false) {
    spec.get('alertWhenBreaching').warn('validate', 'The policy does not alert while the budget burns: it is left out.')
    return []
  }
  if (spec.get('notificationTargets').present && !(pair && targetsOnly(spec, pair.severity)))
    spec
      .get('notificationTargets')
      .warn('validate', 'Notification targets are left out: who is told is set by channels and routes of the portal.')
  if (spec.get('alertWhenNoData').flag())
    spec.get('alertWhenNoData').warn('validate', 'Nobody is alerted of missing data: the SLO shows the state no data instead.')
  const pairs = spec
    .get('conditions')
    .each()
    .flatMap((item) => {
      const ref = item.get('conditionRef')
      const found = ref.present ? objects.find('AlertCondition', ref.text()) : item
      const written = found ? pairOf(found) : []
      return pair ? written.map((one) => exactly(one, pair, window, metadata)) : written
    })
  if (pairs.length > 0) lostOfPolicy(policy)
  return pairs
}

/** The format asks for a target; the portal's own files name the severity. */
const targetsOnly = (spec: Cursor, severity: string): boolean =>
  spec
    .get('notificationTargets')
    .each()
    .every((item) => item.in('spec', 'target').text() === severity)

/** A condition with what its annotation adds to it: where one of its fields was edited since, that field counts. */
function exactly(written: WrittenPair, pair: PolicyPair, window: SloWindow, metadata: Cursor): WrittenPair {
  const { long, severity, threshold, hold = 0 } = written
  const sameBurn = 'burn' in threshold && threshold.burn === burnOf(pair, window)
  const sameHold = hold === (durationOf(durationText(pair.for))?.seconds ?? 0)
  if (long !== pair.long || severity !== pair.severity || !sameBurn || !sameHold) edited(metadata, 'pair', 'The condition')
  return {
    ...written,
    ...(pair.short !== undefined && pair.short < long && { short: pair.short }),
    threshold: sameBurn ? pair.at : threshold,
    hold: sameHold ? pair.for : hold,
    guards: { minFailures: pair.minFailures, minEvents: pair.minEvents },
  }
}

function pairOf(object: Cursor): WrittenPair[] {
  const spec = object.get('spec')
  const condition = spec.get('condition')
  const [op, threshold] = [condition.get('op'), condition.get('threshold')]
  const [lookback, burn] = [condition.get('lookbackWindow'), threshold.number()]
  const long = durationOf(lookback.text())
  const leftOut = (at: Cursor, reason: string, suggestion?: string) => {
    at.warn('validate', reason, suggestion)
    return []
  }
  if (op.text() === 'lt' || op.text() === 'lte')
    return leftOut(
      op,
      'An alert on a burn rate that is low is left out: alerts are raised when it is high.',
      'Write gte where it is meant for a budget that burns fast.',
    )
  // Of what is missing, and of what is no duration, it was said by the rules.
  if (!long || burn === undefined) return []
  if (burn <= 0) return leftOut(threshold, `A burn rate is always at or above ${burn}: the condition is left out.`)
  if (long.seconds === 0) return leftOut(lookback, 'Nothing burns within no time: the condition is left out.')
  lostOfCondition(object)
  const holdAt = condition.get('alertAfter')
  return [
    {
      at: lookback,
      long: long.seconds,
      severity: severityOf(spec.get('severity').text() ?? ''),
      threshold: { burn },
      hold: durationOf(holdAt.text())?.seconds,
      holdAt,
    },
  ]
}
