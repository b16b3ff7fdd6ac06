import type { Seconds } from '../time-series/units'

/** Rules of Prometheus as the portal writes them; `lib/prometheus-rules/render.ts` makes files of them. */
export type RecordingRule = { kind: 'record'; record: string; expr: string; labels: Record<string, string> }
export type AlertingRule = {
  kind: 'alert'
  alert: string
  expr: string
  for: Seconds
  keepFiring: Seconds
  labels: Record<string, string>
  annotations: Record<string, string>
}
export type Rule = RecordingRule | AlertingRule

/** `about` says in words what the group is for, and what it leaves out and why. */
export type RuleGroup = { name: string; interval: Seconds; rules: Rule[]; about: string[] }

/** A recording rule whose series carries the identity. */
export const record = (name: string, expr: string, identity: Record<string, string>): RecordingRule => ({
  kind: 'record',
  record: name,
  expr,
  labels: identity,
})
