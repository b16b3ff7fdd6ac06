'use client'
import { type ComponentProps, useRef } from 'react'
import { Link } from '@/components/ui/link'
import { dayText, instantText } from '@/lib/format-time'
import { monthName } from '@/lib/report/month'
import type { Revision } from '@/lib/report/reads'
import type { UnixSeconds } from '@/lib/time-series/units'
import { reportAddress } from './address'
import { BuildAgain } from './build-again'
import { ReportFrame } from './report-frame'
import { ShareDialog } from './share-dialog'
import { SubscribeDialog } from './subscribe-dialog'

export type ReportHead = {
  /** null: the organisation */
  service: string | null
  name: string
  month: string
  /** 0: kept nowhere */
  revision: number
  id: number | null
  changes: string[]
  builtAt: UnixSeconds
  builtBy: string
  hash: string
  /** the month still runs, and is known until then */
  runningTo: UnixSeconds | null
  zone: string
}
type Props = {
  head: ReportHead
  revisions: Revision[]
  html: string
  /** build, share, and subscribe others */
  may: boolean
  subscribing: Pick<ComponentProps<typeof SubscribeDialog>, 'subscriptions' | 'services' | 'teams'>
  now: UnixSeconds
}

/** Which report this is, what there is of it, and the report itself. */
export function ReportPage({ head, revisions, html, may, subscribing, now }: Props) {
  const frame = useRef<HTMLIFrameElement>(null)
  const { service, name, month, revision, runningTo } = head
  const address = reportAddress(service, month)
  const file = `${service ?? 'organisation'}-${month}`
  const query = revision > 0 ? `?revision=${revision}` : ''
  return (
    <article className="r-page">
      <header className="r-head">
        <div>
          <h2>
            {name}, {monthName(month)}
            {runningTo === null ? '' : ' so far'}
          </h2>
          <p>{builtText(head, revisions.length, now)}</p>
          <Revisions head={head} revisions={revisions} now={now} />
        </div>
        <div className="r-do">
          {(['html', 'json', 'csv'] as const).map((format) => (
            <a key={format} className="btn btn-sm" href={`${address}.${format}${query}`} download={`${file}.${format}`}>
              {format.toUpperCase()}
            </a>
          ))}
          <button type="button" className="btn btn-sm" onClick={() => frame.current?.contentWindow?.print()}>
            Print
          </button>
          <Link className="btn btn-sm" href={`/reports/summary?${new URLSearchParams({ service: service ?? '', month })}`}>
            In plain words
          </Link>
          {may && head.id !== null ? <ShareDialog id={head.id} now={now} /> : null}
          <SubscribeDialog {...subscribing} others={may} preset={service} />
          {may && runningTo === null ? <BuildAgain service={service} month={month} kept={revision > 0} /> : null}
        </div>
      </header>
      <ReportFrame html={html} title={`${name}, ${monthName(month)}: the report`} frame={frame} />
    </article>
  )
}

function builtText({ revision, runningTo, builtAt, builtBy, zone, hash }: ReportHead, count: number, now: UnixSeconds): string {
  if (runningTo !== null)
    return `A preview: the month still runs, and this is what is known until ${instantText(runningTo, now, zone)}, ${zone}.`
  if (revision === 0) return 'A preview: no report of this month is kept. It would say this if it were built now.'
  const of = count > 1 ? ` of ${count}` : ''
  return `Revision ${revision}${of}, built ${instantText(builtAt, now)} UTC by ${builtBy}. sha256 ${hash.slice(0, 12)}…`
}

function Revisions({ head, revisions, now }: { head: ReportHead; revisions: Revision[]; now: UnixSeconds }) {
  if (revisions.length < 2) return null
  return (
    <details className="r-revisions" open={head.changes.length > 0 && head.changes.length <= 3}>
      <summary>{revisions.length} revisions and what they changed</summary>
      <ol>
        {revisions.map(({ revision, changes, builtAt, builtBy }) => (
          <li key={revision}>
            {revision === head.revision ? (
              <b aria-current="page">Revision {revision}</b>
            ) : (
              <Link className="link" href={`${reportAddress(head.service, head.month)}?revision=${revision}`}>
                Revision {revision}
              </Link>
            )}
            <span>
              {dayText(builtAt, now)}, {builtBy}
            </span>
            {changes.length > 0 ? (
              <ul>
                {changes.map((change) => (
                  <li key={change}>{change}</li>
                ))}
              </ul>
            ) : null}
          </li>
        ))}
      </ol>
    </details>
  )
}
