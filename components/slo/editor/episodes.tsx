import { lengthText, whenText } from '@/lib/format-time'
import type { AlertEpisode } from '@/lib/slo/simulation'
import type { UnixSeconds } from '@/lib/time-series/units'

const SHOWN = 4

/** The newest alerts that would have fired. */
export function Episodes({ alerts, now }: { alerts: AlertEpisode[]; now: UnixSeconds }) {
  if (alerts.length === 0) return <p className="e-quiet">No alert would have fired.</p>
  return (
    <ul className="e-episodes">
      {alerts.slice(-SHOWN).map(({ from, to, severity, long }) => (
        <li key={`${long} ${from}`}>
          <span className={`alert alert-${severity}`}>{severity}</span> {long / 3600} h pair, {whenText(from, now)} for{' '}
          {lengthText(Math.max(300, to - from))}
        </li>
      ))}
      {alerts.length > SHOWN ? <li className="e-quiet">and {alerts.length - SHOWN} before</li> : null}
    </ul>
  )
}
