import { Icon, type IconName } from '@/components/ui/icon'
import type { WaiverStatus } from '@/lib/decision/waiver'

const SIGNS: Record<WaiverStatus, { icon: IconName; word: string }> = {
  asked: { icon: 'clock', word: 'waits for signatures' },
  active: { icon: 'key', word: 'in force' },
  refused: { icon: 'cross', word: 'refused' },
  withdrawn: { icon: 'leave', word: 'withdrawn' },
  revoked: { icon: 'cross', word: 'revoked' },
  ended: { icon: 'check', word: 'ended' },
}

/** Shape and word; what waits for people or holds stands out. */
export const WaiverStatusMark = ({ status }: { status: WaiverStatus }) => (
  <span className={`w-status w-${status}`}>
    <Icon name={SIGNS[status].icon} />
    {SIGNS[status].word}
  </span>
)
