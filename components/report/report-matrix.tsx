import { StateMark } from '@/components/slo/state-mark'
import { EmptyState } from '@/components/ui/empty-state'
import { Link } from '@/components/ui/link'
import { leftText } from '@/lib/format'
import { instantText } from '@/lib/format-time'
import { monthName } from '@/lib/report/month'
import type { ReportMatrix as Matrix, MatrixCell, MatrixRow } from '@/lib/report/reads-matrix'
import type { UnixSeconds } from '@/lib/time-series/units'
import { ALL_SERVICES, reportAddress } from './address'

type Props = { matrix: Matrix; now: UnixSeconds; filtered: boolean }

/** Services by months: how many objectives were met, and where the report is. */
export function ReportMatrix({ matrix: { months: asked, rows, all }, now, filtered }: Props) {
  if (rows.length === 0)
    return filtered ? (
      <EmptyState title="No service is called that">Search for less of its name, its team or its tier.</EmptyState>
    ) : (
      <EmptyState title="Nothing to report yet">
        As soon as a service has an SLO, its month can be looked at here, and is kept when the month is over.
      </EmptyState>
    )
  const months = asked.slice(Math.min(asked.length - 2, firstKept(asked, rows)))
  const shown = rows.filter(({ service }) => service !== null).length
  return (
    <>
      <table className="s-table r-matrix">
        <caption className="sr-only">Objectives met, by service and month</caption>
        <thead>
          <tr>
            <th scope="col">Service</th>
            {months.map((month, i) => (
              <th key={month} scope="col">
                {monthHead(month, i)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.service?.slug ?? ''} row={row} months={months} now={now} />
          ))}
        </tbody>
      </table>
      {all > shown ? (
        <p className="r-note">{all - shown} more services are not listed. Search for a name, a team or a tier.</p>
      ) : null}
    </>
  )
}

/** Months before anything was kept say nothing. */
const firstKept = (months: string[], rows: MatrixRow[]): number => {
  const kept = new Set(rows.flatMap(({ cells }) => cells.map(({ month }) => month)))
  const first = months.findIndex((month) => kept.has(month))
  return first === -1 ? months.length : first
}

const monthHead = (month: string, i: number): string =>
  i === 0 || month.endsWith('-01') ? monthName(month) : monthName(month).slice(0, -5)

function Row({ row: { service, cells }, months, now }: { row: MatrixRow; months: string[]; now: UnixSeconds }) {
  const name = service?.name ?? ALL_SERVICES
  return (
    <tr className={service ? undefined : 'r-whole'}>
      <th scope="row">
        {service ? <Link href={`/services/${service.slug}`}>{name}</Link> : <b>{name}</b>}
        <span>{service ? `${service.tier.replace('_', ' ')}, ${service.team}` : 'the organisation'}</span>
      </th>
      {months.map((month, i) => {
        const cell = cells.find((one) => one.month === month)
        const to = { href: reportAddress(service?.slug ?? null, month), about: `${name}, ${monthName(month)}` }
        return (
          <td key={month}>
            <span className="r-month">{monthName(month)}</span>
            {cell ? <Kept cell={cell} now={now} {...to} /> : <Open running={i === months.length - 1} {...to} />}
          </td>
        )
      })}
    </tr>
  )
}

type To = { href: string; about: string }

function Kept({ cell, now, href, about }: { cell: MatrixCell; now: UnixSeconds } & To) {
  const { met, judged, revision, leastLeft, builtAt } = cell
  const state = judged === 0 ? 'no-data' : met < judged ? 'exhausted' : 'healthy'
  const left = leastLeft === null ? '' : ` Least left: ${leftText(leastLeft)} % of a budget.`
  return (
    <Link className={`r-cell is-${state}`} href={href} title={`Built ${instantText(builtAt, now)} UTC.${left}`}>
      <StateMark state={state} />
      <span className="sr-only">{about}: </span>
      {judged === 0 ? 'no data' : `${met} of ${judged}`}
      <span className="sr-only"> met</span>
      {revision > 1 ? <span className="tag">rev {revision}</span> : null}
    </Link>
  )
}

function Open({ running, href, about }: { running: boolean } & To) {
  if (!running)
    return (
      <span className="r-cell r-none">
        <span aria-hidden="true">–</span>
        <span className="sr-only">no report</span>
      </span>
    )
  return (
    <Link className="r-cell r-open" href={href}>
      <span className="sr-only">{about}: </span>
      so far
    </Link>
  )
}
