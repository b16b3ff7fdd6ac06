import { alertingOf } from '../alert/in-force'
import { assignedPolicies } from './assigned-policies'

/** Which alert policy holds for an SLO, from what is assigned now. */
export const loadAlerting = assignedPolicies('alert_policy', alertingOf)
