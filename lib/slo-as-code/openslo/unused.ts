import type { Cursor } from '../cursor'
import type { Checked } from '../format'
import type { Item } from '../tree'
import { ownOf } from './annotations'
import { sourceRef } from './names'
import type { Objects } from './references'
import type { Kind } from './shapes'

/** Objects that stand for nothing by themselves: what no SLO leads to has no place in the portal. */

const LED_TO: string[] = ['DataSource', 'SLI', 'AlertPolicy', 'AlertCondition', 'AlertNotificationTarget'] satisfies Kind[]

/** Of these objects, those that an SLO leads to. */
export function usedBy(objects: Checked[], registry: Objects): Set<Item | undefined> {
  const used = new Set<Item | undefined>()
  for (const { object, kind } of objects) if (kind === 'SLO') leadsTo(object, registry, used)
  return used
}

export function unused({ object, kind }: Checked, registry: Objects): void {
  // Of two with one name it was said that they have it.
  const known = registry.find(kind as Kind, object.in('metadata', 'name').text())
  if (LED_TO.includes(kind) && known?.item === object.item)
    object.warn('references', `No SLO in these files uses this ${kind}: it is not kept.`)
}

function leadsTo(slo: Cursor, registry: Objects, used: Set<Item | undefined>): void {
  const found = (kind: Kind, name: string | undefined): Cursor | undefined => {
    const object = registry.find(kind, name)
    used.add(object?.item)
    return object
  }
  /** What is named, else what is written in its place. */
  const at = (item: Cursor, ref: string, kind: Kind): Cursor => found(kind, item.get(ref).text()) ?? item
  const spec = slo.get('spec')
  for (const holder of [spec, ...spec.get('objectives').each()]) {
    const sli = (found('SLI', holder.get('indicatorRef').text()) ?? holder.get('indicator')).get('spec')
    for (const metric of [
      sli.get('thresholdMetric'),
      ...['good', 'bad', 'total', 'raw'].map((name) => sli.in('ratioMetric', name)),
    ])
      found('DataSource', metric.in('metricSource', 'metricSourceRef').text())
  }
  // A composite is measured by its members, and has a source all the same.
  const own = ownOf('SLO', slo.get('metadata'))['data-source']
  if (own !== undefined) found('DataSource', sourceRef(own))
  for (const item of spec.get('alertPolicies').each()) {
    const policy = at(item, 'alertPolicyRef', 'AlertPolicy').get('spec')
    for (const one of policy.get('conditions').each()) at(one, 'conditionRef', 'AlertCondition')
    for (const one of policy.get('notificationTargets').each()) at(one, 'targetRef', 'AlertNotificationTarget')
  }
}
