import { Icon, type IconName } from '@/components/ui/icon'
import type { CorrectionStatus } from '@/lib/correction/schema'

const SIGNS: Record<CorrectionStatus, IconName> = { requested: 'clock', approved: 'check', refused: 'cross', withdrawn: 'leave' }

export const CorrectionStatusMark = ({ status }: { status: CorrectionStatus }) => (
  <span className={`c-status c-${status}`}>
    <Icon name={SIGNS[status]} />
    {status}
  </span>
)
