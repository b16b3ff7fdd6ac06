import type { UnixSeconds } from '../time-series/units'
import type { SubjectDrift } from './compare'

/** unreachable: no usable answer; no-rules: it has no `/api/v1/rules`; unreadable: an answer that is none. */
export type CheckProblem = 'unreachable' | 'no-rules' | 'unreadable'

/** Drift of the group of one service, as it is kept; those in step are left out. */
export type ServiceDrift = SubjectDrift & { since: UnixSeconds }

/** A group of ours that no SLO of this source wants. */
export type GoneGroup = {
  /** "shop/orders", or "shop" */
  key: string
  file: string
  /** the source by which that SLO is measured now; `null`: the portal has no such SLO */
  movedTo: string | null
}
