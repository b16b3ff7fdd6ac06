import { Icon, type IconName } from '@/components/ui/icon'
import type { OutboxState } from '@/lib/notify/schema'

const SIGNS: Record<OutboxState, IconName> = {
  waiting: 'clock',
  sending: 'send',
  sent: 'check',
  failed: 'cross',
  cancelled: 'leave',
}

export const MessageMark = ({ state }: { state: OutboxState }) => (
  <span className={`n-state n-${state}`}>
    <Icon name={SIGNS[state]} />
    {state}
  </span>
)
