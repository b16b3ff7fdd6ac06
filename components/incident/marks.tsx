import { Icon, type IconName } from '@/components/ui/icon'
import type { IncidentStatus } from '@/lib/incident/lifecycle'
import { SEVERITY_WORDS, type Severity } from '@/lib/incident/severity'
import { INCIDENT_STATUS_WORDS } from '@/lib/incident/words'

const SIGNS: Record<IncidentStatus, IconName> = {
  detected: 'bell',
  acknowledged: 'eye',
  mitigated: 'shield',
  resolved: 'check',
  reviewed: 'stamp',
}

/** Shape and word; what nobody has taken up yet is solid. */
export const IncidentStatusMark = ({ status }: { status: IncidentStatus }) => (
  <span className={`i-status i-${status}`}>
    <Icon name={SIGNS[status]} />
    {INCIDENT_STATUS_WORDS[status]}
  </span>
)

/** The more severe, the darker; the number says it as well. */
export const SeverityTag = ({ severity }: { severity: Severity }) => (
  <span className={`i-severity i-${severity}`} title={SEVERITY_WORDS[severity].meaning}>
    {SEVERITY_WORDS[severity].name}
  </span>
)
