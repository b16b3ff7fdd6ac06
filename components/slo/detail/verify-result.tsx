import { countText, MINUS, sliText } from '@/lib/format'
import { instantText } from '@/lib/format-time'
import type { Verification } from '@/lib/slo/schema'

const signed = (value: number, text: string) => (value < 0 ? `${MINUS}${text}` : `+${text}`)

/** The portal's number beside the one that a single PromQL query gives. */
export function VerifyResult({ result }: { result: Verification }) {
  const { ledger, oneShot, difference, queries } = result
  const rows: [string, number, number, number][] = [
    ['good', ledger.good, oneShot.good, difference.good],
    ['total', ledger.total, oneShot.total, difference.total],
  ]
  const recounted = queries.length === 0
  return (
    <div className="verify">
      {recounted ? (
        <p>
          A composite asks Prometheus nothing: it is computed from its members, each of which can be verified on its own page.
          Beside it stands what the members’ counters say now.
        </p>
      ) : null}
      <p>
        {instantText(result.windowFrom, result.at)} to {instantText(result.at, result.at)} UTC.{' '}
        {recounted ? 'Counting again' : 'The one-shot query'} took {result.milliseconds} ms
        {result.parts > 1 ? `, asked in ${result.parts} parts of a day and added` : ''}.
        {result.windowFrom > result.wholeFrom
          ? ` The window begins ${instantText(result.wholeFrom, result.at)}; the source took too long for the part before.`
          : ''}
      </p>
      <table className="d-table">
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">what</span>
            </th>
            <th scope="col">Headroom</th>
            <th scope="col">{recounted ? 'its members, again' : 'one PromQL query'}</th>
            <th scope="col">difference</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ours, theirs, apart]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{countText(ours)}</td>
              <td>{countText(theirs)}</td>
              <td>
                {signed(apart, countText(Math.abs(apart)))}
                {theirs > 0 ? ` (${signed(apart, `${((Math.abs(apart) / theirs) * 100).toFixed(3)} %`)})` : ''}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">SLI</th>
            <td>{sliText(ledger.sli)} %</td>
            <td>{sliText(oneShot.sli)} %</td>
            <td>
              {difference.sli === null ? '' : signed(difference.sli, `${(Math.abs(difference.sli) * 100).toFixed(5)} points`)}
            </td>
          </tr>
        </tbody>
      </table>
      {recounted ? null : (
        <p>
          {result.parts > 1 ? 'The query of the newest part' : 'The query'} may be pasted into Prometheus, evaluated at{' '}
          {new Date(result.at * 1000).toISOString()}:
        </p>
      )}
      {queries.map((promql) => (
        <pre key={promql}>{promql}</pre>
      ))}
    </div>
  )
}
