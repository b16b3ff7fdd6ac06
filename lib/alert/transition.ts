import type { AlertSeverity } from '../slo/alert-pair'
import type { Seconds, UnixSeconds } from '../time-series/units'
import type { Evidence } from './evidence'

/** Why nobody is told of an alert. It fires, it is kept, it spends budget: only the notice is left out. */
export type Mute =
  /** a service it needs pages already */
  | { because: 'dependency'; alertId: number; serviceId: number; service: string }
  /** the same SLO pages already */
  | { because: 'page'; alertId: number }
  /** an approved exclusion for maintenance covers this time */
  | { because: 'maintenance'; correctionId: number; until: UnixSeconds }

/**
 * A change of state of one alert, as the tick found it. Incidents and notices follow from these, in the transaction that
 * writes them.
 */
export type AlertTransition = {
  alertId: number
  kind: 'fired' | 'muted' | 'unmuted' | 'resolved'
  at: UnixSeconds
  sloId: number
  serviceId: number
  severity: AlertSeverity
  long: Seconds
  short: Seconds
  /** when it fired */
  firedAt: UnixSeconds
  /** when the condition began to hold, and when it last did */
  pendingSince: UnixSeconds
  heldAt: UnixSeconds
  /** of an alert that fires while it is muted as well */
  muted: Mute | null
  incidentId: number | null
  evidence: Evidence
}
