import 'server-only'
import type { UnixSeconds } from '../time-series/units'
import type { Practice } from './practice'
import { policyAgreements, waiverReviews } from './reads-agreements'
import { incidentActions, retrospectives } from './reads-incidents'
import { quarterlyPlanning } from './reads-planning'
import { monthlyReports } from './reads-reports'
import { reviews } from './reads-reviews'

/** Reads one practice: of a team (its slug), or of everybody. */
type PracticeReader = (team: string | null, now: UnixSeconds) => Promise<Practice>

/** The calendar, in the order in which it is shown. A new practice is a reader more. */
export const PRACTICES: PracticeReader[] = [
  ...[reviews, monthlyReports, quarterlyPlanning, retrospectives],
  ...[incidentActions, policyAgreements, waiverReviews],
]
