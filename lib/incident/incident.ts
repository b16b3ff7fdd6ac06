import type { LedgerUnit } from '../correction/lens'
import type { UnixSeconds } from '../time-series/units'
import type { CostFigures } from './cost'
import type { IncidentStatus, IncidentTimes, IncidentVerb } from './lifecycle'
import type { Severity } from './severity'

/** Incidents as screens and the API show them. */

type Named = { slug: string; name: string }
type Person = { id: string; name: string }

export type IncidentSummary = IncidentTimes & {
  id: number
  title: string
  severity: Severity
  status: IncidentStatus
  origin: 'alert' | 'person' | 'webhook'
  falsePositive: boolean
  services: Named[]
  commander: Person | null
  /** the budget that was hit hardest */
  worst: { sloId: number; name: string; share: number } | null
  /** it was expensive, and is not reviewed yet */
  needsRetrospective: boolean
}

/** One stretch of one SLO. `figures`: what holds now; `resolved`: what was said when the incident was, where that differs. */
export type ImpactView = {
  id: number
  sloId: number
  name: string
  service: Named
  from: UnixSeconds
  to: UnixSeconds | null
  claimedBy: string | null
  figures: CostFigures | null
  unit: LedgerUnit | null
  final: boolean
  resolved: { share: number; because: number[] } | null
}

/** All stretches of one SLO together. Shares add up, as they are of one budget. */
export type SloCost = Omit<ImpactView, 'id' | 'from' | 'to' | 'claimedBy'>

export type AlertView = {
  id: number
  sloId: number
  slo: string
  severity: 'page' | 'ticket'
  state: 'pending' | 'firing' | 'resolved'
  firedAt: UnixSeconds
  resolvedAt: UnixSeconds | null
  /** seconds */
  long: number
  muted: boolean
}
export type IncomingView = {
  id: number
  title: string
  status: 'firing' | 'resolved'
  startsAt: UnixSeconds
  endsAt: UnixSeconds | null
  note: string
}
export type ReleaseView = { id: number; service: string; version: string; releasedAt: UnixSeconds; link: string }
export type EventView = { id: string; at: UnixSeconds; kind: string; text: string; author: string }
export type ActionView = {
  id: number
  version: number
  title: string
  owner: Person | null
  /** 2026-07-15 */
  dueOn: string | null
  doneAt: UnixSeconds | null
}

export type IncidentView = IncidentSummary & {
  version: number
  summary: string
  openedBy: string
  impacts: ImpactView[]
  costs: SloCost[]
  alerts: AlertView[]
  incoming: IncomingView[]
  suspected: ReleaseView | null
  /** releases of its services around its beginning, newest first */
  releases: ReleaseView[]
  events: EventView[]
  rootCause: string
  contributing: string[]
  wentWell: string
  wentBadly: string
  retrospectiveAt: UnixSeconds | null
  /** what the retrospective lacks */
  missing: string[]
  actions: ActionView[]
  correction: { id: number; status: string } | null
  /** labels of other programs' alerts that Headroom does not know */
  unknown: string[]
  /** what the reader may do with it now */
  may: { run: boolean; verbs: IncidentVerb[] }
}
