import type { SloWindow } from '../../slo/window'
import type { Cursor } from '../cursor'
import type { Alerting } from '../declared'
import { alertingOf, severityOf, type WrittenPair } from '../pairs'
import { edited, type OwnSlo, ownOf } from './annotations'
import { burnOf, durationText, type PolicyPair } from './conditions'
import { durationOf } from './duration'
import type { Objects } from './references'

/** Alert policies of an SLO: each brings one condition, which becomes one pair of windows. */
export function alertingFor(slo: Cursor, own: OwnSlo, window: SloWindow, objects: Objects): Alerting {
  const policies = slo.in('spec', 'alertPolicies').each()
  if (policies.length === 0) return { kind: own.alerting === 'none' ? 'none' : 'default' }
  if (own.alerting === 'none') edited(slo.get('metadata'), 'alerting', 'The list of alert policies')
  const pairs = policies.flatMap((item) => {
    const ref = item.get('alertPolicyRef')
    const policy = ref.present ? objects.find('AlertPolicy', ref.text()) : item
    return policy ? pairsOf(policy, window, objects) : []
  })
  if (pairs.length === 0) return { kind: 'default' }
  return alertingOf(pairs, typeof own.alerting === 'object' ? own.alerting : {})
}

function pairsOf(policy: Cursor, window: SloWindow, objects: Objects): WrittenPair[] {
  const [metadata, spec] = [policy.get('metadata'), policy.get('spec')]
  const { pair } = ownOf('AlertPolicy', metadata)
  if (spec.get('notificationTargets').present && !(pair && targetsOnly(spec, pair.severity)))
    spec
      .get('notificationTargets')
      .warn('validate', 'Notification targets are left out: who is told is set by channels and routes of the portal.')
  if (spec.get('alertWhenNoData').flag())
    spec.get('alertWhenNoData').warn('validate', 'Nobody is alerted of missing data: the SLO shows the state no data instead.')
  if (spec.get('alertWhenBreaching').flag() === false) {
    spec.get('alertWhenBreaching').warn('validate', 'The policy does not alert while the budget burns: it is left out.')
    return []
  }
  return spec
    .get('conditions')
    .each()
    .flatMap((item) => {
      const ref = item.get('conditionRef')
      const found = (ref.present ? objects.find('AlertCondition', ref.text()) : item)?.get('spec')
      const written = found ? pairOf(found) : []
      return pair ? written.map((one) => exactly(one, pair, window, metadata)) : written
    })
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

function pairOf(spec: Cursor): WrittenPair[] {
  const condition = spec.get('condition')
  const [op, threshold] = [condition.get('op'), condition.get('threshold').number()]
  const long = durationOf(condition.get('lookbackWindow').text())
  if (op.text() === 'lt' || op.text() === 'lte') {
    op.warn('validate', 'An alert on a burn rate that is low is left out: alerts are raised when it is high.')
    return []
  }
  if (!long || long.seconds === 0 || threshold === undefined || threshold <= 0) return []
  const hold = durationOf(condition.get('alertAfter').text())
  return [
    {
      at: condition.get('lookbackWindow'),
      long: long.seconds,
      severity: severityOf(spec.get('severity').text() ?? ''),
      threshold: { burn: threshold },
      hold: hold?.seconds,
    },
  ]
}
