import type { WaiverInfo } from '@/lib/decision/reads-waivers'
import { factorText, spentText } from '@/lib/format'

/** How much of what a waiver may spend has gone. The whole width is the limit. */
export function WaiverBar({ waiver: { spent, budgetLimit, spentSlo, activeFrom } }: { waiver: WaiverInfo }) {
  const width = Math.min(1, Math.max(0, spent / budgetLimit)) * 100
  return (
    <div className="w-bar">
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="10" className="i-bar-all" />
        <rect width={width} height="10" className="i-bar-spent" />
      </svg>
      <span>
        {activeFrom === null ? 'may spend ' : <b>{spentText(spent)} %</b>}
        {activeFrom === null ? '' : ' of '}
        {factorText(budgetLimit * 100)} %{spentSlo ? `, ${spentSlo.name}` : ' of a budget'}
      </span>
    </div>
  )
}
