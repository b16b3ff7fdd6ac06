import type { BackTest } from '@/lib/alert/back-test'
import { floored, NONE } from '@/lib/format'
import { lengthText } from '@/lib/format-time'

const share = (value: number | null): string => (value === null ? NONE : `${floored(value * 100, 0)} %`)
const time = (value: number | null): string => (value === null ? NONE : value < 60 ? `${value} s` : lengthText(value))
const count = ({ alerts }: BackTest, severity: 'page' | 'ticket') =>
  String(alerts.filter((one) => one.severity === severity).length)

const ROWS: { name: string; figure: (result: BackTest) => string }[] = [
  { name: 'Pages', figure: (result) => count(result, 'page') },
  { name: 'Tickets', figure: (result) => count(result, 'ticket') },
  { name: 'Precision', figure: ({ all }) => share(all.precision) },
  { name: 'Recall', figure: ({ all }) => share(all.recall) },
  { name: 'Precision of pages', figure: ({ pages }) => share(pages.precision) },
  { name: 'Recall of pages', figure: ({ pages }) => share(pages.recall) },
  { name: 'Detected after, in the middle', figure: ({ detection }) => time(detection) },
  { name: 'Ended after, in the middle', figure: ({ reset }) => time(reset) },
]

/** How well each policy told, side by side. */
export function BackTestTable({ results }: { results: BackTest[] }) {
  const [first] = results
  if (!first) return null
  return (
    <table className="d-table a-scores">
      <caption>{basisText(first)}</caption>
      <thead>
        <tr>
          <th scope="col">Would-be alerts</th>
          {results.map(({ policy }) => (
            <th key={policy.slug} scope="col">
              {policy.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ROWS.map(({ name, figure }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {results.map((result) => (
              <td key={result.policy.slug}>{figure(result)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function basisText({ basis, events }: BackTest): string {
  const many = `${events.length} ${events.length === 1 ? 'stretch' : 'stretches'}`
  return basis === 'incidents'
    ? `Judged against ${many} of recorded incidents.`
    : `No incident is recorded here: judged against ${many} that spent 2 % of a budget or more.`
}
