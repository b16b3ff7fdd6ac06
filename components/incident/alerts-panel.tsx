import { AlertChip } from '@/components/slo/alert-chip'
import { Link } from '@/components/ui/link'
import { instantText, lengthText } from '@/lib/format-time'
import type { IncidentView } from '@/lib/incident/incident'
import type { UnixSeconds } from '@/lib/time-series/units'

/** What called people: Headroom's own alerts, and those of other programs. */
export function AlertsPanel({ incident: { alerts, incoming }, now }: { incident: IncidentView; now: UnixSeconds }) {
  if (alerts.length + incoming.length === 0) return null
  const until = (end: UnixSeconds | null) => (end === null ? 'fires' : `ended ${instantText(end, now)}`)
  return (
    <section className="panel d-panel" aria-labelledby="alerts-title">
      <header className="d-panel-head">
        <h3 id="alerts-title">Alerts</h3>
        <span>{alerts.length + incoming.length}</span>
      </header>
      <ul className="i-rows i-panel">
        {alerts.map(({ id, sloId, slo, severity, firedAt, resolvedAt, long, muted }) => (
          <li key={id}>
            <span>
              <AlertChip severity={severity} /> <Link href={`/slos/${sloId}`}>{slo}</Link> over {lengthText(long)}
              {muted ? ', muted' : ''}
            </span>
            <span>
              {instantText(firedAt, now)}, {until(resolvedAt)}
            </span>
          </li>
        ))}
        {incoming.map(({ id, title, startsAt, endsAt, status, note }) => (
          <li key={id}>
            <span>
              <span className="tag">Alertmanager</span> {title}
            </span>
            <span>
              {instantText(startsAt, now)}, {until(status === 'firing' ? null : endsAt)}
              {note ? `. ${note}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
