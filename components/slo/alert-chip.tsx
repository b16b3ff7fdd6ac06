import { Icon } from '@/components/ui/icon'

/** A burn-rate alert that holds now: about the moment, not about the budget. */
export function AlertChip({ severity, text = severity }: { severity: 'page' | 'ticket'; text?: string }) {
  return (
    <span className={`alert alert-${severity}`}>
      {severity === 'page' ? <Icon name="bell" /> : null}
      {text}
    </span>
  )
}
