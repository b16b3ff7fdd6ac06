import { Icon } from '@/components/ui/icon'

type Props = { severity: 'page' | 'ticket'; text?: string; frozen?: boolean }

/** A burn-rate alert that holds: about the moment, not about the budget. Frozen, it is drawn quietly: nobody knows. */
export function AlertChip({ severity, text = severity, frozen = false }: Props) {
  return (
    <span className={`alert alert-${frozen ? 'ticket' : severity}`}>
      {severity === 'page' ? <Icon name="bell" /> : null}
      {frozen ? `${text}, frozen` : text}
    </span>
  )
}
