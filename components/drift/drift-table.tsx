import { EmptyState } from '@/components/ui/empty-state'
import { Link } from '@/components/ui/link'
import { remedyOf } from '@/lib/drift/remedies'
import type { DriftReport, FileDriftRow, ServiceDriftRow, SloDriftRow } from '@/lib/drift/report'
import type { DriftQuery } from '@/lib/drift/schema'
import { countText } from '@/lib/format'
import { whenText } from '@/lib/format-time'
import type { UnixSeconds } from '@/lib/time-series/units'
import { addressOf } from './address'
import { DriftMark } from './drift-mark'
import { ProblemList } from './problem-list'

type Props = { report: DriftReport; query: DriftQuery; now: UnixSeconds }

/** SLOs whose loaded rules are not those that the portal writes, worst first, with the way to mend it. */
export function DriftTable({ report: { slos, matched }, query, now }: Props) {
  if (slos.length === 0)
    return (
      <EmptyState title="Nothing drifts">
        {query.page > 1 ? (
          <Link href={addressOf({ ...query, page: 1 })}>Back to the first page</Link>
        ) : (
          'What is loaded is what the portal writes.'
        )}
      </EmptyState>
    )
  const pages = Math.ceil(matched / query.limit)
  return (
    <>
      <table className="d-table dr-table">
        <caption className="sr-only">SLOs whose rules are not in step</caption>
        <thead>
          <tr>
            <th scope="col">Rules</th>
            <th scope="col">SLO</th>
            <th scope="col">What</th>
            <th scope="col">Since</th>
            <th scope="col">What to do</th>
          </tr>
        </thead>
        <tbody>
          {slos.map((slo) => (
            <Row key={slo.id} slo={slo} now={now} />
          ))}
        </tbody>
      </table>
      {pages > 1 ? (
        <nav className="dr-pages" aria-label="Pages of SLOs">
          {query.page > 1 ? <Link href={addressOf({ ...query, page: query.page - 1 })}>Before</Link> : null}
          <span>
            Page {query.page} of {pages}, {countText(matched)} SLOs
          </span>
          {query.page < pages ? <Link href={addressOf({ ...query, page: query.page + 1 })}>Next</Link> : null}
        </nav>
      ) : null}
    </>
  )
}

function Row({ slo: { id, slug, name, service, source, state, problems, since }, now }: { slo: SloDriftRow; now: UnixSeconds }) {
  return (
    <tr>
      <td data-label="Rules">
        <DriftMark state={state} />
      </td>
      <th scope="row">
        <Link href={`/slos/${id}`}>{name}</Link>
        <span className="n-second">
          {service.name}, {source}
        </span>
      </th>
      <td data-label="What">
        <div>
          <ProblemList problems={problems} />
        </div>
      </td>
      <td data-label="Since" className="dr-since">
        {whenText(since, now)}
      </td>
      <td data-label="What to do">
        <div>
          {remedyOf(`${service.slug}/${slug}`, problems)}{' '}
          <Link href={`/slos/${id}/export`} aria-label={`The rules of ${name}`}>
            Its rules
          </Link>
        </div>
      </td>
    </tr>
  )
}

/** What files manage and is no longer as they said. */
export function FileTable({ files, services }: { files: FileDriftRow[]; services: ServiceDriftRow[] }) {
  return (
    <table className="d-table dr-table dr-files">
      <caption className="sr-only">SLOs and services that are no longer what their files said</caption>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">In the files</th>
          <th scope="col">What changed since</th>
        </tr>
      </thead>
      <tbody>
        {services.map((row) => (
          <FileRow key={row.slug} row={row} href={`/services/${row.slug}`} of="Service" />
        ))}
        {files.map((row) => (
          <FileRow key={row.id} row={row} href={`/slos/${row.id}`} of={row.service.name} />
        ))}
      </tbody>
    </table>
  )
}

function FileRow({ row: { name, owner, file, line, changes }, href, of }: { row: ServiceDriftRow; href: string; of: string }) {
  return (
    <tr>
      <th scope="row">
        <Link href={href}>{name}</Link>
        <span className="n-second">{of}</span>
      </th>
      <td data-label="In the files">
        <div>
          <code>
            {file}:{line}
          </code>
          <span className="n-second">{owner}</span>
        </div>
      </td>
      <td data-label="What changed">
        <div>{changes.join('; ')}</div>
      </td>
    </tr>
  )
}
