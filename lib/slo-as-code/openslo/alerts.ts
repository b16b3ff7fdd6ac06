import type { Cursor } from '../cursor'
import type { Alerting } from '../declared'
import { alertingOf, severityOf, type WrittenPair } from '../pairs'
import { durationOf } from './duration'
import type { Objects } from './references'

/** Alert policies of an SLO: each brings one condition, which becomes one pair of windows. */
export function alertingFor(policies: Cursor[], objects: Objects): Alerting {
  if (policies.length === 0) return { kind: 'default' }
  const pairs = policies.flatMap((item) => {
    const ref = item.get('alertPolicyRef')
    const spec = (ref.present ? objects.find('AlertPolicy', ref.text()) : item)?.get('spec')
    return spec ? pairsOf(spec, objects) : []
  })
  return pairs.length === 0 ? { kind: 'default' } : alertingOf(pairs)
}

function pairsOf(spec: Cursor, objects: Objects): WrittenPair[] {
  if (spec.get('notificationTargets').present)
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
      return found ? pairOf(found) : []
    })
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
