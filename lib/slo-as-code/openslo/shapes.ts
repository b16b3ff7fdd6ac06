import { type Fields, list, map, object, type Shape } from '../shape'

/** Fields of openslo/v1 (products: go-sdk, package v1). Whatever else stands in a file refuses it. */

const metadata = object({ name: 'text', displayName: 'text', labels: map('texts'), annotations: map('text') })

const metric = object({
  metricSource: object({ metricSourceRef: 'text', type: 'text', spec: 'record' }),
})
const sli: Fields = {
  description: 'text',
  thresholdMetric: metric,
  ratioMetric: object({ counter: 'flag', good: metric, bad: metric, total: metric, rawType: 'text', raw: metric }),
}
const indicator = object({ metadata, spec: object(sli) })

const inline = (spec: Fields): Fields => ({ kind: 'text', metadata, spec: object(spec) })
const target: Fields = { description: 'text', target: 'text' }
const condition: Fields = {
  description: 'text',
  severity: 'text',
  condition: object({ kind: 'text', op: 'text', threshold: 'number', lookbackWindow: 'hours', alertAfter: 'minutes' }),
}
const policy: Fields = {
  description: 'text',
  alertWhenNoData: 'flag',
  alertWhenBreaching: 'flag',
  alertWhenResolved: 'flag',
  conditions: list(object({ conditionRef: 'text', ...inline(condition) })),
  notificationTargets: list(object({ targetRef: 'text', ...inline(target) })),
}
const slo: Fields = {
  description: 'text',
  service: 'text',
  indicator,
  indicatorRef: 'text',
  budgetingMethod: 'text',
  timeWindow: list(object({ duration: 'days', isRolling: 'flag', calendar: object({ startTime: 'text', timeZone: 'text' }) })),
  objectives: list(
    object({
      displayName: 'text',
      op: 'text',
      value: 'number',
      target: 'share',
      targetPercent: 'percent',
      timeSliceTarget: 'share',
      timeSliceWindow: 'minutes',
      indicator,
      indicatorRef: 'text',
      compositeWeight: 'number',
    }),
  ),
  alertPolicies: list(object({ alertPolicyRef: 'text', ...inline(policy) })),
}

const SPECS = {
  Service: { description: 'text' },
  DataSource: { description: 'text', type: 'text', connectionDetails: 'any' },
  SLI: sli,
  SLO: slo,
  AlertPolicy: policy,
  AlertCondition: condition,
  AlertNotificationTarget: target,
} satisfies Record<string, Fields>

export type Kind = keyof typeof SPECS
export const KINDS = Object.keys(SPECS) as Kind[]

export const shapeOf = (kind: Kind): Shape => object({ apiVersion: 'text', kind: 'text', metadata, spec: object(SPECS[kind]) })
