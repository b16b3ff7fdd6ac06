import type { AlertPair, AlertSeverity } from '../slo/alert-pair'
import type { Counts } from '../slo/counts'
import type { Ratio, Seconds, UnixSeconds } from '../time-series/units'
import type { Evidence } from './evidence'
import type { Mute } from './transition'

/** One alert that is not over, as it is stored. */
export type Alert = {
  /** `null` until it is stored */
  id: number | null
  sloId: number
  severity: AlertSeverity
  long: Seconds
  short: Seconds
  state: 'pending' | 'firing' | 'resolved'
  /** since when the condition holds, when it fired, when it last held, when it was first seen gone, when it ended */
  pendingSince: UnixSeconds
  firedAt: UnixSeconds | null
  heldAt: UnixSeconds
  goneSince: UnixSeconds | null
  resolvedAt: UnixSeconds | null
  frozenSince: UnixSeconds | null
  policyName: string
  policyVersion: number
  evidence: Evidence
  endEvidence: Evidence | null
  muted: Mute | null
  peakBurn: number | null
  incidentId: number | null
}

export const EVENT_KINDS = ['pending', 'fired', 'muted', 'unmuted', 'frozen', 'thawed', 'resolved', 'cancelled'] as const
export type AlertEventKind = (typeof EVENT_KINDS)[number]
/** What became of an alert; `why` in words where the kind does not say it. */
export type AlertEvent = { kind: AlertEventKind; at: UnixSeconds; why?: string; mute?: Mute }

/** What the rules of one SLO see at one instant. */
export type Reading = {
  sloId: number
  at: UnixSeconds
  target: Ratio
  policy: { name: string; version: number; keepFiring: Seconds; clearBelow: Ratio }
  /** those in force */
  pairs: AlertPair[]
  /** counts of one lookback, missing slots filled as the SLO's no-data policy says */
  over: (length: Seconds) => Counts
  /** start of the SLO's history */
  historyFrom: UnixSeconds | null
  /** why nothing is known now, in words; `null`: it is */
  unknown: string | null
  /** too few events in the window to judge by: nothing begins, and nothing ends */
  sparse: boolean
  /** share of the budget */
  remaining: number
}
