import type { BackTestAlert } from '@/lib/alert/back-test'
import { spentText } from '@/lib/format'
import { lengthText, whenText } from '@/lib/format-time'
import type { UnixSeconds } from '@/lib/time-series/units'

const SHOWN = 8

/** The newest alerts that would have been, with what each would have come to. */
export function WouldBeList({ alerts, now }: { alerts: BackTestAlert[]; now: UnixSeconds }) {
  if (alerts.length === 0) return <p className="e-quiet">No alert would have fired.</p>
  return (
    <ul className="a-would">
      {alerts.slice(-SHOWN).map((alert) => (
        <li key={`${alert.long} ${alert.severity} ${alert.from}`}>
          <span className={`alert alert-${alert.severity}`}>{alert.severity}</span> {lengthText(alert.long)} pair,{' '}
          {whenText(alert.from, now)} {alert.to === null ? 'and still' : `for ${lengthText(alert.to - alert.from)}`}
          <small>
            {spentText(alert.burned)} % of the budget gone by then
            {alert.detection === null ? null : `, ${timeText(alert.detection)} after it began`}
            {alert.reset === null ? null : `, ended ${timeText(alert.reset)} after the harm`}
            {alert.significant ? null : '; nothing worth telling of'}
          </small>
        </li>
      ))}
      {alerts.length > SHOWN ? <li className="e-quiet">and {alerts.length - SHOWN} before</li> : null}
    </ul>
  )
}

const timeText = (seconds: number): string => (seconds < 60 ? `${seconds} s` : lengthText(seconds))
