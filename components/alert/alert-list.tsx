'use client'
import { Fragment, useState } from 'react'
import { AlertChip } from '@/components/slo/alert-chip'
import { EmptyState } from '@/components/ui/empty-state'
import { Link } from '@/components/ui/link'
import type { AlertInfo } from '@/lib/alert/schema'
import { muteText, pairName } from '@/lib/alert/words'
import { burnText, factorText } from '@/lib/format'
import { lengthText, whenText } from '@/lib/format-time'
import type { UnixSeconds } from '@/lib/time-series/units'
import { AlertWhy } from './alert-why'

type Props = { alerts: AlertInfo[]; now: UnixSeconds; shown: number | null; filtered: boolean }

/** What fires now, what may soon, and what was: each row says why. */
export function AlertList({ alerts, now, shown: first, filtered }: Props) {
  const [shown, setShown] = useState<number | null>(first)
  if (alerts.length === 0)
    return (
      <EmptyState title={filtered ? 'No alert like this' : 'Nothing has fired'}>
        {filtered
          ? 'No alert was raised that fits. Leave something out of the filter.'
          : 'Alerts are raised from the portal’s own counters, minute by minute. Each one stands here with what it saw.'}
      </EmptyState>
    )
  const groups = [
    { title: 'Firing now', rows: alerts.filter(({ state }) => state === 'firing') },
    { title: 'Holds, not yet for long enough', rows: alerts.filter(({ state }) => state === 'pending') },
    { title: 'Ended', rows: alerts.filter(({ state }) => state === 'resolved') },
  ]
  return (
    <table className="s-table a-table">
      <caption className="sr-only">Alerts</caption>
      <thead>
        <tr>
          <th scope="col">SLO</th>
          <th scope="col">Alert</th>
          <th scope="col">Told</th>
          <th scope="col">Since</th>
          <th scope="col" className="num">
            For
          </th>
          <th scope="col" className="num">
            Highest burn
          </th>
          <th scope="col">Incident</th>
        </tr>
      </thead>
      <tbody>
        {groups.map(({ title, rows }) =>
          rows.length === 0 ? null : (
            <Fragment key={title}>
              <tr className="o-group">
                <th scope="rowgroup" colSpan={7}>
                  {title} <span>{rows.length}</span>
                </th>
              </tr>
              {rows.map((alert) => (
                <Row
                  key={alert.id}
                  alert={alert}
                  now={now}
                  open={shown === alert.id}
                  onToggle={() => setShown(shown === alert.id ? null : alert.id)}
                />
              ))}
            </Fragment>
          ),
        )}
      </tbody>
    </table>
  )
}

type RowProps = { alert: AlertInfo; now: UnixSeconds; open: boolean; onToggle: () => void }

function Row({ alert, now, open, onToggle }: RowProps) {
  const { slo, service, severity, state, muted, frozenSince, pendingSince, firedAt, resolvedAt, peakBurn, evidence, incident } =
    alert
  const since = firedAt ?? pendingSince
  return (
    <>
      <tr id={`alert-${alert.id}`}>
        <th scope="row">
          <button type="button" className="c-open" aria-expanded={open} onClick={onToggle}>
            {slo.name}
          </button>
          <span>{service.name}</span>
        </th>
        <td>
          {state === 'resolved' ? (
            <span className="a-over">{severity}, ended</span>
          ) : (
            <AlertChip
              severity={severity}
              text={state === 'pending' ? `${severity}, waiting` : severity}
              frozen={frozenSince !== null}
            />
          )}{' '}
          <span className="a-pair">{pairName(alert)}</span>
        </td>
        <td>{state === 'pending' ? 'nobody was told yet' : muted ? `muted: ${muteText(muted, now)}` : 'people were told'}</td>
        <td>{whenText(since, now)}</td>
        <td className="num">{lengthText(Math.max(60, (resolvedAt ?? now) - since))}</td>
        <td className="num">
          {burnText(peakBurn ?? evidence.long.burn)}
          <span className="u">× over {factorText(evidence.threshold)}</span>
        </td>
        <td>{incident ? <Link href={`/incidents/${incident.id}`}>{incident.title || `Incident ${incident.id}`}</Link> : null}</td>
      </tr>
      {open ? (
        <tr className="c-more">
          <td colSpan={7}>
            <AlertWhy alert={alert} now={now} />
          </td>
        </tr>
      ) : null}
    </>
  )
}
