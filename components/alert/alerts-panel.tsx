import { AlertChip } from '@/components/slo/alert-chip'
import { Link } from '@/components/ui/link'
import type { AlertInfo } from '@/lib/alert/schema'
import { muteText } from '@/lib/alert/words'
import { burnText } from '@/lib/format'
import { lengthText, whenText } from '@/lib/format-time'
import type { UnixSeconds } from '@/lib/time-series/units'

/** The alerts of one SLO, newest first. */
export function AlertsPanel({ sloId, alerts, now }: { sloId: number; alerts: AlertInfo[]; now: UnixSeconds }) {
  return (
    <section className="panel d-panel" aria-labelledby="alerts-title">
      <header className="d-panel-head">
        <h3 id="alerts-title">Alert history</h3>
        <span>{alerts.length === 0 ? 'nothing has fired' : 'each with why it fired'}</span>
        {alerts.length > 0 ? (
          <Link className="btn btn-quiet btn-sm" href={`/alerts?slo=${sloId}`}>
            All of them
          </Link>
        ) : null}
      </header>
      {alerts.length === 0 ? null : (
        <ul className="a-panel">
          {alerts.map((alert) => (
            <li key={alert.id}>
              {alert.state === 'resolved' ? (
                <span className="a-over">{alert.severity}, ended</span>
              ) : (
                <AlertChip
                  severity={alert.severity}
                  text={alert.state === 'pending' ? `${alert.severity}, waiting` : alert.severity}
                  frozen={alert.frozenSince !== null}
                />
              )}
              <Link href={`/alerts?slo=${sloId}&shown=${alert.id}`}>{lengthText(alert.long)} pair</Link>
              <span>
                {whenText(alert.firedAt ?? alert.pendingSince, now)}, {lengthText(lasted(alert, now))}
              </span>
              <span className="num">{burnText(alert.peakBurn ?? alert.evidence.long.burn)}×</span>
              {alert.muted ? <small>muted: {muteText(alert.muted, now)}</small> : null}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const lasted = ({ firedAt, pendingSince, resolvedAt }: AlertInfo, now: UnixSeconds): number =>
  Math.max(60, (resolvedAt ?? now) - (firedAt ?? pendingSince))
