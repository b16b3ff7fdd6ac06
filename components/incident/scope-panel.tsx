'use client'
import { takeBackNow } from '@/app/(portal)/incidents/actions'
import { Link } from '@/components/ui/link'
import { instantText, lengthText } from '@/lib/format-time'
import type { IncidentView } from '@/lib/incident/incident'
import type { UnixSeconds } from '@/lib/time-series/units'
import { useIncident } from './use-incident'

/** Whom it hits and from when to when, and what went out before. */
export function ScopePanel({ incident, now }: { incident: IncidentView; now: UnixSeconds }) {
  const { id: incidentId, services, impacts, suspected, startedAt, openedBy, may } = incident
  const { run, busy, message } = useIncident(incidentId)
  return (
    <section className="panel d-panel" aria-labelledby="scope-title">
      <header className="d-panel-head">
        <h3 id="scope-title">Whom it hits</h3>
        <span>opened by {openedBy}</span>
      </header>
      <div className="i-panel">
        <p className="i-names">
          {services.map(({ slug, name }) => (
            <Link key={slug} href={`/services/${slug}`} className="tag">
              {name}
            </Link>
          ))}
        </p>
        <ul className="i-rows">
          {impacts.map(({ id, sloId, name, from, to, claimedBy }) => (
            <li key={id}>
              <Link href={`/slos/${sloId}`}>{name}</Link>
              <span>
                {instantText(from, now)} {to === null ? 'until now' : `to ${instantText(to, now)}`}
                {claimedBy ? `, claimed by ${claimedBy}` : ''}
                {claimedBy && may.run ? (
                  <>
                    {' '}
                    <button
                      type="button"
                      className="btn btn-quiet btn-sm"
                      disabled={busy}
                      onClick={() => void run(() => takeBackNow({ id: incidentId, impact: id }))}
                    >
                      Take back<span className="sr-only">{` the claim on ${name} from ${instantText(from, now)}`}</span>
                    </button>
                  </>
                ) : null}
              </span>
            </li>
          ))}
        </ul>
        {message ? <p role="alert">{message}</p> : null}
        {suspected ? (
          <p className="i-suspect">
            Suspected release: <b>{`${suspected.service} ${suspected.version}`}</b>, {instantText(suspected.releasedAt, now)}
            {suspected.releasedAt <= startedAt ? `, ${lengthText(startedAt - suspected.releasedAt)} before` : ''}
            {suspected.link ? (
              <>
                {' '}
                <a href={suspected.link} target="_blank" rel="noopener noreferrer">
                  Details
                </a>
              </>
            ) : null}
          </p>
        ) : null}
      </div>
    </section>
  )
}
