import { burnText, factorText, NONE } from '@/lib/format'

type Props = { burn: number | null; threshold: number; firing: boolean; severity: 'page' | 'ticket' }

/** How many times faster than planned: grey under 1, ink above, bold over its threshold, a chip while its alert fires. */
export function BurnFigure({ burn, threshold, firing, severity }: Props) {
  if (burn === null) return <span className="burn">{NONE}</span>
  const weight = firing ? `fire fire-${severity}` : burn > threshold ? 'burn-over' : burn >= 1 ? 'burn-1' : 'burn'
  return (
    <span
      className={weight}
      title={Number.isFinite(threshold) ? `${severity} at ${factorText(threshold)} ×` : 'no alert looks back over this'}
    >
      {burnText(burn)}
      <span className="u">×</span>
    </span>
  )
}
