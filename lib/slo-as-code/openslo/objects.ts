import type { Cursor } from '../cursor'
import { required, requiredObject } from '../rules'
import { isAlpha } from './alpha'
import { ownOf } from './annotations'
import { conditionRules, description, metadataRules, policyRules, sliRules, targetRules } from './rules'
import type { Kind } from './shapes'
import { sloRules } from './slo-rules'

const RULES: Record<Kind, (spec: Cursor, now: number | undefined, alpha: boolean) => void> = {
  Service: description,
  DataSource: (spec) => {
    if (!requiredObject(spec)) return
    description(spec)
    required(spec.get('type'))
    // Any JSON will do, and nothing at all is some.
    if (spec.get('connectionDetails').item === undefined) required(spec.get('connectionDetails'))
  },
  SLI: sliRules,
  SLO: sloRules,
  AlertPolicy: policyRules,
  AlertCondition: conditionRules,
  AlertNotificationTarget: targetRules,
}

/** The second stage for one object. `now` (unix seconds) is only asked whether a calendar begins in the future. */
export function objectRules(kind: Kind, object: Cursor, now?: number): void {
  metadataRules(object.get('metadata'))
  if (kind === 'Service' || kind === 'DataSource' || kind === 'SLO' || kind === 'AlertPolicy') ownOf(kind, object.get('metadata'))
  RULES[kind](object.get('spec'), now, isAlpha(object))
}
